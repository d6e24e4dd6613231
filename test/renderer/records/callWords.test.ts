// A call of the records in words.
import { expect, test } from 'vitest'
import type { CallRecord, EndCause } from '../../../contract/softphone.ts'
import { endWord } from '../../../renderer/records/callWords.ts'
import { texts } from '../../../renderer/text/catalogue.ts'

const words = texts['zh-CN'].records
const end = { outcome: 'missed', endedBy: 'system', endCause: null, transfer: null } as const
const word = (over: Partial<Pick<CallRecord, 'outcome' | 'endedBy' | 'endCause' | 'transfer'>>) =>
  endWord({ ...end, ...over }, words)

test('[CALL-6] [CALL-13] a call that rang out was taken back by the exchange; a broken line is told as that', () => {
  const released: EndCause = { protocol: 'Q.850', code: 0, text: '' }
  expect(word({ endCause: released })).toBe('振铃到时，话务系统收回')
  expect(word({ endCause: { protocol: 'seat', code: 2, text: '' } })).toBe('线路或系统断开')
  expect(word({ outcome: 'answered', endCause: released })).toBe('线路或系统断开')
  expect(word({ outcome: 'abandoned', endedBy: 'caller', endCause: released })).toBe('职工挂断')
})

test('[CALL-22] who was put through was not hung up on', () => {
  const transfer = { kind: 'blind', number: '1002', name: null } as const
  expect(word({ outcome: 'answered', endedBy: 'agent', transfer })).toBe('转出后坐席离开')
})
