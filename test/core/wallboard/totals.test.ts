// The day's totals from a handful of records.
import { expect, test } from 'vitest'
import { totalsOf } from '../../../core/wallboard/totals.ts'
import { aRecord } from '../../makers/forms.ts'

test('[TOTAL-1] answered inbound calls count, outgoing and internal ones do not', () => {
  const day = [
    aRecord(1),
    aRecord(2, { direction: 'outbound' }),
    aRecord(3, { direction: 'internal' }),
    aRecord(4),
  ]
  expect(totalsOf(day)).toEqual({ answered: 2, missed: 0, talkMs: 277_000, wrapupMs: null })
})

test('[TOTAL-2] only a call that rang out here was missed', () => {
  const day = (['missed', 'abandoned', 'rejected', 'interrupted', 'missed'] as const).map((outcome, n) =>
    aRecord(n, { outcome, talkMs: 0 }),
  )
  expect(totalsOf(day)).toEqual({ answered: 0, missed: 2, talkMs: null, wrapupMs: null })
})

test('[TOTAL-3] averages leave out what is not there yet', () => {
  const day = [
    aRecord(1, { talkMs: 60_000, holdMs: 30_000, wrapupMs: 40_000 }),
    aRecord(2, { talkMs: 120_000, wrapupMs: null }),
    aRecord(3, { talkMs: 120_001, wrapupMs: 20_000 }),
  ]
  expect(totalsOf(day)).toEqual({ answered: 3, missed: 0, talkMs: 100_000, wrapupMs: 30_000 })
  expect(totalsOf([])).toEqual({ answered: 0, missed: 0, talkMs: null, wrapupMs: null })
})
