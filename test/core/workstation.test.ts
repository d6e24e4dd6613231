// The seat's law as lists of events (docs/rules/call.md, seat.md).
import { describe, expect, test } from 'vitest'
import type { WorkEvent } from '../../core/workstation.ts'
import { callOf } from '../../core/softphone/lines.ts'
import { liveCalls } from '../../core/workstation.ts'
import { mayTakeCalls, seatPhase } from '../../core/seat/seat.ts'
import { commands } from '../../core/commands.ts'
import { needsGuard } from '../../core/softphone/call.ts'
import { aReadySeat, anOffer, play } from '../makers/seats.ts'
import { at, callId, morning } from '../makers/stamps.ts'

const offered = (n: number, ms: number, over = {}): WorkEvent => ({
  type: 'offered',
  call: anOffer(n, over),
  ...at(ms),
})
const on = (n: number, type: string, ms: number, more = {}): WorkEvent =>
  ({ type, callId: callId(n), ...more, ...at(ms) }) as WorkEvent
const theyEnd = (n: number, ms: number) =>
  on(n, 'ended', ms, { by: 'them', cause: { protocol: 'Q.850', code: 16, text: '' } })
const answeredCall = (n: number, ms: number): WorkEvent[] => [
  offered(n, ms),
  on(n, 'answerPressed', ms + 3000),
  on(n, 'connected', ms + 3050),
]
const dos = (effects: { do: string }[]) => effects.map((effect) => effect.do)

test('[SEAT-9] a call that comes while the seat signs out is refused as busy: no bell, no line', () => {
  const { state, effects } = play([{ type: 'signedOut', ...at(0) }, offered(1, 10)], aReadySeat())
  expect(state.calls).toEqual([])
  expect(dos(effects)).not.toContain('startRinging')
  expect(effects.at(-1)).toEqual({ do: 'rejectCall', callId: callId(1), how: 'busy' })
})

describe('one call', () => {
  test('[CALL-1] the record is journalled at the first ring, before anybody answers', () => {
    const { effects } = play([offered(1, 1000)], aReadySeat())
    const journal = effects.find((effect) => effect.do === 'journalCall')
    expect(journal).toMatchObject({
      record: { id: callId(1), outcome: 'interrupted', endedBy: 'system', answeredAt: null },
    })
    expect(dos(effects)).toEqual(['startRinging', 'journalCall', 'reportSeat'])
  })

  test('[CALL-2] pressing answer twice answers once', () => {
    const { effects } = play(
      [offered(1, 0), on(1, 'answerPressed', 10), on(1, 'answerPressed', 20)],
      aReadySeat(),
    )
    expect(dos(effects).filter((name) => name === 'answerCall')).toHaveLength(1)
  })

  test('[CALL-3] an inbound call that is connected or being answered needs the guard, ringing and outgoing ones do not', () => {
    const talking = play(answeredCall(1, 0), aReadySeat()).state
    expect(talking.calls.map(needsGuard)).toEqual([true])
    const answering = play([offered(1, 0), on(1, 'answerPressed', 10)], aReadySeat()).state
    expect(answering.calls.map(needsGuard)).toEqual([true])
    const dialling = play(
      [{ type: 'dialPressed', callId: callId(2), number: '13800008002', internal: false, ...at(0) }],
      aReadySeat(),
    ).state
    expect(dialling.calls.map(needsGuard)).toEqual([false])
    expect(commands.hangUp.may(dialling)).toBe(true)
    expect(commands.hangUp.may(aReadySeat())).toBe(false)
  })

  test('[CALL-3] ending it with a reason leaves the reason, the agent and an audit note in the record', () => {
    const { effects } = play(
      [
        ...answeredCall(1, 0),
        on(1, 'hangUpConfirmed', 9000, { reason: 'harass' }),
        on(1, 'ended', 9001, { by: 'us', cause: null }),
      ],
      aReadySeat(),
    )
    const finish = effects.find((effect) => effect.do === 'finishCall')
    expect(finish).toMatchObject({
      record: { endedBy: 'agent', hangUpReason: 'harass', outcome: 'answered' },
    })
    expect(dos(effects)).toContain('noteAudit')
  })

  test('[CALL-4] [F21] a call ends once; a later end is an anomaly and files nothing', () => {
    const { effects } = play([...answeredCall(1, 0), theyEnd(1, 8000), theyEnd(1, 8001)], aReadySeat())
    expect(dos(effects).filter((name) => name === 'finishCall')).toHaveLength(1)
    expect(effects.at(-1)).toMatchObject({ do: 'noteAnomaly' })
  })

  test('[CALL-6] a call the caller hangs up is answered, ended by the caller, with talk and hold apart', () => {
    const { effects } = play(
      [...answeredCall(1, 0), on(1, 'heldByUs', 13_050), on(1, 'resumedByUs', 18_050), theyEnd(1, 23_050)],
      aReadySeat(),
    )
    expect(effects.find((effect) => effect.do === 'finishCall')).toMatchObject({
      record: {
        outcome: 'answered',
        endedBy: 'caller',
        talkMs: 15_000,
        holdMs: 5000,
        offeredAt: morning,
        answeredAt: morning + 3050,
        endedAt: morning + 23_050,
        queuedMs: 21_000,
      },
    })
  })

  test('[CALL-6] a short ring was given up, a full ring was missed', () => {
    const outcome = (ms: number) =>
      play([offered(1, 0), on(1, 'ended', ms, { by: 'them', cause: null })], aReadySeat()).effects.find(
        (effect) => effect.do === 'finishCall',
      )
    expect(outcome(6000)).toMatchObject({ record: { outcome: 'abandoned', endedBy: 'caller' } })
    expect(outcome(20_100)).toMatchObject({ record: { outcome: 'missed' } })
  })

  test('[CALL-6] [F21] a CANCEL that crosses our answer is one record, given up by the caller', () => {
    const { effects } = play(
      [offered(1, 0), on(1, 'answerPressed', 4000), on(1, 'ended', 4010, { by: 'them', cause: null })],
      aReadySeat(),
    )
    const finished = effects.filter((effect) => effect.do === 'finishCall')
    expect(finished).toHaveLength(1)
    expect(finished[0]).toMatchObject({ record: { outcome: 'abandoned', answeredAt: null } })
  })

  test('[CALL-6] an outgoing call to an engaged number is busy, one that rang out was not answered', () => {
    const dial: WorkEvent = {
      type: 'dialPressed',
      callId: callId(3),
      number: '13800008003',
      internal: false,
      ...at(0),
    }
    const outcome = (events: WorkEvent[]) =>
      play([dial, ...events], aReadySeat()).effects.find((effect) => effect.do === 'finishCall')
    expect(
      outcome([on(3, 'ended', 900, { by: 'them', cause: { protocol: 'SIP', code: 486, text: '' } })]),
    ).toMatchObject({
      record: { outcome: 'busy', endedBy: 'callee', direction: 'outbound' },
    })
    expect(
      outcome([
        on(3, 'progressed', 500, { announcement: false }),
        on(3, 'ended', 30_000, { by: 'us', cause: null }),
      ]),
    ).toMatchObject({ record: { outcome: 'noAnswer', endedBy: 'agent' } })
    expect(
      outcome([on(3, 'ended', 300, { by: 'them', cause: { protocol: 'SIP', code: 404, text: '' } })]),
    ).toMatchObject({
      record: { outcome: 'failed' },
    })
  })

  test('[CALL-9] [F59] a wall clock set back in the call leaves a true talk time and no negative one', () => {
    const back = { at: morning - 3_600_000, tick: 5000 + 13_050 }
    const { effects } = play(
      [...answeredCall(1, 0), { ...(theyEnd(1, 0) as object), ...back } as WorkEvent],
      aReadySeat(),
    )
    const finish = effects.find((effect) => effect.do === 'finishCall')
    expect(finish).toMatchObject({ record: { talkMs: 10_000, endedAt: morning } })
  })
})

describe('two lines', () => {
  test('[CALL-7] answering a second call holds the first one before', () => {
    const { effects, state } = play(
      [...answeredCall(1, 0), offered(2, 10_000), on(2, 'answerPressed', 12_000)],
      aReadySeat(),
    )
    const order = dos(effects)
    expect(order.indexOf('holdCall')).toBeLessThan(order.lastIndexOf('answerCall'))
    expect(state.selected).toBe(callId(2))
  })

  test('[CALL-11] the line on hold is in the bar again when the other one ends, its form stays behind', () => {
    const { state } = play(
      [...answeredCall(1, 0), ...answeredCall(2, 10_000), theyEnd(2, 30_000)],
      aReadySeat(),
    )
    expect(state.selected).toBe(callId(1))
    expect(state.openForm).toBe(callId(2))
  })

  test('[CALL-8] [F20] by policy a second call hears the engaged tone and has its own record', () => {
    const { effects, state } = play(
      [
        ...answeredCall(1, 0),
        offered(2, 5000),
        on(2, 'ended', 5010, { by: 'us', cause: { protocol: 'SIP', code: 486, text: '' } }),
      ],
      aReadySeat({ secondCall: 'busy' }),
    )
    expect(effects).toContainEqual({ do: 'rejectCall', callId: callId(2), how: 'busy' })
    expect(effects.find((effect) => effect.do === 'finishCall')).toMatchObject({
      record: { id: callId(2), outcome: 'rejected', endedBy: 'system' },
    })
    expect(liveCalls(state).map((call) => call.id)).toEqual([callId(1)])
  })

  test('[CALL-8] [F20] a third call hears the engaged tone whatever the policy', () => {
    const { effects } = play([...answeredCall(1, 0), offered(2, 5000), offered(3, 5100)], aReadySeat())
    expect(effects).toContainEqual({ do: 'rejectCall', callId: callId(3), how: 'busy' })
  })

  test('[CALL-10] the second line’s end leaves the first one untouched', () => {
    const before = play([...answeredCall(1, 0), offered(2, 5000)], aReadySeat()).state
    const { state } = play([theyEnd(2, 7000)], before)
    expect(callOf(state, callId(1))).toEqual(callOf(before, callId(1)))
  })
})

describe('the seat', () => {
  const phase = (events: WorkEvent[]) => {
    const { state } = play(events, aReadySeat())
    return seatPhase(state.seat, state.calls, true, null).phase
  }

  test('[SEAT-1] calls come before wrap-up, wrap-up before what was chosen', () => {
    expect(phase([offered(1, 0)])).toBe('ringing')
    expect(phase(answeredCall(1, 0))).toBe('onCall')
    expect(phase([...answeredCall(1, 0), on(1, 'heldByUs', 4000)])).toBe('held')
    expect(phase([...answeredCall(1, 0), theyEnd(1, 9000)])).toBe('wrapup')
    expect(phase([...answeredCall(1, 0), theyEnd(1, 9000), offered(2, 9500)])).toBe('ringing')
    expect(phase([{ type: 'notReadyPressed', reason: 'rest', ...at(0) }])).toBe('notReady')
  })

  test('[SEAT-2] filing the form, or saying ready, ends wrap-up', () => {
    const done = [...answeredCall(1, 0), theyEnd(1, 9000)]
    expect(phase([...done, { type: 'formFiled', callId: callId(1), ...at(30_000) }])).toBe('ready')
    expect(phase([...done, { type: 'readyPressed', ...at(30_000) }])).toBe('ready')
  })

  test('[SEAT-3] no call is offered in wrap-up, on a call or without a telephone', () => {
    const { state } = play([...answeredCall(1, 0), theyEnd(1, 9000)], aReadySeat())
    expect(mayTakeCalls(state.seat, state.calls, true, null)).toBe(false)
    const ready = aReadySeat()
    expect(mayTakeCalls(ready.seat, ready.calls, true, null)).toBe(true)
    expect(mayTakeCalls(ready.seat, ready.calls, false, null)).toBe(false)
  })

  test('[SEAT-4] a queue call that rang out makes the seat not ready', () => {
    const { state } = play([offered(1, 0), on(1, 'ended', 20_000, { by: 'them', cause: null })], aReadySeat())
    expect(state.since).toMatchObject({ phase: 'notReady', reason: 'RONA' })
  })

  test('[SEAT-5] the queue hears of wrap-up and of ready, and nothing in the middle of a call', () => {
    const { effects } = play(
      [...answeredCall(1, 0), theyEnd(1, 9000), { type: 'formFiled', callId: callId(1), ...at(20_000) }],
      aReadySeat(),
    )
    expect(effects.filter((effect) => effect.do === 'tellQueue')).toEqual([
      { do: 'tellQueue', word: 'pause' },
      { do: 'tellQueue', word: 'resume' },
    ])
    const order = dos(effects)
    expect(order.indexOf('tellQueue')).toBeGreaterThan(order.indexOf('finishCall'))
  })

  test('[SEAT-5] after each registration the queue is told anew', () => {
    const { effects } = play(
      [
        { type: 'linkChanged', link: { link: 'disconnected', retryAt: 0, attempt: 1 }, ...at(100) },
        { type: 'linkChanged', link: { link: 'registered' }, ...at(400) },
      ],
      aReadySeat(),
    )
    expect(effects.filter((effect) => effect.do === 'tellQueue').map((effect) => effect.word)).toEqual([
      'signIn',
      'resume',
    ])
  })

  test('[SEAT-6] a timer is not restarted by what does not change the state', () => {
    const before = play(answeredCall(1, 0), aReadySeat()).state
    const { state } = play(
      [on(1, 'mutePressed', 7000, { muted: true }), on(1, 'digitsPressed', 8000, { digits: '5' })],
      before,
    )
    expect(state.since).toEqual(before.since)
  })

  test('[SEAT-7] a rest asked for during a call begins when the form is filed', () => {
    const { state } = play(
      [
        ...answeredCall(1, 0),
        { type: 'notReadyPressed', reason: 'meal', ...at(5000) },
        theyEnd(1, 9000),
        { type: 'formFiled', callId: callId(1), ...at(30_000) },
      ],
      aReadySeat(),
    )
    expect(state.since).toEqual({ phase: 'notReady', reason: 'meal', ...at(30_000) })
  })
})
