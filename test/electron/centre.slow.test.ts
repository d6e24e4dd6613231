// Where the centre is and what the page may therefore connect to; the practice centre's life and death.
import { createServer } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { app } from '../../host/application.ts'
import { openAuthority, selfSigned, type Certificate } from '../makers/certificates.ts'
import { aDataFolder } from './startedDesktop.ts'

vi.mock('electron', () => import('../../host/electronModule.ts'))
const { makeCentre, mayBeCentre } = await import('../../electron/centre.ts')
const { makePracticeCentre } = await import('../../electron/practiceCentre.ts')
const { openMemory, openSettings } = await import('../../electron/settings.ts')

const health = (pbx: readonly unknown[]) =>
  JSON.stringify({
    ok: true,
    value: { ok: true, centre: 'c', protocol: 1, serverNow: 1, practice: true, pbx },
  })
let answer: { status: number; body: string; location?: string } = { status: 200, body: health([]) }
const server = createServer((_request, response) => {
  response.writeHead(answer.status, answer.location ? { location: answer.location } : {})
  response.end(answer.body)
})
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
const { port }: AddressInfo = Object(server.address())
const address = `http://127.0.0.1:${port}`
afterAll(() => server.close())

const never = { find: () => Promise.reject(new Error('not practice')), stop() {} }
const aCentre = (centre: string | null) => {
  const data = aDataFolder()
  app.setPath('userData', data)
  const settings = openSettings(data)
  settings.write({ centre })
  const memory = openMemory(data)
  return { centre: makeCentre(settings, memory, never), memory }
}

describe('which addresses', () => {
  test('[DESK-11] [E21] a centre is https, or on this computer', () => {
    const good = [
      null,
      'https://centre.example',
      'https://10.0.0.5:8443',
      'http://127.0.0.1:8080',
      'http://localhost',
    ]
    const bad = [
      'http://centre.example',
      'http://10.0.0.5',
      'http://127.0.0.1.evil.example',
      'ftp://x',
      'x',
      '',
    ]
    expect(good.filter((one) => !mayBeCentre(one))).toEqual([])
    expect(bad.filter(mayBeCentre)).toEqual([])
  })

  test('[DESK-11] [E01] the exchanges the centre names are added, and remembered for a start without it', async () => {
    const { centre, memory } = aCentre(address)
    expect(centre.isKnown()).toBe(false)
    answer = { status: 200, body: health(['wss://pbx.example:8089/ws', 'ws://127.0.0.1:9/ws']) }
    expect(await centre.learn()).toBe('changed')
    const connects = [address, `ws://127.0.0.1:${port}`, 'wss://pbx.example:8089', 'ws://127.0.0.1:9']
    expect(centre.connects()).toEqual(connects)
    // The same again is no news.
    expect(await centre.learn()).toBe('same')
    answer = { status: 503, body: '' }
    expect(await centre.learn()).toBe('away')
    expect(centre.connects()).toEqual(connects)
    expect(Object.keys(memory.read().pbx)).toEqual([address])
  })

  test('[E01] an exchange without encryption elsewhere, or no address at all, is not named in the header', async () => {
    const { centre } = aCentre(address)
    answer = {
      status: 200,
      body: health([
        'ws://pbx.example',
        'wss://*',
        "wss://x; script-src 'unsafe-eval'",
        'javascript:1',
        'wss://ok',
      ]),
    }
    await centre.learn()
    expect(centre.connects()).toEqual([address, `ws://127.0.0.1:${port}`, 'wss://ok'])
  })

  test.each([
    ['a portal’s page', 200, '<html>please sign in</html>', undefined],
    ['another program', 200, '{"status":"up"}', undefined],
    ['a redirect', 302, '', 'https://portal.example/'],
    ['a refusal', 403, '', undefined],
  ])('[DESK-11] %s in place of the centre changes nothing', async (_what, status, body, location) => {
    const { centre } = aCentre(address)
    answer = { status, body, ...(location === undefined ? {} : { location }) }
    expect(await centre.learn()).toBe('away')
    expect(centre.isKnown()).toBe(false)
    expect(centre.connects()).toEqual([address, `ws://127.0.0.1:${port}`])
  })
})

describe('[DESK-27] [E21] what the desktop sees of the certificate', () => {
  const folder = aDataFolder()
  const authority = openAuthority(folder)
  const usual = getCACertificates('default')
  const open = async (certificate: Certificate) => {
    const door = createTlsServer(certificate, (_request, response) =>
      response.end(health(['wss://pbx.example'])),
    )
    await new Promise<void>((resolve) => door.listen(0, 'localhost', () => resolve()))
    const { port: own }: AddressInfo = Object(door.address())
    return { ...aCentre(`https://localhost:${own}`), close: () => door.close() }
  }
  beforeAll(() => setDefaultCACertificates([...usual, authority.cert.toString()]))
  afterAll(() => setDefaultCACertificates(usual))

  test.each([
    ['untrusted', () => selfSigned(folder, 'own')],
    ['expired', () => authority.issue('old', { days: -1 })],
    ['wrongHost', () => authority.issue('other', { host: 'elsewhere.test' })],
  ] as const)('%s: it is named, and nothing is learned there', async (trouble, certificate) => {
    const { centre, memory, close } = await open(certificate())
    expect(await centre.certificate()).toBe(trouble)
    expect(await centre.learn()).toBe('away')
    expect(memory.read().pbx).toEqual({})
    close()
  })

  test('a good one is not refused; nobody there, no TLS and no centre set show none', async () => {
    const { centre, close } = await open(authority.issue('good'))
    expect(await centre.certificate()).toBeNull()
    expect(await centre.learn()).toBe('changed')
    close()
    for (const other of ['https://localhost:1', address, null])
      expect(await aCentre(other).centre.certificate()).toBeNull()
  })
})

describe('the practice centre', () => {
  const program = (text: string) => {
    const file = join(aDataFolder(), 'centre.mjs')
    writeFileSync(file, text)
    return file
  }
  const announce = `process.stdout.write(JSON.stringify({ address: 'http://127.0.0.1:' + process.pid }) + '\\n')`

  test('[DESK-9] it is started once for all who ask, and again after it died', async () => {
    const practice = makePracticeCentre(program(`${announce}\nsetInterval(() => {}, 1000)`), 'x', () => {})
    const [first, second] = await Promise.all([practice.find(), practice.find()])
    expect(first).toEqual(second)
    const pid = first.ok ? Number(new URL(first.value.url).port) : 0
    process.kill(pid, 'SIGKILL')
    await vi.waitFor(async () => expect(await practice.find()).not.toEqual(first), 20_000)
    const again = await practice.find()
    practice.stop()
    const next = again.ok ? Number(new URL(again.value.url).port) : 0
    await vi.waitFor(() => expect(() => process.kill(next, 0)).toThrow('ESRCH'), 20_000)
  })

  test('[DESK-9] what it writes after its first line never stops it', async () => {
    const flood = `${announce}
      const write = () => process.stdout.write('x'.repeat(65536) + '\\n', () => ++sent < 40 ? write() : process.exit(7))
      let sent = 0; write()`
    const practice = makePracticeCentre(program(flood), 'x', () => {})
    const first = await practice.find()
    // It ends by itself only when everything was taken from it; then the next question starts another.
    await vi.waitFor(async () => expect(await practice.find()).not.toEqual(first), 20_000)
    practice.stop()
  })

  test.each([
    ["process.stderr.write('boom'); process.exit(1)", '练习中心没有启动，数据没有变动。请重开程序再试。'],
    [
      "process.stderr.write('数据目录正被另一个服务使用'); process.exit(1)",
      '练习中心已在别的窗口打开。请关掉那个再试。',
    ],
    [
      "process.stdout.write('http://evil.example\\n'); process.exit(0)",
      '练习中心没有启动，数据没有变动。请重开程序再试。',
    ],
    [
      `process.stdout.write('{"address":"http://evil.example"}\\n'); setTimeout(() => {}, 100)`,
      '练习中心没有启动，数据没有变动。请重开程序再试。',
    ],
  ])('[DESK-9] a centre that says %j is a problem with a sentence', async (text, sentence) => {
    const practice = makePracticeCentre(program(text), 'x', () => {})
    expect(await practice.find()).toEqual({ ok: false, problem: { code: 'failed', text: sentence } })
    practice.stop()
  })
})
