// Whoever installs and runs the centre, on a bad day: wrong folder, wrong address, no right, no room, half a command.
import fs from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { readArguments } from '../../server/arguments.ts'
import { runCommand } from '../../server/commands.ts'
import { makeFolder } from '../../server/makeFolder.ts'
import { sentenceOf } from '../../server/troubles.ts'
import { newCluster, newEmbeddedFolder, newFolder, type Cluster } from './databases.ts'
import { runProgram, startProgram } from './program.ts'

const folders: string[] = []
const kept = (folder: string): string => {
  folders.push(folder)
  return folder
}
afterEach(() => {
  for (const folder of folders.splice(0)) fs.rmSync(folder, { recursive: true, force: true })
})
let cluster: Cluster
beforeAll(async () => {
  cluster = await newCluster()
})
afterAll(() => cluster.stop())

/** An errand as main.ts runs it, without a process of its own. */
const errand = async (args: readonly string[], environment: Record<string, string> = {}) => {
  const said: string[] = []
  const printed = await runCommand(readArguments(args, environment), (text) => said.push(text))
  return { printed, said }
}

const keyFile = (folder: string): string => {
  const file = join(folder, 'backup.key')
  fs.writeFileSync(file, 'sixteen letters or more')
  return file
}

describe('half a command, or too much of one', () => {
  test.each([
    [['user', 'disable', '1001', '1002'], '多写了“1002”'],
    [['user', 'list', '1001'], '多写了“1001”'],
    [['backup'], '没有写全'],
    [['user', 'add'], '没有写全'],
    [['user'], '没有写全'],
    [['user', 'add', '1001', '--role', 'agent'], '--name'],
    [['user', 'add', '10 01', '--name', '某', '--role', 'agent'], '工号要'],
    [['audit', '--since', '1.11.'], '--since 要写日期，例如 2026-11-01'],
    [['--web', '/nonexistent'], '没有坐席页面'],
    [['--pbx', 'ws://pbx.example.test/ws'], '要用 wss:// 地址'],
  ])('[SERVER-30] %j is answered with what is wrong with it, and nothing is done', async (args, sentence) => {
    const folder = kept(await newEmbeddedFolder())
    await expect(errand([...args, '--data', folder])).rejects.toThrow(sentence)
  })

  test('[SERVER-30] an extension another account has is not given away', async () => {
    const folder = kept(await newEmbeddedFolder())
    const add = (id: string, ...more: string[]) =>
      errand(['user', 'add', id, '--name', '某', '--role', 'agent', '--data', folder, ...more])
    await add('1001')
    await expect(add('1002', '--extension', '1001')).rejects.toThrow('分机 1001 已是工号 1001 的')
    await add('1001', '--extension', '1001')
  })

  test('[SERVER-61] a new password leaves extension and department as they are, a new role keeps what is its own', async () => {
    const folder = kept(await newEmbeddedFolder())
    const add = async (id: string, role: string, ...more: string[]) => {
      const words = ['user', 'add', id, '--name', '某', '--role', role, '--data', folder, ...more]
      const { printed } = await errand(words)
      return printed
    }
    await add('1001', 'agent', '--extension', '8001')
    await add('3001', 'handler', '--department', 'ZGFW')
    expect(await add('1001', 'agent')).toMatchObject({ extension: '8001' })
    expect(await add('1001', 'lead')).toMatchObject({ extension: '8001' })
    expect(await add('3001', 'handler')).toMatchObject({ department: 'ZGFW', extension: null })
    expect(await add('3001', 'duty')).toMatchObject({ department: null })
    expect(await add('1001', 'duty')).toMatchObject({ extension: null })
  })

  test.each(['nonsense', 'mysql://operator:not-to-be-told@db.example/x'])(
    '[SERVER-30] DATABASE_URL %s is no PostgreSQL, and is not repeated',
    async (url) => {
      const asked = errand(['user', 'list'], { DATABASE_URL: url })
      await expect(asked).rejects.toThrow('DATABASE_URL 要 postgres://')
      await expect(asked).rejects.not.toThrow('not-to-be-told')
    },
  )
})

describe('a wrong folder', () => {
  test.each([
    [['user', 'list']],
    [['user', 'disable', '1001']],
    [['reference', 'show']],
    [['knowledge', 'show']],
    [['backup', 'x.backup', '--key-file', '/nonexistent']],
    [['import', '/nonexistent']],
  ])('[SERVER-51] %j finds no centre there and makes none', async (args) => {
    const folder = join(kept(newFolder()), 'mistyped')
    await expect(errand([...args, '--data', folder])).rejects.toThrow(`${folder} 里没有中心的数据`)
    expect(fs.existsSync(folder)).toBe(false)
  })

  test('[SERVER-51] the first account says that a new centre begins with it, the second one does not', async () => {
    const folder = join(kept(newFolder()), 'new')
    const add = (id: string) =>
      errand(['user', 'add', id, '--name', '某', '--role', 'agent', '--data', folder])
    expect((await add('1001')).said).toEqual([expect.stringContaining('新建了')])
    expect((await add('1002')).said).toEqual([])
  })
})

describe('what the system or PostgreSQL refuses', () => {
  const refused = async (args: readonly string[], url?: string): Promise<string> => {
    const environment: Record<string, string> = url === undefined ? {} : { DATABASE_URL: url }
    const { code, stdout, stderr } = await runProgram(args, { environment })
    expect([code, stdout]).toEqual([1, ''])
    return stderr
  }

  test('[SERVER-52] a port in use, an address of another computer, a file for a folder, no certificate', async () => {
    const folder = kept(await newEmbeddedFolder())
    const taken = createServer()
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve))
    const address = taken.address()
    const port = String(typeof address === 'object' && address !== null ? address.port : 0)
    expect(await refused(['--port', port, '--data', folder])).toContain(`127.0.0.1:${port} 已有程序在用`)
    taken.close()
    expect(await refused(['--port', '0', '--host', '203.0.113.9', '--data', folder])).toContain('--host')
    const file = keyFile(folder)
    expect(await refused(['--port', '0', '--data', file])).toContain('该是文件夹却是文件')
    const tls = ['--tls-cert', file, '--tls-key', file]
    expect(await refused(['--port', '0', '--data', folder, ...tls])).toContain('PEM')
    const backups = ['--backup-dir', file, '--key-file', file]
    expect(await refused(['--port', '0', '--data', folder, ...backups])).toContain('该是文件夹却是文件')
  })

  test.runIf(process.platform === 'linux')(
    '[SERVER-52] a folder where the system makes none is refused, and not tried for ever',
    async () => {
      for (const folder of ['/proc/hotline', '/proc/hotline/data'])
        expect(await refused(['--port', '0', '--data', folder])).toContain('那里建不了目录')
      const key = keyFile(kept(newFolder()))
      const backups = ['--backup-dir', '/proc/hotline', '--key-file', key]
      const data = kept(await newEmbeddedFolder())
      expect(await refused(['--port', '0', '--data', data, ...backups])).toContain('那里建不了目录')
      // Where it can be, it is made with all above it.
      const deep = join(kept(newFolder()), 'a', 'b')
      makeFolder(deep)
      makeFolder(deep)
      expect(fs.statSync(deep).mode & 0o777).toBe(0o700)
    },
  )

  test('[SERVER-52] no PostgreSQL there, no such database, no such user, no right to make tables', async () => {
    const folder = kept(newFolder())
    const url = new URL(await cluster.newDatabase())
    const client = new pg.Client({ connectionString: url.href })
    await client.connect()
    await client.query('create role weak login')
    await client.end()
    const at = (change: (given: URL) => void): string => {
      const other = new URL(url)
      change(other)
      return other.href
    }
    const args = ['--port', '0', '--data', folder]
    expect(await refused(args, 'postgresql://postgres@127.0.0.1:1/x')).toContain('没有 PostgreSQL 在听')
    const noDatabase = at((given) => (given.pathname = '/none'))
    expect(await refused(args, noDatabase)).toContain('没有 DATABASE_URL 写的这个库')
    expect(
      await refused(
        args,
        at((given) => (given.username = 'nobody')),
      ),
    ).toContain('不认 DATABASE_URL 里的用户名或密码')
    const weak = at((given) => (given.username = 'weak'))
    const said = await refused(['user', 'list', '--data', folder], weak)
    expect(said).toContain('没有办成：PostgreSQL 的这个用户没有在库里建表的权限')
  })

  test('[SERVER-52] a full disk, as the system and as either database says it', () => {
    for (const error of [{ errno: 51 }, { code: 'ENOSPC', path: '/x' }, { code: '53100' }])
      expect(sentenceOf(error)).toContain('磁盘满了')
    expect(sentenceOf(new Error('of the program itself'))).toBeNull()
  })
})

describe('backup and reference data', () => {
  test('[SERVER-33] a centre that never ran has nothing to back up, and says so', async () => {
    const folder = kept(await newEmbeddedFolder())
    const file = join(folder, 'x.backup')
    const { code, stderr } = await runProgram([
      'backup',
      file,
      '--key-file',
      keyFile(folder),
      '--data',
      folder,
    ])
    expect(code).toBe(1)
    expect(stderr).toContain('还没有启动过')
    expect(fs.existsSync(file)).toBe(false)
  })

  test('[SERVER-34] [SERVER-35] nothing is put back under a centre that runs', async () => {
    const folder = kept(newFolder())
    const environment = { DATABASE_URL: await cluster.newDatabase() }
    const args = [join(folder, 'x.backup'), '--key-file', keyFile(folder), '--data', folder]
    const program = await startProgram(['--data', folder], environment)
    expect((await runProgram(['backup', ...args], { environment })).code).toBe(0)
    expect(await runProgram(['restore', ...args, '--replace'], { environment })).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('请先停下中心'),
    })
    await program.stop()
    expect((await runProgram(['restore', ...args, '--replace'], { environment })).code).toBe(0)
  })

  test('[SERVER-29] what is shown can be read and changed by a person, and loaded again; what is wrong is said in Chinese', async () => {
    const folder = kept(await newEmbeddedFolder())
    const shown = await runProgram(['reference', 'show', '--data', folder])
    const file = join(folder, 'reference.json')
    const load = async (text: string) => {
      fs.writeFileSync(file, text)
      return runProgram(['reference', 'load', file, '--data', folder])
    }
    expect(shown.stdout.split('\n').length).toBeGreaterThan(100)
    expect(await load(shown.stdout)).toMatchObject({ code: 0 })
    const wrong = shown.stdout.replace(/"ringSeconds": \d+/, '"ringSeconds": "二十"')
    expect((await load(wrong)).stderr).toMatch(/无效输入[^]*policy\.ringSeconds/)
    // npm writes two lines of its own unless it is told not to.
    expect((await load(`> hotline-seat@0 server\n\n${shown.stdout}`)).stderr).toContain('npm run -s')
  })
})
