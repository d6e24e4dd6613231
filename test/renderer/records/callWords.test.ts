// A call of the records in words: what became of it, and who ended it.
import { expect, test } from 'vitest'
import type { CallRecord } from '../../../contract/softphone.ts'
import { endWords, outcomeWord } from '../../../renderer/records/callWords.ts'
import { texts } from '../../../renderer/text/catalogue.ts'

const words = texts['zh-CN'].records
const end = { outcome: 'missed', endedBy: 'system', endCause: null, transfer: null } as const
const say = (over: Partial<Pick<CallRecord, 'outcome' | 'endedBy' | 'endCause' | 'transfer'>>) => {
  const { outcome, ended } = endWords({ ...end, ...over }, words)
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

test('[CALL-8] in lists, where no cause stands, no word says more than is known', () => {
  expect(outcomeWord({ outcome: 'rejected', endedBy: 'system' }, words)).toBe('占线未接')
  expect(outcomeWord({ outcome: 'rejected', endedBy: 'agent' }, words)).toBe('已拒接')
  expect(outcomeWord({ outcome: 'missed', endedBy: 'system' }, words)).toBe('未接')
})

test('[CALL-22] who was put through was not hung up on', () => {
  const transfer = { kind: 'blind', number: '1002', name: null } as const
  expect(say({ outcome: 'answered', endedBy: 'agent', transfer })).toBe('已接听·转出后坐席离开')
})
