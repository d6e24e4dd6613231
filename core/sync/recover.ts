// What a call becomes that was journalled but never finished: the program, or the computer, stopped in the middle.
// The journal's record already says `interrupted` (core/softphone/callRecord.ts); here it gets its cause.
import type { CallRecord } from '../../contract/softphone.ts'

export const recovered = (journalled: CallRecord): CallRecord => ({
  ...journalled,
  outcome: 'interrupted',
  endedBy: 'system',
  endCause: { protocol: 'seat', code: 0, text: '程序重启' },
})
