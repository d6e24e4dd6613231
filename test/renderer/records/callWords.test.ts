// A call of the records in words: what became of it, and who ended it.
import { expect, test } from 'vitest'
import type { CallOutcome, CallRecord, EndCode } from '../../../contract/softphone.ts'
import { endWords, outcomeWord } from '../../../renderer/records/callWords.ts'
import { texts } from '../../../renderer/text/catalogue.ts'

const text = texts['zh-CN']
const end = { outcome: 'missed', endedBy: 'system', endCause: null, transfer: null } as const
const say = (over: Partial<Pick<CallRecord, 'outcome' | 'endedBy' | 'endCause' | 'transfer'>>) => {
  const { outcome, ended } = endWords({ ...end, ...over }, text.records)
  return `${outcome}·${ended}`
}
const seat = (code: number) => ({ protocol: 'seat', code, text: '' }) as const
const released = { protocol: 'Q.850', code: 0, text: '' } as const

test('[CALL-6] [CALL-13] a call that rang out was taken back by the exchange; a broken line is told as that', () => {
  expect(say({ endCause: released })).toBe('振铃未接·振铃到时，话务系统收回')
  expect(say({ endCause: seat(2) })).toBe('未接·线路或系统断开')
  expect(say({ outcome: 'answered', endCause: released })).toBe('已接听·线路或系统断开')
  expect(say({ outcome: 'abandoned', endedBy: 'caller', endCause: released })).toBe('振铃时挂断·职工挂断')
})

test('[CALL-8] what the program sent back was engaged; what the agent sent back was rejected', () => {
  expect(say({ endCause: seat(7) })).toBe('占线未接·程序自动退回')
  expect(say({ outcome: 'rejected', endCause: seat(7) })).toBe('占线未接·程序自动退回')
  expect(say({ outcome: 'rejected', endedBy: 'agent' })).toBe('已拒接·坐席结束')
})

const inList = (call: Parameters<typeof outcomeWord>[0]) => outcomeWord(call, text)

test('[CALL-8] in lists a missed call rang out or heard the engaged tone; where no cause was told no word says more than is known', () => {
  expect(inList({ outcome: 'rejected', endedBy: 'system' })).toBe('占线未接')
  expect(inList({ outcome: 'rejected', endedBy: 'agent' })).toBe('已拒接')
  expect(inList({ outcome: 'missed', endedBy: 'system' })).toBe('未接')
  expect(inList({ outcome: 'missed', endedBy: 'system', endCause: null })).toBe('振铃未接')
  expect(inList({ outcome: 'missed', endedBy: 'system', endCause: seat(7) })).toBe('占线未接')
})

test('[CALL-13] in lists a call that reached nobody bears why, and only its outcome where that says it or nobody told', () => {
  const dialled = (outcome: CallOutcome, endCause?: EndCode | null) =>
    inList({ outcome, endedBy: 'callee', ...(endCause === undefined ? {} : { endCause }) })
  const sip = (code: number): EndCode => ({ protocol: 'SIP', code })
  expect([486, 600].map((code) => dialled('busy', sip(code)))).toEqual(['对方正忙', '对方所有电话都忙'])
  expect(dialled('noAnswer', { protocol: 'Q.850', code: 19 })).toBe('无人接听')
  expect(dialled('noAnswer', sip(487))).toBe('无人接听')
  expect(dialled('noAnswer', sip(480))).toBe('暂时无法接通，可能关机或不在服务区')
  expect([404, 484, 604].map((code) => dialled('failed', sip(code)))).toEqual(['空号', '号码不全', '空号'])
  expect(dialled('failed', sip(503))).toBe('线路忙或话务系统暂时不可用')
  expect([dialled('failed', null), dialled('failed')]).toEqual(['没接通', '没接通'])
  expect(dialled('answered', { protocol: 'Q.850', code: 38 })).toBe('已接听')
  // The record has a line of its own for it.
  expect(say({ outcome: 'failed', endedBy: 'callee', endCause: { ...sip(404), text: '' } })).toBe(
    '没接通·对方挂断',
  )
})

test('[CALL-22] who was put through was not hung up on', () => {
  const transfer = { kind: 'blind', number: '1002', name: null } as const
  expect(say({ outcome: 'answered', endedBy: 'agent', transfer })).toBe('已接听·转出后坐席离开')
})
