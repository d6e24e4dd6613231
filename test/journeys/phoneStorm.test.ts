// [F16] A hundred seats and a PBX that was away and can take only some of them at once: the real telephones over real
// sockets. Time stands still until everything sent has arrived, so that a minute is a minute on any machine.
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { WebSocketServer } from 'ws'
import type { Phone } from '../../core/ports.ts'
import { sipPhone } from '../../renderer/adapters/sipPhone.ts'
import { fakeMedia } from '../fakes/fakeMedia.ts'
import { manualClock } from '../fakes/manualClock.ts'
import { anAccount } from '../makers/anAccount.ts'
import { callId, morning } from '../makers/stamps.ts'
import { until } from '../pbx/until.ts'
import { counts } from '../renderer/phone/seatInNode.ts'

const SEATS = 100
/** What the PBX takes in a second; the rest is told to come back. */
const PER_SECOND = 25
const RETRY_AFTER_S = 2
const STEP_MS = 100

const clock = manualClock(morning)
let port = 0
let pbx: WebSocketServer
let registers: { at: number; seat: string; status: number }[] = []
let isStrict = false
/** What the PBX of now took and said, and what had gone through the seats' sockets before it. */
let pbxTook = 0
let pbxSaid = 0
let before = { ...counts }

async function start() {
  ;[pbxTook, pbxSaid, before] = [0, 0, { ...counts }]
  pbx = new WebSocketServer({ host: '127.0.0.1', port, handleProtocols: () => 'sip' })
  await once(pbx, 'listening')
  port = (pbx.address() as AddressInfo).port
  pbx.on('connection', (socket) => {
    socket.on('message', (data: Buffer) => {
      pbxTook += 1
      const text = data.toString('utf8')
      const header = (name: string) => new RegExp(`^${name} *: *(.*?)\\r?$`, 'im').exec(text)?.[1] ?? ''
      const method = text.split(' ')[0] ?? ''
      const at = clock.tick()
      const recent = registers.filter((one) => one.status === 200 && at - one.at < 1_000)
      const status = method === 'REGISTER' && isStrict && recent.length >= PER_SECOND ? 503 : 200
      if (method === 'REGISTER') registers.push({ at, seat: header('From'), status })
      const lines = [
        `SIP/2.0 ${status} -`,
        ...['Via', 'From', 'Call-ID', 'CSeq', 'Contact'].map((name) => `${name}: ${header(name)}`),
        `To: ${header('To')};tag=pbx`,
        ...(status === 503 ? [`Retry-After: ${RETRY_AFTER_S}`] : []),
        'Content-Length: 0',
      ]
      pbxSaid += 1
      socket.send(`${lines.join('\r\n')}\r\n\r\n`)
    })
  })
}

const stop = async () => {
  for (const socket of pbx.clients) socket.terminate()
  await new Promise((resolve) => pbx.close(resolve))
}

/** Nobody is connecting, and nothing said is on its way. */
const isQuiet = () =>
  counts.opening === 0 &&
  counts.sent - before.sent === pbxTook &&
  counts.received - before.received === pbxSaid

/** Lets time pass until `isOver`, at most so long. */
const pass = async (ms: number, isOver = () => false) => {
  for (let left = ms; left > 0 && !isOver(); left -= STEP_MS) {
    clock.advance(STEP_MS)
    do await nextTurn()
    while (!isQuiet())
  }
}

const phones: Phone[] = []
const links: string[] = []

beforeAll(async () => {
  await start()
  for (let seat = 0; seat < SEATS; seat += 1) {
    const phone = sipPhone({
      clock,
      newCallId: () => callId(1),
      media: fakeMedia(() => clock.tick()),
      onNetworkBack: () => {},
    })
    phone.listen((event) => {
      if (event.type === 'linkChanged') links[seat] = event.link.link
    })
    phone.connect(anAccount([`ws://127.0.0.1:${port}/ws`], { extension: String(1000 + seat) as never }))
    phones.push(phone)
  }
})
afterAll(async () => {
  const gone = Promise.all(phones.map((phone) => phone.disconnect()))
  await pass(2_000)
  await gone
  await stop()
})

const areAllBack = () => links.filter((link) => link === 'registered').length === SEATS

test('[F16] a hundred seats come back within a minute of a restart, spread out, and none is refused again and again', async () => {
  await pass(15_000, areAllBack)
  expect(areAllBack()).toBe(true)
  await stop()
  await until('all to be away', () => links.every((link) => link !== 'registered'), 5_000)
  ;[pbxTook, pbxSaid, before] = [0, 0, { ...counts }]
  // Away long enough for every seat to be in its waiting.
  await pass(3_000)
  registers = []
  isStrict = true
  await start()
  const startedAt = clock.tick()
  await pass(60_000, areAllBack)
  expect(areAllBack()).toBe(true)

  const perSecond = new Map<number, number>()
  for (const { at } of registers) {
    const second = Math.floor((at - startedAt) / 1_000)
    perSecond.set(second, (perSecond.get(second) ?? 0) + 1)
  }
  // Spread: never all of them in the same second.
  expect(Math.max(...perSecond.values())).toBeLessThan(0.7 * SEATS)
  const refusals = new Map<string, number>()
  for (const { seat, status } of registers)
    if (status === 503) refusals.set(seat, (refusals.get(seat) ?? 0) + 1)
  // No 503 loop: whoever was told to wait came back a few times at most.
  expect(Math.max(0, ...refusals.values())).toBeLessThanOrEqual(4)
  expect(registers.length).toBeLessThan(3 * SEATS)
})
