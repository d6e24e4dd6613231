// Three people on the real PBX, told by the tone each one speaks with: the worker 440 Hz, the agent 1000, the colleague
// 1500, a department in the city 880, hold music 330. Who hears whom while consulting, after a transfer, and all together.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { CallId } from '../../contract/ids.ts'
import { awaitCall } from '../pbx/callee.ts'
import { HOLD_MUSIC_HZ } from '../pbx/configure.ts'
import { callWithEar, type Ear, type EarOptions } from '../pbx/ear.ts'
import { startPbx, type Pbx } from '../pbx/pbx.ts'
import { rmsAt, tone } from '../pbx/tones.ts'
import { until } from '../pbx/until.ts'
import { accountOf, openSeatPage, type SeatPage } from './phonePage.ts'

const WORKER = 440
const SEAT = 1000
const COLLEAGUE = 1500
const DEPARTMENT = 880
const everybody = [WORKER, SEAT, COLLEAGUE, DEPARTMENT, HOLD_MUSIC_HZ]

let pbx: Pbx
let seat: SeatPage
let colleague: SeatPage

beforeAll(async () => {
  pbx = await startPbx({ members: ['1001'] })
  seat = await openSeatPage(accountOf(pbx, '1001'), SEAT)
  colleague = await openSeatPage(accountOf(pbx, '1002'), COLLEAGUE)
  await seat.register()
  await colleague.register()
})
afterAll(async () => {
  await seat.close()
  await colleague.close()
  await pbx.stop()
})
beforeEach(() => pbx.untilQuiet())

async function talking(worker: EarOptions = {}) {
  const from = await seat.count()
  const caller = await callWithEar(pbx, worker)
  const { call } = await seat.next('offered', { after: from })
  await until('the answer to be ready', () => seat.run((page) => page.isAnswerReady()))
  await seat.run((page, id) => void page.answer(id), call.callId)
  await seat.next('connected', { after: from })
  return { caller, callId: call.callId, from }
}

const hold = async (callId: CallId, from: number) => {
  await seat.run((page, id) => page.phone.hold(id as CallId), callId)
  await seat.next('heldByUs', { after: from })
}
const resume = async (callId: CallId, from: number) => {
  await seat.run((page, id) => page.phone.resume(id as CallId), callId)
  await seat.next('resumedByUs', { after: from })
}
/** Commands with two calls in them. */
const both = (what: 'handOver' | 'join' | 'part', first: CallId, second: CallId) =>
  seat.run(
    (page, text) => {
      const [name, one, other] = JSON.parse(text)
      page.phone[name as 'join'](one, other)
    },
    JSON.stringify([what, first, second]),
  )
const dial = (number: string, callRef: string | null) =>
  seat.run(
    (page, text) => {
      const [called, ref] = JSON.parse(text)
      return page.dial(called, ref)
    },
    JSON.stringify([number, callRef]),
  ) as Promise<CallId>

/** The worker is on hold and the colleague has answered. */
async function consulting(worker: EarOptions = {}) {
  const { caller, callId, from } = await talking(worker)
  await hold(callId, from)
  const askedFrom = await colleague.count()
  const consultFrom = await seat.count()
  const consultId = await dial('1002', await caller.callRef)
  const { call } = await colleague.next('offered', { after: askedFrom })
  await colleague.run((page, id) => void page.answer(id), call.callId)
  await seat.next('connected', { after: consultFrom })
  return { caller, callId, from, consultId, asked: call, askedFrom }
}

/** In what arrives at a seat these are there, loud; the others are 14 dB and more below the faintest of them. */
const untilSeatHears = async (page: SeatPage, hzs: readonly number[], nth = -1) => {
  let heard: number[] = []
  const isSo = async () => {
    heard = await page.run(
      (on, text) => on.levels(...(JSON.parse(text) as [number[], number])),
      JSON.stringify([everybody, nth]),
    )
    return stand(
      heard.map((level) => 10 ** (level / 20)),
      hzs,
    )
  }
  await until(`${hzs.join(' and ')} Hz alone`, isSo, 15_000).catch((late: Error) => {
    throw new Error(
      `${late.message} Last, of ${everybody.join(', ')}: ${heard.map(Math.round).join(', ')} dB`,
    )
  })
}

/** The same of what arrives at the worker. */
async function untilWorkerHears(caller: Ear, hzs: readonly number[]) {
  let heard: number[] = []
  await until(
    () => `the worker to hear ${hzs.join(' and ')} Hz, heard of ${everybody.join(', ')}: ${heard.join(', ')}`,
    () => {
      const now = caller.hears()
      heard = now ? everybody.map((hz) => rmsAt(now, hz)) : []
      return stand(heard, hzs)
    },
  )
}

const stand = (levels: readonly number[], hzs: readonly number[]): boolean => {
  const there = everybody.flatMap((hz, at) => (hzs.includes(hz) ? [levels[at] ?? 0] : []))
  const others = everybody.flatMap((hz, at) => (hzs.includes(hz) ? [] : [levels[at] ?? 0]))
  const faintest = Math.min(...there)
  return faintest > 0.005 && others.every((level) => level < faintest / 5)
}

const endsAfter = async (from: number) =>
  (await seat.events()).slice(from).filter(({ type }) => type === 'ended')

describe('consult', () => {
  test('[PHONE-52] [CALL-20] the worker hears music and not us; the colleague hears us and has the worker’s reference', async () => {
    const { caller, callId, consultId, from, asked } = await consulting()
    expect(asked).toMatchObject({ number: '1001', internal: true, callRef: await caller.callRef })
    await untilSeatHears(colleague, [SEAT])
    await untilSeatHears(seat, [COLLEAGUE])
    await untilWorkerHears(caller, [HOLD_MUSIC_HZ])
    // Swapped: now the worker hears us, and the colleague does not.
    const swapFrom = await seat.count()
    await hold(consultId, swapFrom)
    await resume(callId, swapFrom)
    await untilWorkerHears(caller, [SEAT])
    await untilSeatHears(seat, [WORKER], 0)
    await untilSeatHears(colleague, [HOLD_MUSIC_HZ])
    await caller.hangUp()
    await seat.run((page, id) => page.phone.hangUp(id as CallId), consultId)
    await until('both ends', async () => (await endsAfter(from)).length === 2)
  })

  test('[CALL-21] a cancelled one: the colleague is let go, worker and agent hear each other again', async () => {
    const { caller, callId, consultId, askedFrom } = await consulting()
    const backFrom = await seat.count()
    await seat.run((page, id) => page.phone.hangUp(id as CallId), consultId)
    expect(await colleague.next('ended', { after: askedFrom })).toMatchObject({ by: 'them' })
    await resume(callId, backFrom)
    await untilWorkerHears(caller, [SEAT])
    await untilSeatHears(seat, [WORKER])
    await caller.hangUp()
    expect(await seat.next('ended', { after: backFrom + 1 })).toMatchObject({ callId, by: 'them' })
  })

  test('[F27] [CALL-21] a failed one: engaged is told, and the worker is still there', async () => {
    const { caller, callId, from } = await talking()
    await hold(callId, from)
    await awaitCall(pbx, { does: { refuses: '486 Busy Here' } })
    const dialFrom = await seat.count()
    const consultId = await dial('13900002002', await caller.callRef)
    expect(await seat.next('ended', { after: dialFrom })).toMatchObject({
      callId: consultId,
      by: 'them',
      cause: { protocol: 'SIP', code: 486 },
    })
    await resume(callId, dialFrom)
    await untilWorkerHears(caller, [SEAT])
    await caller.hangUp()
    await until('the end', async () => (await endsAfter(from)).length === 2)
  })
})

describe('attended transfer', () => {
  test('[PHONE-50] [PHONE-25] [CALL-23] colleague and worker hear each other and neither hears us; the colleague’s seat shows the worker', async () => {
    const { caller, callId, consultId, from, asked, askedFrom } = await consulting()
    await untilSeatHears(colleague, [SEAT])
    await both('handOver', callId, consultId)
    expect(await seat.next('transferred', { after: from })).toMatchObject({ callId })
    await until('both our legs to end', async () => (await endsAfter(from)).length === 2)
    expect(await seat.run((page) => page.openPeers())).toBe(0)
    await untilSeatHears(colleague, [WORKER])
    await untilWorkerHears(caller, [COLLEAGUE])
    expect(await colleague.next('otherSideChanged', { after: askedFrom })).toMatchObject({
      callId: asked.callId,
      number: caller.number,
      internal: false,
    })
    await caller.hangUp()
    expect(await colleague.next('ended', { after: askedFrom })).toMatchObject({ by: 'them' })
  })

  test('[PHONE-25] [CALL-23] a worker who withholds the number is no colleague on the colleague’s seat', async () => {
    const { caller, callId, consultId, asked, askedFrom } = await consulting({ number: 'anonymous' })
    await untilSeatHears(colleague, [SEAT])
    await both('handOver', callId, consultId)
    expect(await colleague.next('otherSideChanged', { after: askedFrom })).toMatchObject({
      callId: asked.callId,
      number: '',
      internal: false,
    })
    await caller.hangUp()
    await colleague.next('ended', { after: askedFrom })
  })

  test('[PHONE-50] to a department in the city: they hear each other when we are gone', async () => {
    const { caller, callId, from } = await talking()
    await hold(callId, from)
    const department = await awaitCall(pbx, { sound: tone(DEPARTMENT, 2_000) })
    const consultFrom = await seat.count()
    const consultId = await dial('13900002003', await caller.callRef)
    await seat.next('connected', { after: consultFrom })
    await untilSeatHears(seat, [DEPARTMENT])
    await both('handOver', callId, consultId)
    await until('both our legs to end', async () => (await endsAfter(from)).length === 2)
    await untilWorkerHears(caller, [DEPARTMENT])
    await caller.hangUp()
    await department.ended
  })

  test('[F27] [PHONE-50] to a colleague who has just hung up: told, and the worker is back with us', async () => {
    const { caller, callId, consultId, from, askedFrom, asked } = await consulting()
    await colleague.run((page, id) => page.phone.hangUp(id as CallId), asked.callId)
    await colleague.next('ended', { after: askedFrom })
    await seat.next('ended', { after: from })
    await both('handOver', callId, consultId)
    await seat.next('transferFailed', { after: from })
    await resume(callId, from)
    await untilWorkerHears(caller, [SEAT])
    await untilSeatHears(seat, [WORKER])
    await caller.hangUp()
    await until('the end', async () => (await endsAfter(from)).length === 2)
  })
})

describe('three-way', () => {
  test('[PHONE-51] [CALL-24] each of the three hears the other two; muted, we are heard by neither; left, it is as before', async () => {
    const { caller, callId, consultId, from } = await consulting()
    const joinFrom = await seat.count()
    await both('join', callId, consultId)
    await resume(callId, joinFrom)
    await seat.next('joined', { after: joinFrom })
    await untilWorkerHears(caller, [SEAT, COLLEAGUE])
    await untilSeatHears(colleague, [SEAT, WORKER])
    await untilSeatHears(seat, [WORKER], 0)
    await untilSeatHears(seat, [COLLEAGUE], 1)
    expect(await seat.run((page) => page.playing())).toBe(2)
    for (const id of [callId, consultId])
      await seat.run((page, one) => page.phone.mute(one as CallId, true), id)
    await untilWorkerHears(caller, [COLLEAGUE])
    await untilSeatHears(colleague, [WORKER])
    for (const id of [callId, consultId])
      await seat.run((page, one) => page.phone.mute(one as CallId, false), id)
    await both('part', callId, consultId)
    await hold(consultId, joinFrom)
    await untilWorkerHears(caller, [SEAT])
    await untilSeatHears(colleague, [HOLD_MUSIC_HZ])
    await caller.hangUp()
    await seat.run((page, id) => page.phone.hangUp(id as CallId), consultId)
    await until('both ends', async () => (await endsAfter(from)).length === 2)
  })

  test('[PHONE-51] [CALL-24] on hold nobody hears anybody; one hangs up and the other goes on with us', async () => {
    const { caller, callId, consultId, from, asked } = await consulting()
    const joinFrom = await seat.count()
    await both('join', callId, consultId)
    await resume(callId, joinFrom)
    await untilWorkerHears(caller, [SEAT, COLLEAGUE])
    const holdFrom = await seat.count()
    await hold(callId, holdFrom)
    await hold(consultId, holdFrom)
    await untilWorkerHears(caller, [HOLD_MUSIC_HZ])
    await untilSeatHears(colleague, [HOLD_MUSIC_HZ])
    const backFrom = await seat.count()
    await resume(callId, backFrom)
    await resume(consultId, backFrom)
    await untilWorkerHears(caller, [SEAT, COLLEAGUE])
    await colleague.run((page, id) => page.phone.hangUp(id as CallId), asked.callId)
    await seat.next('parted', { after: joinFrom })
    await untilWorkerHears(caller, [SEAT])
    await untilSeatHears(seat, [WORKER])
    await caller.hangUp()
    await until('both ends', async () => (await endsAfter(from)).length === 2)
  })
})
