// How long a seat keeps what the centre has, and which calls it keeps until their form is filed.
import { describe, expect, test } from 'vitest'
import type { CallRecord } from '../../../contract/softphone.ts'
import { isUnfinished, keptDaysOf, keptMs } from '../../../core/sync/retention.ts'
import { callId } from '../../makers/stamps.ts'
import { aRecord } from '../../makers/forms.ts'

describe('[STORE-18] what a seat keeps', () => {
  test('as many days as the centre says, seven where it says nothing', () => {
    expect(keptDaysOf({ keptDays: 3 })).toBe(3)
    expect(keptDaysOf({ keptDays: undefined })).toBe(7)
    expect(keptMs({ keptDays: 2 })).toBe(172_800_000)
  })

  const owed = { ...aRecord(1), direction: 'inbound', answeredAt: 1, filedAt: null, madeFor: null } as const
  test('a call somebody was spoken with, until its form is filed', () => {
    expect(isUnfinished(owed)).toBe(true)
    expect(isUnfinished({ ...owed, direction: 'outbound' })).toBe(true)
    // A row of an older version says nothing about it.
    const { madeFor: _, ...older } = owed
    expect(isUnfinished(older as CallRecord)).toBe(true)
  })
  test.each([
    ['its form is filed', { filedAt: 2 }],
    ['nobody answered', { answeredAt: null }],
    ['a colleague’s call', { direction: 'internal' as const }],
    ['a consultation for another call', { madeFor: callId(2) }],
  ])('no other: %s', (_, change) => {
    expect(isUnfinished({ ...owed, ...change })).toBe(false)
  })
})
