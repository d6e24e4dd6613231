// The voice's own path, broken between a real browser and the real PBX: another network, packets lost and late. The
// whole suite of repeated faults is `npm run network`.
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { callQueue } from '../pbx/caller.ts'
import { startPbx, type Pbx } from '../pbx/pbx.ts'
import { startSipRelay, type SipRelay } from '../pbx/sipRelay.ts'
import { startTcpRelay, type TcpRelay } from '../pbx/tcpRelay.ts'
import { dominantHz, durationMs } from '../pbx/tones.ts'
import { startUdpRelay, type UdpRelay } from '../pbx/udpRelay.ts'
import { until } from '../pbx/until.ts'
import { accountOf, openSeatPage, type SeatPage } from './phonePage.ts'

const WORKER = 440
const SEAT = 1000

let pbx: Pbx
let udp: UdpRelay
let sip: SipRelay
let tcp: TcpRelay
let seat: SeatPage

beforeAll(async () => {
  pbx = await startPbx({ members: [], rtpTimeoutSeconds: 40 })
  udp = startUdpRelay()
  sip = await startSipRelay(pbx.wsUrl, udp)
  tcp = await startTcpRelay(sip)
  seat = await openSeatPage(accountOf(pbx, '1001', [tcp.through(pbx.wsUrl)]), SEAT)
  await seat.register()
})
afterAll(async () => {
  await seat.close()
  await tcp.close()
  await sip.close()
  udp.close()
  await pbx.stop()
})
afterEach(async () => {
  udp.heal()
  await pbx.rx('channel request hangup all')
  await pbx.untilQuiet()
})

async function talking() {
  const from = await seat.count()
  const caller = await callQueue(pbx, { to: '1001' })
  const { call } = await seat.next('offered', { after: from })
  await seat.run((page, id) => void page.answer(id), call.callId)
  await seat.next('connected', { after: from })
  await seat.untilHears(WORKER)
  await untilWorkerHears(await caller.callRef)
  return { caller, callId: call.callId, from }
}

/** The last moments of what the seat said, as the PBX recorded it. */
const untilWorkerHears = (callRef: string) =>
  until(
    'the worker to hear the seat',
    () => {
      const [recording] = pbx.recordings(callRef)
      if (!recording) return false
      const length = durationMs(recording.seat)
      const heard = length < 600 ? null : dominantHz(recording.seat, { fromMs: length - 300 })
      return heard !== null && Math.abs(heard - SEAT) < 10
    },
    20_000,
  )

/** The same after a cut: the recording goes on where it stood, and only what comes from now on counts. */
async function untilWorkerHearsAfresh(callRef: string) {
  const spoken = () => durationMs(pbx.recordings(callRef)[0]?.seat ?? '')
  const before = spoken()
  await until('more to be recorded', () => spoken() > before + 700, 20_000)
  await untilWorkerHears(callRef)
}

const qualities = async (from: number) =>
  (await seat.events())
    .slice(from)
    .flatMap((event) => (event.type === 'qualityMeasured' ? [event.quality] : []))
const hasEnded = async (from: number) =>
  (await seat.events()).slice(from).some(({ type }) => type === 'ended')

test('[F04] another network under a call (cable for Wi-Fi): a new line, ICE begun anew, both hear each other again', async () => {
  const { caller, callId, from } = await talking()
  // The old addresses lead nowhere any more, and the old connection is reset.
  udp.move()
  tcp.cut()
  await until('registered again', async () =>
    (await seat.events())
      .slice(from)
      .some((event) => event.type === 'linkChanged' && event.link.link === 'registered'),
  )
  await seat.untilHears(WORKER)
  await untilWorkerHearsAfresh(await caller.callRef)
  expect(await hasEnded(from)).toBe(false)
  await caller.hangUp()
  expect(await seat.next('ended', { after: from })).toMatchObject({ callId, by: 'them' })
})

test('[F02] [PHONE-23] sound cut for 15 s: both hear each other within 5 s of its return, in the same call', async () => {
  const { caller, callId, from } = await talking()
  const callRef = await caller.callRef
  udp.block()
  await pause(15_000)
  expect(await hasEnded(from)).toBe(false)
  udp.heal()
  const healedAt = Date.now()
  await Promise.all([seat.untilHears(WORKER), untilWorkerHearsAfresh(callRef)])
  expect(Date.now() - healedAt).toBeLessThan(5_000)
  await caller.hangUp()
  expect(await seat.next('ended', { after: from })).toMatchObject({ callId, by: 'them' })
})

test('[F03] [PHONE-23] sound cut for a minute: given up in words before it is back, and the worker is not left in silence', async () => {
  const { caller, callId, from } = await talking()
  udp.block()
  const cutAt = Date.now()
  const ended = await seat.next('ended', { after: from, withinMs: 35_000 })
  expect(ended).toMatchObject({ callId, by: null, cause: { protocol: 'seat', code: 2 } })
  expect(Date.now() - cutAt).toBeGreaterThan(20_000)
  await caller.ended
  expect(await seat.run((page) => page.openPeers())).toBe(0)
})

test('[F05] packets lost and late: the figure falls, at a fifth lost to the level of the advice, and the call stays', async () => {
  const { caller, callId, from } = await talking()
  const good = await until('a figure', async () => (await qualities(from)).at(-1))
  expect(good.mos).toBeGreaterThan(4)

  udp.impair({ loss: 0.05 })
  const some = await until(
    'a twentieth lost',
    async () => (await qualities(from)).find(({ loss }) => loss > 0.02),
    20_000,
  )
  expect(some.mos).toBeLessThan(good.mos)

  udp.impair({ loss: 0.2, jitterMs: 300 })
  const bad = await until(
    'a fifth lost',
    async () => (await qualities(from)).find(({ loss, mos }) => loss > 0.1 && mos < 3.1),
    30_000,
  )
  expect(bad).toMatchObject({ heard: true })
  expect(await hasEnded(from)).toBe(false)

  udp.heal()
  await until('good again', async () => ((await qualities(from)).at(-1)?.mos ?? 0) > 4, 30_000)
  await caller.hangUp()
  expect(await seat.next('ended', { after: from })).toMatchObject({ callId, by: 'them' })
})
