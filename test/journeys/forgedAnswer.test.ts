// Somebody sits between the seat and the centre and says "stored" to everything: with a certificate of a rogue
// authority, or as another centre with a good one. Nothing is believed, nothing leaves the outbox, no token is shown.
import 'fake-indexeddb/auto'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { selfSigned } from '../makers/certificates.ts'
import type { TestCentre } from '../server/aCentre.ts'
import { startTestCentre, testPassword } from '../server/aCentre.ts'
import { newEmbeddedFolder } from '../server/databases.ts'
import { until } from '../server/until.ts'
import { value } from '../suites/openedSeat.ts'
import { aCallBy, openSeat, type Seat } from './syncSeat.ts'

const dir = mkdtempSync(join(tmpdir(), 'forged-'))
const usual = getCACertificates('default')
const certificate = (name: string, host = 'localhost') => selfSigned(dir, name, host)

let centre: TestCentre
let seat: Seat
let door: Server
let port = 0
const tokensShown: string[] = []

/** Hands everything on to the real centre. */
const honest = async (request: { url?: string; method?: string; headers: object; body: Buffer }) =>
  fetch(centre.running.address + (request.url ?? ''), {
    method: request.method ?? 'GET',
    headers: Object.fromEntries(
      Object.entries(request.headers).filter(([name]) => ['authorization', 'content-type'].includes(name)),
    ),
    ...(request.method === 'POST' ? { body: new Uint8Array(request.body) } : {}),
  })

/** Acknowledges whatever is pushed, in the name of this centre. */
const forged = (id: string, body: Buffer): string => {
  const { items = [] } = JSON.parse(body.toString() || '{}') as { items?: { body: { id: string } }[] }
  const verdicts = items.map((item) => ({ id: item.body.id, verdict: 'stored' }))
  const value = { centre: id, epoch: 0, serverNow: Date.now(), verdicts }
  return JSON.stringify({ ok: true, value })
}

const openDoor = async (
  tls: { cert: Buffer; key: Buffer },
  as: { is: 'honest' } | { is: 'forger'; id: string },
): Promise<void> => {
  if (door?.listening)
    await new Promise((resolve) => {
      door.close(resolve)
      door.closeAllConnections()
    })
  door = createServer(tls, (request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = Buffer.concat(chunks)
      if (as.is === 'forger') {
        tokensShown.push(request.headers.authorization ?? '')
        response.writeHead(200, { 'content-type': 'application/json', 'x-hotline-centre': as.id })
        return void response.end(forged(as.id, body))
      }
      void honest({
        url: request.url ?? '',
        method: request.method ?? '',
        headers: request.headers,
        body,
      })
        .then(async (answer) => {
          const whole = Buffer.from(await answer.arrayBuffer())
          response.writeHead(answer.status, {
            'content-type': 'application/json',
            'x-hotline-centre': answer.headers.get('x-hotline-centre') ?? '',
          })
          response.end(whole)
        })
        // The centre is away, or stopped while it answered: so does the door.
        .catch(() => response.destroy())
    })
  })
  await new Promise<void>((resolve) => door.listen(port, '127.0.0.1', resolve))
  ;({ port } = door.address() as AddressInfo)
}

let good: { cert: Buffer; key: Buffer }
/** Vouched for, but for another house. */
let elsewhere: { cert: Buffer; key: Buffer }
beforeAll(async () => {
  good = certificate('good')
  elsewhere = certificate('elsewhere', 'elsewhere.example')
  setDefaultCACertificates([...usual, good.cert.toString(), elsewhere.cert.toString()])
  centre = await startTestCentre({
    folder: await newEmbeddedFolder(),
    databaseUrl: null,
    remove: async () => undefined,
  })
  await openDoor(good, { is: 'honest' })
  seat = await openSeat(`https://localhost:${port}`, '1001', testPassword)
  await until(() => seat.sync.status().badge === 'synced', 'the seat is in sync')
})
afterAll(async () => {
  setDefaultCACertificates(usual)
  await seat.close()
  door.close()
  door.closeAllConnections()
  await centre.stop()
  rmSync(dir, { recursive: true, force: true })
})

const stored = async (id: string) =>
  (await centre.running.database.rows('select 1 from call_records where id = $1', [id])).length

test.each([
  ['with a certificate of a rogue authority, in the name of the real centre', 'unreachable', 'rogue'],
  ['with a trusted certificate of another host, in the name of the real centre', 'unreachable', 'elsewhere'],
  ['with a certificate the seat trusts, in the name of another centre', 'not_ours', 'good'],
] as const)(
  '[F80] [E21] [SYNC-7] an acknowledgement forged %s: refused, and the outbox kept',
  async (_how, code, shown) => {
    const forger = { rogue: () => certificate('rogue'), elsewhere: () => elsewhere, good: () => good }[
      shown
    ]()
    await openDoor(forger, {
      is: 'forger',
      id: shown === 'good' ? '0193f0a0-0000-4000-8000-00000000dead' : centre.running.identity.id,
    })
    const calls = [aCallBy('1001'), aCallBy('1001')]
    for (const call of calls) await value(seat.records.finish(call))
    await until(() => seat.sync.status().problem?.code === code, 'the forger is refused', 20_000)
    await new Promise((resolve) => setTimeout(resolve, 1_500))
    expect(await value(seat.outbox.counts())).toMatchObject({ waiting: 2, parked: 0 })
    // Behind a certificate nobody vouches for not even the request is sent.
    if (code === 'unreachable') expect(tokensShown).toEqual([])
    await openDoor(good, { is: 'honest' })
    seat.sync.sendNow()
    await until(() => seat.sync.status().badge === 'synced', 'all goes to the real one', 30_000)
    for (const call of calls) expect(await stored(call.id)).toBe(1)
  },
)
