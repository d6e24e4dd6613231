// Records outlive programs: one written before a field was kept reads as if nothing had been there to keep.
import { expect, test } from 'vitest'
import { CallRecord } from '../../contract/softphone.ts'
import { aRecord } from '../makers/forms.ts'
import { callId } from '../makers/stamps.ts'

test('[CALL-22] a record from before transfers were kept was not put through, and one that was keeps to whom', () => {
  const { transfer: _, madeFor: _for, passedBy: _by, threeWay: _three, ...old } = aRecord(1)
  expect(CallRecord.parse(old)).toEqual(aRecord(1))
  const put = {
    transfer: { kind: 'attended', number: '6001', name: '职工服务部' },
    madeFor: callId(2),
    passedBy: '1002',
    threeWay: true,
  } as const
  expect(CallRecord.parse(aRecord(1, put))).toEqual(aRecord(1, put))
  expect(CallRecord.safeParse({ ...aRecord(1), transfer: { kind: 'whispered', number: '1' } }).success).toBe(
    false,
  )
})
