// Who hears whom on the real PBX, told by the tone each one speaks with: the worker 440 Hz, the seats 1000 and 1500 Hz,
// the one who is called 880 Hz, the PBX's hold music 330 Hz.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { CallId } from '../../contract/ids.ts'
import { awaitCall } from '../pbx/callee.ts'
import { callQueue, type Caller, type CallOptions } from '../pbx/caller.ts'
import { HOLD_MUSIC_HZ } from '../pbx/configure.ts'
import { callWithEar } from '../pbx/ear.ts'
import { startPbx, type Pbx } from '../pbx/pbx.ts'
import { dominantHz, durationMs, rmsAt, tone } from '../pbx/tones.ts'
import { until } from '../pbx/until.ts'
import { accountOf, openSeatPage, type SeatPage } from './phonePage.ts'

const WORKER = 440
const OTHER_WORKER = 620
const SEAT = 1000
const COLLEAGUE = 1500
const CALLEE = 880

let pbx: Pbx
let seat: SeatPage

beforeAll(async () => {
  pbx = await startPbx({ members: ['1001'] })
  seat = await openSeatPage(accountOf(pbx, '1001'), SEAT)
  await seat.register()
})
afterAll(async () => {
  await seat.close()
  await pbx.stop()
})
beforeEach(() => pbx.untilQuiet())

async function ringing(options: CallOptions = {}): Promise<{ caller: Caller; callId: CallId; from: number }> {
  const from = await seat.count()
  const caller = await callQueue(pbx, options)
  const { call } = await seat.next('offered', { after: from })
  // The answer is made within the first moments of ringing.
  await until('the answer to be ready', () => seat.run((page) => page.isAnswerReady()))
  return { caller, callId: call.callId, from }
}

async function talking(options: CallOptions = {}) {
  const call = await ringing(options)
  await seat.run((page, id) => void page.answer(id), call.callId)
  await seat.next('connected', { after: call.from })
  return call
}

/** A caller whose ear is listened to, and both hear each other: sooner nobody passes a worker on, and the PBX refuses it. */
async function talkingWithEar() {
  const from = await seat.count()
  const worker = await callWithEar(pbx)
  const { callId } = (await seat.next('offered', { after: from })).call
  await seat.run((page, id) => void page.answer(id), callId)
  await seat.untilHears(WORKER)
  await worker.untilHears(SEAT)
  return { worker, callId, from }
}

/** What the worker hears: the seat's leg as the PBX recorded it, over the last moments. */
async function untilWorkerHears(caller: Caller, hz: number | null) {
  const callRef = await caller.callRef
  let length = 0
  let heard: number | null = null
  const hears = () => {
    const [recording] = pbx.recordings(callRef)
    if (!recording) return false
    length = durationMs(recording.seat)
    if (length < 1_000) return false
    heard = dominantHz(recording.seat, { fromMs: length - 400 })
    return hz === null ? heard === null : heard !== null && Math.abs(heard - hz) < 10
  }
  await until(
    () => `the worker to hear ${hz ?? 'nothing'}, heard ${heard ?? 'nothing'} after ${length} ms`,
    hears,
  )
}

describe('a call from the queue', () => {
  test('[PHONE-2] [PHONE-14] comes with name, number, queue and reference; the answer leaves at once; both hear each other', async () => {
    const { caller, callId, from } = await ringing({ name: '王小明' })
    const { call } = await seat.next('offered', { after: from })
    expect(call).toMatchObject({ number: caller.number, name: '王小明', queue: '12351', internal: false })
    expect(call.callRef).toBe(await caller.callRef)
    expect(call.queuedMs).not.toBeNull()
    expect(await seat.run((page, id) => page.answer(id), callId)).toBe(true)
    await seat.next('connected', { after: from })
    await seat.untilHears(WORKER)
    await untilWorkerHears(caller, SEAT)
    expect(await seat.run((page) => page.playing())).toBe(1)
    const { quality } = await seat.next('qualityMeasured', { after: from })
    expect(quality).toMatchObject({ heard: true })
    expect(quality.mos).toBeGreaterThan(4)
    await caller.hangUp()
    const ended = await seat.next('ended', { after: from })
    expect(ended).toMatchObject({ callId, by: 'them', cause: { protocol: 'Q.850', code: 16 } })
    const recording = await pbx.recordingOf(await caller.callRef)
    expect(rmsAt(recording.seat, SEAT)).toBeGreaterThan(10 * rmsAt(recording.seat, WORKER))
    expect(rmsAt(recording.caller, WORKER)).toBeGreaterThan(10 * rmsAt(recording.caller, SEAT))
    expect(await seat.run((page) => page.openPeers())).toBe(0)
  })

  test('[PHONE-29] an offer the browser says nothing to is taken by a fresh connection, the press made meanwhile is carried out, and both hear each other', async () => {
    const from = await seat.count()
    await seat.run((page) => void (page.deafTo = 1))
    const caller = await callQueue(pbx)
    const { call } = await seat.next('offered', { after: from })
    await seat.run((page, id) => void page.answer(id), call.callId)
    await seat.next('connected', { after: from })
    await seat.untilHears(WORKER)
    await untilWorkerHears(caller, SEAT)
    await caller.hangUp()
    await seat.next('ended', { after: from })
    await until('nothing to be open', async () => (await seat.run((page) => page.openPeers())) === 0)
  })

  test('[PHONE-3] given up while the answer is being made: the ear gets no voice after the end, and is let go', async () => {
    const from = await seat.count()
    await seat.run((page) => void (page.offersTakeMs = 1_500))
    const caller = await callQueue(pbx, { to: '1001' })
    await seat.next('offered', { after: from })
    await caller.ringing()
    await caller.hangUp()
    await seat.next('ended', { after: from })
    await until('the answer to be through', async () => (await seat.run((page) => page.openPeers())) === 0)
    expect(await seat.run((page) => page.voices())).toBe(0)
    await seat.run((page) => void (page.offersTakeMs = 0))
  })

  test('[PHONE-15] muting silences us at once, and the worker goes on being heard', async () => {
    const { caller, callId, from } = await talking()
    await untilWorkerHears(caller, SEAT)
    await seat.run((page, id) => page.phone.mute(id as CallId, true), callId)
    await untilWorkerHears(caller, null)
    await seat.untilHears(WORKER)
    await seat.run((page, id) => page.phone.mute(id as CallId, false), callId)
    await untilWorkerHears(caller, SEAT)
    await caller.hangUp()
    expect(await seat.next('ended', { after: from })).toMatchObject({ callId, by: 'them' })
  })

  test('[PHONE-16] on hold the worker hears music and nobody hears anybody; afterwards both are back', async () => {
    const { caller, callId, from } = await talking()
    await untilWorkerHears(caller, SEAT)
    await seat.run((page, id) => page.phone.hold(id as CallId), callId)
    expect(await seat.run((page) => [page.playing(), page.sending()])).toEqual([0, [false]])
    await seat.next('heldByUs', { after: from })
    await untilMusic(caller)
    await seat.run((page, id) => page.phone.resume(id as CallId), callId)
    await seat.next('resumedByUs', { after: from })
    await seat.untilHears(WORKER)
    await untilWorkerHears(caller, SEAT)
    expect(await seat.run((page) => [page.playing(), page.sending()])).toEqual([1, [true]])
    await caller.hangUp()
    await seat.next('ended', { after: from })
  })

  test('[PHONE-7] holding one and answering another: only the second is heard and spoken to, then back', async () => {
    const first = await talking()
    await seat.run((page, id) => page.phone.hold(id as CallId), first.callId)
    await seat.next('heldByUs', { after: first.from })
    const second = await talking({ to: '1001', sound: tone(OTHER_WORKER, 2_000) })
    await seat.untilHears(OTHER_WORKER, 1)
    expect(await seat.run((page) => [page.playing(), page.sending()])).toEqual([1, [false, true]])
    await seat.run((page, id) => page.phone.hangUp(id as CallId), second.callId)
    await second.caller.ended
    await seat.run((page, id) => page.phone.resume(id as CallId), first.callId)
    await seat.next('resumedByUs', { after: first.from })
    await seat.untilHears(WORKER)
    await untilWorkerHears(first.caller, SEAT)
    await first.caller.hangUp()
    await until('both ends', async () => (await endsAfter(first.from)).length === 2)
    expect(await endsAfter(first.from)).toMatchObject([
      { callId: second.callId, by: 'us' },
      { callId: first.callId, by: 'them' },
    ])
  })

  test('[PHONE-24] a blind transfer: the colleague and the worker hear each other, and our leg is over', async () => {
    const colleague = await openSeatPage(accountOf(pbx, '1002'), COLLEAGUE)
    await colleague.register()
    const { worker, callId, from } = await talkingWithEar()
    const callRef = await worker.callRef
    await seat.run((page, id) => page.phone.transfer(id as CallId, '1002'), callId)
    const { call } = await colleague.next('offered')
    expect(call).toMatchObject({ number: worker.number, callRef })
    await colleague.run((page, id) => void page.answer(id), call.callId)
    await seat.next('transferred', { after: from })
    expect(await seat.next('ended', { after: from })).toMatchObject({ callId, by: 'us' })
    await colleague.untilHears(WORKER)
    await worker.untilHears(COLLEAGUE)
    await worker.hangUp()
    await colleague.next('ended')
    await colleague.close()
  })

  test('[F27] a blind transfer to nobody: the worker is back with us', async () => {
    const { worker, callId, from } = await talkingWithEar()
    await seat.run((page, id) => page.phone.transfer(id as CallId, '77777'), callId)
    await seat.next('transferFailed', { after: from })
    await seat.untilHears(WORKER)
    await worker.untilHears(SEAT)
    await worker.hangUp()
    expect(await seat.next('ended', { after: from })).toMatchObject({ callId, by: 'them' })
  })
})

describe('a call of ours', () => {
  test('[PHONE-6] an announcement is heard before the answer, the one who was called after it', async () => {
    const from = await seat.count()
    const callee = await awaitCall(pbx, { announcement: tone(700, 2_000), ringMs: 2_500 })
    const callId = await seat.run((page) => page.dial('13900002001'))
    expect(await seat.next('progressed', { after: from })).toMatchObject({ callId, announcement: true })
    await seat.untilHears(700)
    await seat.next('connected', { after: from })
    await seat.untilHears(CALLEE)
    await callee.hangUp()
    expect(await seat.next('ended', { after: from })).toMatchObject({ callId, by: 'them' })
  })

  test('[PHONE-27] digits arrive at the PBX as they were pressed', async () => {
    const from = await seat.count()
    const digits = pbx.nextEvent((event) => event['UserEvent'] === 'KeysRead', 30_000)
    const callId = await seat.run((page) => page.dial('602'))
    await seat.next('connected', { after: from })
    await until('sound from the PBX', () => seat.run((page) => page.firstPacketTick()))
    await seat.run((page, id) => {
      page.phone.sendDigits(id as CallId, '12')
      page.phone.sendDigits(id as CallId, '34')
    }, callId)
    expect((await digits)['Keys']).toBe('1234')
    await seat.run((page, id) => page.phone.hangUp(id as CallId), callId)
  })
})

const endsAfter = async (from: number) =>
  (await seat.events()).slice(from).filter(({ type }) => type === 'ended')

/** The PBX plays music to a held worker; it is in no recording of the seat's leg, so the worker's mix is asked. */
async function untilMusic(caller: Caller) {
  const callRef = await caller.callRef
  await until('hold music', () => {
    const [recording] = pbx.recordings(callRef)
    if (!recording) return false
    const length = durationMs(recording.mixed)
    return rmsAt(recording.mixed, HOLD_MUSIC_HZ, { fromMs: length - 400 }) > 0.01
  })
}
