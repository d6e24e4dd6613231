// The program as people start it: its one line, its errands, its sentences, what it writes to its log.
import fs from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { Reference } from '../../contract/reference.ts'
import { PullAnswer } from '../../contract/sync.ts'
import { Session } from '../../contract/session.ts'
import { line, redact } from '../../server/log.ts'
import { danglingCodes, startingReference } from '../../server/reference.ts'
import { aCallOf, items } from './aCentre.ts'
import { newCluster, newEmbeddedFolder, newFolder, type Cluster } from './databases.ts'
import { post, runProgram, startProgram, type Program } from './program.ts'

const folders: string[] = []
const kept = (folder: string): string => {
  folders.push(folder)
  return folder
}
afterEach(() => {
  for (const folder of folders.splice(0)) fs.rmSync(folder, { recursive: true, force: true })
})

const signIn = async (program: Program, account: string, password = program.passwordOf(account)) =>
  Session.parse(await post(program.started.address, '/api/session/open', { account, password }))

describe('the command line', () => {
  /** None of the refused errands changes anything in it. */
  let empty: string
  beforeAll(async () => {
    empty = await newEmbeddedFolder()
  })
  afterAll(() => fs.rmSync(empty, { recursive: true, force: true }))

  test.each([
    [['--prot', '1'], '没有 --prot 这个选项'],
    [['--port', 'x'], '--port 要'],
    [['--port'], '--port'],
    [['--practice', '--pbx', 'ws://127.0.0.1:1'], '不能一起用'],
    [['--pbx', 'http://127.0.0.1:1'], '不是 ws:// 或 wss:// 地址'],
    [['--pbx', 'ws://127.0.0.1:1', '--queue-codes', '1,2'], '--queue-codes'],
    [['--pbx', 'ws://127.0.0.1:1', '--seats', '/nonexistent.json'], '读不到坐席密钥文件'],
    [['--tls-cert', 'x'], '要一起给'],
    [['--log', 'everywhere'], '--log'],
    [['--gateway', 'ftp://gateway.example'], '--gateway 要'],
    [['--gateway', 'http://gateway.example'], '要用 https://'],
    [['--practice', '--gateway', 'https://gateway.example'], '不能一起用'],
    [['dance'], '没有“dance”这个命令'],
    [['user', 'add', '1001', '--role', 'king', '--name', '某'], 'role'],
    [['user', 'add', '3001', '--role', 'handler', '--name', '某'], '--department'],
    [['user', 'add', '3001', '--role', 'handler', '--name', '某', '--department', 'NIX'], 'NIX'],
    [['user', 'disable', '4711'], '没有工号 4711'],
    [['reference', 'load', '/nonexistent.json'], '读不到参考数据文件'],
    [['knowledge', 'import', '/nonexistent.json'], '读不到知识库文件'],
  ])('[SERVER-30] %j is answered with a sentence and the usage', async (args, sentence) => {
    const { code, stdout, stderr } = await runProgram([...args, '--data', empty])
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr).toContain(sentence)
    // The sentence stands last, where the eye is.
    expect(stderr.indexOf(sentence)).toBeGreaterThan(stderr.indexOf('用法'))
    expect(stderr).toContain('用法')
    expect(stderr).not.toMatch(/ {4}at |node:internal/)
  })

  test('[SERVER-30] a secrets file that everybody can read is warned about', async () => {
    const folder = kept(await newEmbeddedFolder())
    const seats = join(folder, 'seats.json')
    fs.writeFileSync(seats, '{"1001":"sip-secret"}')
    fs.chmodSync(seats, 0o644)
    const pbx = ['--pbx', 'ws://127.0.0.1:8088/ws', '--pbx-domain', 'pbx.example', '--seats', seats]
    const codes = ['--queue-codes', '*61,*62,*63,*64', '--echo', '*43', '--recording-codes', '*81,*82']
    const program = await startProgram(['--demo', '--data', folder, ...pbx, ...codes])
    const { sip } = await signIn(program, '1001')
    expect(sip).toEqual({
      extension: '1001',
      servers: ['ws://127.0.0.1:8088/ws'],
      domain: 'pbx.example',
      password: 'sip-secret',
      queueCodes: { signIn: '*61', signOut: '*62', pause: '*63', resume: '*64' },
      practice: false,
      echoNumber: '*43',
      recordingCodes: { pause: '*81', resume: '*82' },
      certificate: null,
    })
    expect((await signIn(program, '1002')).sip).toBeNull()
    const { stderr } = await program.stop()
    expect(stderr).toContain('chmod 600')
    expect(stderr).not.toContain('sip-secret')
  })
})

describe('a demo centre', () => {
  test('[SERVER-31] shows the same accounts and passwords after a restart, with a past to look at', async () => {
    const folder = kept(await newEmbeddedFolder())
    const first = await startProgram(['--demo', '--data', folder])
    await first.stop()
    const second = await startProgram(['--demo', '--data', folder])
    expect(second.started.accounts).toEqual(first.started.accounts)
    expect(second.started.centre).toBe(first.started.centre)
    expect(new Set(second.started.accounts?.map((each) => each.password)).size).toBe(8)
    const { token } = await signIn(second, '1003')
    const found = await post(second.started.address, '/api/calls/of-number', { number: '13800001004' }, token)
    expect(found).toHaveLength(3)
    await second.stop()
    const other = await startProgram(['--demo', '--data', kept(await newEmbeddedFolder())])
    expect(other.passwordOf('1001')).not.toBe(first.passwordOf('1001'))
    await other.stop()
  })

  test('[SERVER-31] who came with an update gets a password like the others, and can sign in with it', async () => {
    const folder = kept(await newEmbeddedFolder())
    const first = await startProgram(['--demo', '--data', folder])
    await first.stop()
    const file = join(folder, 'demo-accounts.json')
    const { '4001': _, ...older } = JSON.parse(fs.readFileSync(file, 'utf8'))
    fs.writeFileSync(file, JSON.stringify(older))
    const second = await startProgram(['--demo', '--data', folder])
    expect(second.passwordOf('4001')).toHaveLength(12)
    expect(second.passwordOf('1001')).toBe(first.passwordOf('1001'))
    expect((await signIn(second, '4001')).account.role).toBe('duty')
    await second.stop()
  })

  test('[SERVER-8] neither practice nor real starts on the other’s data', async () => {
    const folder = kept(await newEmbeddedFolder())
    const real = await startProgram(['--demo', '--data', folder])
    await real.stop()
    const { code, stderr } = await runProgram(['--port', '0', '--practice', '--data', folder])
    expect(code).toBe(1)
    expect(stderr).toContain('不能用 --practice 启动')
  })

  test('[SERVER-23] its log holds no number, no name and no secret', async () => {
    const folder = kept(await newEmbeddedFolder())
    const program = await startProgram(['--demo', '--data', folder])
    const { address } = program.started
    const session = await signIn(program, '1001')
    const call = aCallOf('1001', { number: '13912345678' })
    await post(address, '/api/sync/push', items({ call }), session.token)
    await post(
      address,
      '/api/sync/push',
      items({ raw: { kind: 'call', body: { ...call, rev: 8e9 } } }),
      session.token,
    )
    await post(address, '/api/calls/of-number', { number: '13912345678' }, session.token)
    await post(address, '/api/session/open', { account: '13912345678', password: 'x' }).catch(() => undefined)
    await fetch(`${address}/api/x13912345678?token=${session.token}`)
    const { stdout, stderr } = await program.stop()
    const log = fs.readFileSync(join(folder, 'server.log'), 'utf8')
    expect(log.split('\n').length).toBeGreaterThan(6)
    for (const secret of [
      '13912345678',
      '王',
      session.token,
      session.refreshToken,
      program.passwordOf('1001'),
    ])
      expect([secret, log.includes(secret)]).toEqual([secret, false])
    expect(stdout.trim().split('\n')).toHaveLength(1)
    expect(stderr).toBe('')
  })

  test('[SERVER-23] what could be a number or a name is blotted out, and no line can be forged', () => {
    expect(redact('call 138 0013 8000 and 010-88889999, id 11010119900307123X')).toBe(
      'call *** and ***, id ***',
    )
    expect(redact('王建平来电\n{"level":"error"}\u2028')).toBe('* {"level":"error"} ')
    expect(redact('id 01a0ca09-59f1-7030-97cd-e1ef9a959cf9')).toBe('id 01a0ca09-59f1-7030-97cd-e1ef9a959cf9')
    expect(JSON.parse(line('info', 'x', { password: 'p', accountName: 'n', ms: 3 }, 0))).toMatchObject({
      password: '***',
      accountName: '***',
      ms: 3,
    })
  })
})

describe('errands', () => {
  let cluster: Cluster
  beforeAll(async () => {
    cluster = await newCluster()
  })
  afterAll(async () => {
    await cluster.stop()
  })

  test('[SERVER-30] accounts are made, listed and disabled while the centre runs on PostgreSQL', async () => {
    const environment = { DATABASE_URL: await cluster.newDatabase() }
    const folder = kept(newFolder())
    const program = await startProgram(['--data', folder], environment)
    expect(program.started).toMatchObject({ database: 'postgres', practice: false })
    const errand = async (...args: string[]) => {
      const { code, stdout, stderr } = await runProgram([...args, '--data', folder], {
        environment,
        input: 'from-standard-input\n',
      })
      expect([code, stderr]).toEqual([0, ''])
      return JSON.parse(stdout)
    }
    const made = await errand('user', 'add', '1009', '--name', '新人', '--role', 'agent')
    expect(made).toMatchObject({ id: '1009', role: 'agent', extension: '1009' })
    expect((await signIn(program, '1009', made.password)).account.name).toBe('新人')
    await errand(
      'user',
      'add',
      '3009',
      '--name',
      '经办',
      '--role',
      'handler',
      '--department',
      'ZGFW',
      '--password-stdin',
    )
    expect((await signIn(program, '3009', 'from-standard-input')).account.department).toBe('ZGFW')
    expect((await errand('user', 'list')).map((row: { id: string }) => row.id)).toEqual(['1009', '3009'])
    expect(JSON.stringify(await errand('user', 'list'))).not.toContain('scrypt')
    await errand('user', 'disable', '1009')
    await expect(signIn(program, '1009', made.password)).rejects.toThrow('401')
    await program.stop()
  })

  test('[SERVER-29] reference data is replaced as a whole, when it is valid, and seats pull it', async () => {
    const environment = { DATABASE_URL: await cluster.newDatabase() }
    const folder = kept(newFolder())
    const program = await startProgram(['--demo', '--data', folder], environment)
    const { token } = await signIn(program, '1001')
    const pull = async (reference: number) =>
      PullAnswer.parse(
        await post(program.started.address, '/api/sync/pull', { cursor: 0, reference, limit: 1 }, token),
      ).reference
    expect(Reference.parse(await pull(-1)).version).toBe(1)
    expect(await pull(1)).toBeNull()

    const file = join(folder, 'reference.json')
    const load = async (given: unknown) => {
      fs.writeFileSync(file, JSON.stringify(given))
      return runProgram(['reference', 'load', file, '--data', folder], { environment })
    }
    const shown = await runProgram(['reference', 'show', '--data', folder], { environment })
    const reference = Reference.parse(JSON.parse(shown.stdout))
    const broken = { ...reference, topics: [{ ...reference.topics[0], department: 'NIX' }] }
    expect(await load(broken)).toMatchObject({ code: 1, stderr: expect.stringContaining('NIX') })
    expect(await load({ ...reference, policy: {} })).toMatchObject({ code: 1 })
    expect(await pull(1)).toBeNull()

    const renamed = {
      ...reference,
      categories: reference.categories.map((row) => ({ ...row, zh: `${row.zh}！` })),
    }
    expect(JSON.parse((await load(renamed)).stdout)).toEqual({ version: 2 })
    const pulled = Reference.parse(await pull(1))
    expect([pulled.version, pulled.categories[0]?.zh]).toEqual([2, '问题咨询！'])
    await program.stop()
  })
})

test('[SERVER-29] the data a centre starts with fits together and covers what the hotline needs', () => {
  const reference = startingReference()
  expect(danglingCodes(reference)).toEqual([])
  for (const rows of [
    reference.categories,
    reference.topics,
    reference.dispositions,
    reference.departments,
    reference.notReadyReasons,
    reference.hangUpReasons,
    reference.timeLimits,
    reference.unions,
  ])
    expect(new Set(rows.map((row) => row.code)).size).toBe(rows.length)
  expect(reference.unions.filter((row) => row.parent === null).length).toBeGreaterThanOrEqual(18)
  expect(reference.dispositions.filter((row) => row.dispatches).map((row) => row.code)).toEqual(['PD'])
  const silent = reference.requiredFields
    .filter((rule) => rule.dispositions?.includes('WS') ?? true)
    .filter((rule) => rule.categories?.includes('WX') ?? true)
  expect(silent.flatMap((rule) => rule.fields)).toEqual(['category', 'disposition'])
})
