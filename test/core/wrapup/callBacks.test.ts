// Whom to ring back, from lists of calls.
import { expect, test } from 'vitest'
import type { AccountId } from '../../../contract/ids.ts'
import type { CallSummary } from '../../../contract/softphone.ts'
import { callBacksDue, missedCalls } from '../../../core/wrapup/callBacks.ts'
import { aReference } from '../../makers/reference.ts'
import { callId, morning } from '../../makers/stamps.ts'

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
  category: null,
  topic: null,
  disposition: null,
  gist: null,
  employer: null,
  member: null,
  ticketId: null,
  ...over,
})

test('[WRAP-13] a promised call stays due until somebody has spoken with the number', () => {
  const promised = call(1, { disposition: 'callback' })
  const tried = call(2, { direction: 'outbound', outcome: 'noAnswer' })
  const spoke = call(3, { direction: 'outbound' })
  expect(callBacksDue([tried, promised], reference)).toEqual([promised])
  expect(callBacksDue([promised, tried, spoke], reference)).toEqual([])
})

test('[WRAP-13] a call cut off by the program is due until its form says otherwise', () => {
  const cut = call(1, { outcome: 'interrupted' })
  expect(callBacksDue([cut], reference)).toEqual([cut])
  expect(callBacksDue([{ ...cut, disposition: 'answered' }], reference)).toEqual([])
})

test('[WRAP-13] missed callers are listed once each, newest first, unless they were spoken with later', () => {
  const first = call(1, { outcome: 'missed' })
  const again = call(4, { outcome: 'abandoned' })
  const other = call(2, { outcome: 'missed', number: '13700002046' })
  const withheld = call(3, { outcome: 'missed', number: '' })
  expect(missedCalls([first, other, withheld, again])).toEqual([again, other])
  expect(missedCalls([first, other, call(5, {})])).toEqual([other])
})

test('[WRAP-13] our own unanswered calls are not missed ones', () => {
  expect(missedCalls([call(1, { direction: 'outbound', outcome: 'noAnswer' })])).toEqual([])
})
