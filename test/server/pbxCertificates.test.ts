// [F29] What the centre sees of a PBX's certificate, on real TLS servers: good for 10 days, good for a year, expired,
// of another host, signed by nobody known.
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { certificateState } from '../../core/softphone/certificate.ts'
import { lookAtCertificate, watchCertificates } from '../../server/pbxCertificates.ts'
import { openAuthority } from '../makers/certificates.ts'
import { until } from './until.ts'

const dir = mkdtempSync(join(tmpdir(), 'certificates-'))
const servers: Server[] = []
const authority = openAuthority(dir)

afterAll(async () => {
  for (const server of servers) await new Promise((resolve) => server.close(resolve))
  rmSync(dir, { recursive: true, force: true })
})

/** A server with a certificate for `host`, valid so many days; its wss:// address. */
async function pbx(name: string, days: number, host = 'localhost'): Promise<string> {
  const { cert, key } = authority.issue(name, { days, host })
  const server = createServer({ cert, key })
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
  return `wss://localhost:${(server.address() as AddressInfo).port}/ws`
}
const look = (url: string) => lookAtCertificate(url, { ca: authority.cert })

test('[F29] a certificate with ten days left is seen with its last day, which is a warning', async () => {
  const seen = await look(await pbx('soon', 10))
  expect(seen?.trouble).toBeNull()
  expect(certificateState(seen, Date.now())).toMatchObject({ is: 'expiring', days: 9 })
  expect(certificateState(await look(await pbx('later', 300)), Date.now())).toEqual({ is: 'fine' })
})

test('[F29] expired, of another host, signed by nobody known: each is told apart', async () => {
  expect(await look(await pbx('old', -1))).toEqual({ trouble: 'expired', expiresAt: null })
  expect(await look(await pbx('other', 100, 'elsewhere.test'))).toMatchObject({ trouble: 'wrongHost' })
  expect(await lookAtCertificate(await pbx('stranger', 100))).toMatchObject({ trouble: 'untrusted' })
})

test('[F29] no TLS, or nobody there: nothing is known, so nothing is said', async () => {
  expect(await look('ws://localhost:1/ws')).toBeNull()
  expect(await look('wss://localhost:1/ws')).toBeNull()
})

test('[F29] of several servers the worst is told to the seats, and the operator finds it in the log', async () => {
  const lines: unknown[] = []
  const watch = watchCertificates(
    [await pbx('one', 300), 'wss://localhost:1/ws'],
    Date.now,
    (level, what, fields) => void lines.push([level, what, fields]),
  )
  // Signed by an authority of the test's own: to the centre a stranger.
  await until(() => watch.worst() !== null, 'the certificates to be looked at')
  expect(watch.worst()).toMatchObject({ trouble: 'untrusted' })
  expect(lines).toEqual([['error', 'pbx.certificate', { trouble: 'untrusted' }]])
  watch.stop()
})
