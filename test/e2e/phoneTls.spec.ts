// [T01] The line to the PBX over real TLS in a real browser: 1.2 and 1.3 carry it, a server that offers nothing newer than
// 1.1 is refused although its certificate is the pinned one. Behind each is the same real PBX.
import { readFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import net from 'node:net'
import { join } from 'node:path'
import tls from 'node:tls'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startPbx, type Pbx } from '../pbx/pbx.ts'
import { until } from '../pbx/until.ts'
import { accountOf, lastLink, openSeatPage } from './phonePage.ts'

/** OpenSSL of today speaks the old versions only when told that nothing matters. */
const ANYTHING = 'DEFAULT:@SECLEVEL=0'

let pbx: Pbx
beforeAll(async () => {
  pbx = await startPbx({ members: [] })
})
afterAll(() => pbx.stop())

/** A door of these TLS versions to the PBX's own socket. */
async function door(minVersion: tls.SecureVersion, maxVersion: tls.SecureVersion) {
  const [key, cert] = ['pbx.key', 'pbx.crt'].map((name) => readFileSync(join(pbx.dir, 'keys', name)))
  const spoken: (string | null)[] = []
  let refusals = 0
  const options = { key, cert, minVersion, maxVersion, ciphers: ANYTHING }
  const server = tls.createServer(options, (socket) => {
    spoken.push(socket.getProtocol())
    const inside = net.connect(pbx.wsPort, pbx.host)
    socket.on('error', () => inside.destroy())
    inside.on('error', () => socket.destroy())
    socket.pipe(inside).pipe(socket)
  })
  server.on('tlsClientError', () => void (refusals += 1))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `wss://127.0.0.1:${port}/ws`,
    port,
    spoken,
    refusals: () => refusals,
    close: () => void server.close(),
  }
}

const openSeat = (url: string) => openSeatPage(accountOf(pbx, '1001', [url]), 1000, [pbx.spkiPin])

test.each(['TLSv1.2', 'TLSv1.3'] as const)('[T01] [PHONE-41] %s carries the line', async (version) => {
  const open = await door(version, version)
  const seat = await openSeat(open.url)
  await seat.register()
  expect(open.spoken).toContain(version)
  await seat.close()
  open.close()
})

test('[T01] [PHONE-41] a server that offers TLS 1.1 at most is refused, whatever its certificate', async () => {
  const old = await door('TLSv1', 'TLSv1.1')
  // It works for whoever still speaks that: the refusal is the seat's.
  await new Promise<void>((resolve, reject) => {
    const options = { host: '127.0.0.1', port: old.port, rejectUnauthorized: false }
    const client = tls.connect({ ...options, minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: ANYTHING })
    client.once('error', reject)
    client.once('secureConnect', () => {
      client.destroy()
      resolve()
    })
  })
  expect(old.spoken).toEqual(['TLSv1.1'])
  const seat = await openSeat(old.url)
  await seat.run((page, account) => page.phone.connect(JSON.parse(account)), JSON.stringify(seat.account))
  await until('three refusals', () => old.refusals() >= 3)
  expect(lastLink(await seat.events())).toBe('disconnected')
  expect(old.spoken).toEqual(['TLSv1.1'])
  expect(await pbx.isRegistered('1001')).toBe(false)
  await seat.close()
  old.close()
})
