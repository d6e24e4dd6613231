// Recording a call and pausing it while private data are said, on the real PBX: what was said in the pause is in none of
// its files. Who speaks is told by the tone: the worker 440 Hz, while "private" 700 Hz; the seat 1000 Hz.
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { awaitCall } from '../pbx/callee.ts'
import { callQueue, type CallOptions } from '../pbx/caller.ts'
import { startPbx, type Pbx } from '../pbx/pbx.ts'
import { durationMs, joined, rmsAt, tone } from '../pbx/tones.ts'
import { until } from '../pbx/until.ts'
import { CallId } from '../../contract/ids.ts'
import { accountOf, openSeatPage, type SeatPage } from './phonePage.ts'

const WORKER = 440
const PRIVATE = 700
const SEAT = 1000

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
afterEach(async () => {
  await pbx.rx('channel request hangup all')
  await pbx.untilQuiet()
})

async function talking(options: CallOptions = {}) {
  const from = await seat.count()
  const caller = await callQueue(pbx, options)
  const { call } = await seat.next('offered', { after: from })
  await seat.run((page, id) => void page.answer(id), call.callId)
  await seat.next('connected', { after: from })
  return { caller, call, from }
}

const turn = async (callId: CallId, to: 'on' | 'paused', at: SeatPage = seat) => {
  const from = await at.count()
  await at.run(
    (page, text) => page.phone.turnRecording(...(JSON.parse(text) as [CallId, 'on'])),
    JSON.stringify([callId, to]),
  )
  return at.next('recordingChanged', { after: from })
}

test('[T07] [PHONE-53] the PBX says that it records; what is said in the pause is in no file, what comes before and after is', async () => {
  const sound = joined(tone(WORKER, 9_000), tone(PRIVATE, 6_000), tone(WORKER, 60_000))
  const { caller, call } = await talking({ sound })
  expect(call.recording).toEqual({ is: 'on', mayPause: true })
  await seat.untilHears(WORKER)
  expect(await turn(call.callId, 'paused')).toMatchObject({ callId: call.callId, is: 'paused' })
  const pausedAt = Date.now()
  await seat.untilHears(PRIVATE)
  await seat.untilHears(WORKER)
  expect(await turn(call.callId, 'on')).toMatchObject({ callId: call.callId, is: 'on' })
  const pauseMs = Date.now() - pausedAt
  await new Promise((resolve) => setTimeout(resolve, 2_000))
  await caller.hangUp()
  const talkedMs = Date.now() - (await caller.answered())
  const recording = await pbx.recordingOf(await caller.callRef)
  for (const file of [recording.mixed, recording.caller]) {
    expect(rmsAt(file, WORKER)).toBeGreaterThan(0.05)
    expect(rmsAt(file, PRIVATE)).toBeLessThan(0.001)
    expect(durationMs(file)).toBeLessThan(talkedMs - pauseMs + 1_000)
  }
  // After the pause both are recorded again, in the same files.
  const length = durationMs(recording.mixed)
  expect(rmsAt(recording.mixed, WORKER, { fromMs: length - 1_000 })).toBeGreaterThan(0.05)
  expect(rmsAt(recording.seat, SEAT, { fromMs: durationMs(recording.seat) - 1_000 })).toBeGreaterThan(0.01)
})

test('[T07] [PHONE-53] passed on while paused: the colleague sees it paused, and takes it up again', async () => {
  const colleague = await openSeatPage(accountOf(pbx, '1002'), 1500)
  await colleague.register()
  const { caller, call, from } = await talking()
  // The keys reach the PBX with the voice: sooner they are lost.
  await seat.untilHears(WORKER)
  await turn(call.callId, 'paused')
  await seat.run((page, id) => page.phone.transfer(id as CallId, '1002'), call.callId)
  const { call: passed } = await colleague.next('offered')
  expect(passed).toMatchObject({ callRef: call.callRef, recording: { is: 'paused', mayPause: true } })
  await colleague.run((page, id) => void page.answer(id), passed.callId)
  await colleague.next('connected')
  await seat.next('ended', { after: from })
  await colleague.untilHears(WORKER)
  expect(await turn(passed.callId, 'on', colleague)).toMatchObject({ is: 'on' })
  const callRef = await caller.callRef
  const lastSecond = (file: string) => ({ fromMs: durationMs(file) - 1_000 })
  await until('the colleague to be recorded', () => {
    const [live] = pbx.recordings(callRef)
    return live && rmsAt(live.seat, 1500, lastSecond(live.seat)) > 0.05
  })
  await caller.hangUp()
  const recording = await pbx.recordingOf(callRef)
  const end = lastSecond(recording.seat)
  expect(rmsAt(recording.seat, 1500, end)).toBeGreaterThan(0.01)
  expect(rmsAt(recording.seat, 1500, end)).toBeGreaterThan(10 * rmsAt(recording.seat, SEAT, end))
  await colleague.close()
})

test('[PHONE-53] [CALL-26] a call of ours: the PBX says that it records it, and it is paused and taken up like any other', async () => {
  const from = await seat.count()
  const private_ = joined(tone(WORKER, 9_000), tone(PRIVATE, 6_000), tone(WORKER, 60_000))
  const callee = await awaitCall(pbx, { sound: private_ })
  const callId = CallId.parse(await seat.run((page) => page.dial('13900003009')))
  expect(await seat.next('recordingChanged', { after: from })).toMatchObject({
    callId,
    is: 'on',
    mayPause: true,
  })
  await seat.next('connected', { after: from })
  await seat.untilHears(WORKER)
  expect(await turn(callId, 'paused')).toMatchObject({ callId, is: 'paused' })
  await seat.untilHears(PRIVATE)
  await seat.untilHears(WORKER)
  expect(await turn(callId, 'on')).toMatchObject({ callId, is: 'on' })
  await new Promise((resolve) => setTimeout(resolve, 2_000))
  await callee.hangUp()
})
