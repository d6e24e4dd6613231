// Whom to ring back, from lists of calls.
import { describe, expect, test } from 'vitest'
import type { AccountId } from '../../../contract/ids.ts'
import type { CallSummary } from '../../../contract/softphone.ts'
import { summaryOf } from '../../../core/softphone/callSummary.ts'
import type { Asked } from '../../../core/wrapup/callBacks.ts'
import {
  callBacksDue as owedCalls,
  dialledNumbers,
  missedCalls,
  nextCallBack,
  stillMissed,
} from '../../../core/wrapup/callBacks.ts'
import { aReference } from '../../makers/reference.ts'
import { aReadySeat, anOffer, play } from '../../makers/seats.ts'
import { at, callId, morning } from '../../makers/stamps.ts'

const reference = aReference({
  dispositions: aReference().dispositions.map((row) => ({ ...row, callsBack: row.code === 'callback' })),
})

const call = (n: number, over: Partial<CallSummary>): CallSummary => ({
  id: callId(n),
  number: '13800008000',
  callerName: null,
  agent: '1001' as AccountId,
  direction: 'inbound',
  offeredAt: morning + n * 60_000,
  talkMs: 0,
  outcome: 'answered',
  endedBy: 'caller',
  callRef: null,
  madeFor: null,
  dialled: false,
  category: null,
  topic: null,
  disposition: null,
  callBackAt: null,
  gist: null,
  employer: null,
  member: null,
  ticketId: null,
  ...over,
})

const atNoon: Asked = { agent: '1001', now: morning + 4 * 3_600_000 }
/** Only the calls, in the order of the list. */
const callBacksDue = (calls: readonly CallSummary[], asked = atNoon) =>
  owedCalls(calls, reference, asked).map((owed) => owed.call)

test('[WRAP-13] a promised call stays due until somebody has spoken with the number', () => {
  const promised = call(1, { disposition: 'callback' })
  const tried = call(2, { direction: 'outbound', outcome: 'noAnswer' })
  const spoke = call(3, { direction: 'outbound' })
  expect(callBacksDue([tried, promised])).toEqual([promised])
  expect(callBacksDue([promised, tried, spoke])).toEqual([])
})

test('[WRAP-13] a call cut off by the program is due until its form says otherwise', () => {
  const cut = call(1, { outcome: 'interrupted' })
  expect(callBacksDue([cut])).toEqual([cut])
  expect(callBacksDue([{ ...cut, disposition: 'answered' }])).toEqual([])
})

test('[WRAP-13] missed callers are listed once each, newest first, unless they were spoken with later', () => {
  const first = call(1, { outcome: 'missed' })
  const again = call(4, { outcome: 'abandoned' })
  const other = call(2, { outcome: 'missed', number: '13700002046' })
  const withheld = call(3, { outcome: 'missed', number: '' })
  expect(stillMissed([first, other, withheld, again])).toEqual([again, other])
  expect(stillMissed([first, other, call(5, {})])).toEqual([other])
})

test('[WRAP-13] our own unanswered calls are not missed ones', () => {
  expect(stillMissed([call(1, { direction: 'outbound', outcome: 'noAnswer' })])).toEqual([])
})

test('[WRAP-13] a caller whose answer was pressed and came to nothing is a missed one, from the queue or direct', () => {
  for (const queue of ['12351', null]) {
    const { effects } = play(
      [
        { type: 'offered', call: anOffer(1, { queue }), ...at(0) },
        { type: 'answerPressed', callId: callId(1), ...at(2_000) },
        { type: 'ended', callId: callId(1), by: null, cause: null, ...at(12_000) },
      ],
      aReadySeat(),
    )
    const lost = effects.flatMap((effect) => (effect.do === 'finishCall' ? [summaryOf(effect.record)] : []))
    expect(lost).toMatchObject([{ outcome: 'failed', endedBy: 'system' }])
    expect(stillMissed(lost)).toEqual(lost)
    expect(nextCallBack([], stillMissed(lost))).toEqual(lost[0])
    expect(stillMissed([...lost, call(5, { number: lost[0]?.number ?? '' })])).toEqual([])
  }
  const notOurs = call(1, { direction: 'internal', outcome: 'failed' })
  expect(stillMissed([notOurs, call(2, { direction: 'outbound', outcome: 'failed' })])).toEqual([])
})

test('[WRAP-13] [CALL-8] a direct caller who heard the engaged tone is a missed one; the queue takes its own to another seat', () => {
  const refused = (queue: string | null) => {
    const { effects } = play(
      [
        { type: 'offered', call: anOffer(1), ...at(0) },
        { type: 'answerPressed', callId: callId(1), ...at(2_000) },
        { type: 'offered', call: anOffer(2, { queue }), ...at(12_000) },
        { type: 'ended', callId: callId(2), by: 'us', cause: null, ...at(12_010) },
      ],
      aReadySeat({ secondCall: 'busy' }),
    )
    return effects.flatMap((effect) => (effect.do === 'finishCall' ? [summaryOf(effect.record)] : []))
  }
  expect(refused(null)).toMatchObject([{ id: callId(2), outcome: 'missed', endedBy: 'system' }])
  expect(stillMissed(refused(null)).map(({ id }) => id)).toEqual([callId(2)])
  expect(refused('12351')).toMatchObject([{ id: callId(2), outcome: 'rejected', endedBy: 'system' }])
  expect(stillMissed(refused('12351'))).toEqual([])
})

test('[WRAP-13] a missed caller who was spoken with later stays in sight as done, however the number was written', () => {
  const missed = call(1, { outcome: 'missed', number: '13800008000' })
  const tried = call(2, { direction: 'outbound', outcome: 'noAnswer', number: '013800008000' })
  const spoke = call(3, { direction: 'outbound', number: '+86 138 0000 8000', agent: '1002' as AccountId })
  expect(missedCalls([missed, tried])).toEqual([{ call: missed, reached: null }])
  expect(missedCalls([spoke, missed, tried])).toEqual([{ call: missed, reached: spoke }])
  const again = call(4, { outcome: 'abandoned' })
  expect(missedCalls([spoke, missed, tried, again])).toEqual([{ call: again, reached: null }])
})

test('[WRAP-18] a caller cut off by network or PBX is due until the form is filed or somebody spoke with them', () => {
  const cut = call(1, { endedBy: 'system', talkMs: 90_000 })
  expect(callBacksDue([cut])).toEqual([cut])
  expect(callBacksDue([{ ...cut, disposition: 'answered' }])).toEqual([])
  expect(callBacksDue([cut, call(2, { direction: 'outbound' })])).toEqual([])
  // Cut again: due again. A colleague's call inside the house is nobody's to ring back, nor a consultation.
  expect(callBacksDue([cut, call(2, { direction: 'outbound', endedBy: 'system' })])).toHaveLength(1)
  expect(callBacksDue([{ ...cut, direction: 'internal' }])).toEqual([])
  expect(callBacksDue([{ ...cut, direction: 'outbound', madeFor: callId(7) }])).toEqual([])
  expect(callBacksDue([{ ...cut, endedBy: null }])).toEqual([])
})

test('[WRAP-18] [WRAP-22] one key rings who was cut, then whose agreed time has come, then who was missed, then who was promised', () => {
  const promised = call(9, { disposition: 'callback', number: '13700000001' })
  const missed = call(8, { outcome: 'missed', number: '13700000002' })
  const cut = call(1, { endedBy: 'system', number: '13700000003' })
  const agreed = call(2, { disposition: 'callback', number: '13700000004', callBackAt: atNoon.now })
  const later = call(3, {
    disposition: 'callback',
    number: '13700000005',
    callBackAt: atNoon.now + 3_600_000,
  })
  const due = (...calls: CallSummary[]) => owedCalls(calls, reference, atNoon)
  expect(nextCallBack(due(promised, cut, agreed), [missed])).toEqual(cut)
  expect(nextCallBack(due(promised, agreed), [missed])).toEqual(agreed)
  expect(nextCallBack(due(promised, later), [missed])).toEqual(missed)
  expect(nextCallBack(due(promised, later), [])).toEqual(promised)
  // Nobody is rung before the time agreed.
  expect(nextCallBack(due(later), [])).toBeNull()
  expect(nextCallBack([], [])).toBeNull()
})

describe('an agreed call', () => {
  const minute = 60_000
  const at = atNoon.now
  const own = call(1, { disposition: 'callback', callBackAt: at })
  const standing = (calls: readonly CallSummary[], asked: Partial<Asked>) =>
    owedCalls(calls, reference, { ...atNoon, ...asked }).map((owed) => owed.standing)

  test('[WRAP-21] waits for its owner, is due five minutes before and late ten minutes after', () => {
    expect(standing([own], { now: at - 5 * minute - 1 })).toEqual(['waits'])
    expect(standing([own], { now: at - 5 * minute })).toEqual(['due'])
    expect(standing([own], { now: at + 10 * minute })).toEqual(['due'])
    expect(standing([own], { now: at + 10 * minute + 1 })).toEqual(['late'])
    expect(standing([own], { now: at + 72 * 60 * minute })).toEqual(['late'])
  })

  test('[WRAP-21] is another seat’s only when it is late and nobody has spoken with the caller', () => {
    const elsewhere = { agent: '1002' }
    expect(standing([own], { ...elsewhere, now: at + 10 * minute })).toEqual([])
    expect(standing([own], { ...elsewhere, now: at + 10 * minute + 1 })).toEqual(['late'])
    const spoke = call(2, { direction: 'outbound', agent: '1003' as AccountId })
    for (const agent of ['1001', '1002'])
      expect(standing([own, spoke], { agent, now: at + 3_600_000 })).toEqual([])
  })

  test('[WRAP-21] agreed anew takes the place of the one before, also when nobody answered meanwhile', () => {
    const tried = call(2, {
      direction: 'outbound',
      outcome: 'noAnswer',
      disposition: 'callback',
      callBackAt: at + 3_600_000,
    })
    expect(owedCalls([own, tried], reference, { ...atNoon, now: at + 20 * minute })).toEqual([
      { call: tried, standing: 'waits' },
    ])
  })

  test('[WRAP-21] who waits longest over the time agreed stands first, who has time yet last', () => {
    const one = (n: number, callBackAt: number | null, over: Partial<CallSummary> = {}) =>
      call(n, { number: `1370000000${n}`, disposition: 'callback', callBackAt, ...over })
    const calls = [
      one(1, at + 3_600_000),
      one(2, null),
      one(3, at - 20 * minute),
      one(4, at),
      one(5, at - 40 * minute),
      one(6, null, { disposition: null, endedBy: 'system' }),
    ]
    expect(callBacksDue(calls).map(({ id }) => id)).toEqual([5, 3, 4, 6, 2, 1].map(callId))
  })
})

test("[WRAP-19] the numbers one dialled, each once, newest first, and nobody else's", () => {
  const dialled = (n: number, number: string, over: Partial<CallSummary> = {}) =>
    call(n, { direction: 'outbound', number, ...over })
  const calls = [
    dialled(1, '12333'),
    dialled(2, '13800008000', { outcome: 'busy' }),
    dialled(3, '013800008000'),
    dialled(4, '13700002046', { agent: '1002' as AccountId }),
    call(5, {}),
  ]
  expect(dialledNumbers(calls, '1001', 5).map((each) => each.number)).toEqual(['013800008000', '12333'])
  expect(dialledNumbers(calls, '1001', 1)).toHaveLength(1)
})

test('[WRAP-19] a colleague dialled can be dialled again, one who rang us was not dialled', () => {
  const calls = [
    call(1, { direction: 'internal', number: '1002', dialled: true }),
    call(2, { direction: 'internal', number: '1003' }),
    call(3, { number: '13800008001' }),
  ]
  expect(dialledNumbers(calls, '1001', 5).map((each) => each.number)).toEqual(['1002'])
})
