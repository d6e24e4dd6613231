// One word of the centre, one fate of the row.
import { describe, expect, test } from 'vitest'
import type { PushVerdict } from '../../../contract/sync.ts'
import { backoff, longestWaitMs } from '../../../core/sync/backoff.ts'
import { isDue, patience, sentKeptMs, settle, settleAll, tooNewWaitMs } from '../../../core/sync/settle.ts'
import { aRow, aVerdict } from '../../makers/rows.ts'
import { morning } from '../../makers/stamps.ts'

const moment = { at: morning, random: 0.5 }
const row = aRow(1, { attempts: 2 })
const said = { at: morning, epoch: 3 }
const answer = (...verdicts: PushVerdict[]) => ({ verdicts, serverNow: said.at, epoch: said.epoch })
const same = { seq: 1, id: row.id, kind: 'call' as const }

describe('the fate of a row', () => {
  test('[SYNC-2] [SYNC-3] stored and duplicate alike take it out, a work order with its number', () => {
    const gone = { ...same, fate: 'remove', number: null, said }
    expect(settle(row, aVerdict(row), moment, true, said)).toEqual(gone)
    expect(settle(row, aVerdict(row, { verdict: 'duplicate' }), moment, true, said)).toEqual(gone)
    expect(settle(row, aVerdict(row, { number: '20261123-0405' }), moment, true, said)).toEqual({
      ...gone,
      number: '20261123-0405',
    })
  })

  test('[SYNC-4] refused parks it with the words and the field', () => {
    const verdict = aVerdict(row, { verdict: 'refused', text: '缺少来电人', field: 'form.callerName' })
    expect(settle(row, verdict, moment, true, said)).toEqual({
      ...same,
      fate: 'park',
      text: '缺少来电人',
      field: 'form.callerName',
      at: morning,
    })
    expect(settle(row, aVerdict(row, { verdict: 'refused' }), moment, true, said)).toMatchObject({
      fate: 'park',
    })
  })

  test('[SYNC-12] [F37] too new waits long and is no failure', () => {
    expect(settle(row, aVerdict(row, { verdict: 'too_new' }), moment, true, said)).toEqual({
      ...same,
      fate: 'wait',
      dueAt: morning + tooNewWaitMs,
      attempts: 2,
    })
  })

  test('[SYNC-8] busy, and no word at all, put it off for longer each time', () => {
    const later = { ...same, fate: 'wait', dueAt: morning + 2000, attempts: 3 }
    expect(settle(row, aVerdict(row, { verdict: 'busy' }), moment, true, said)).toEqual(later)
    expect(settle(row, null, moment, true, said)).toEqual(later)
  })

  test('[SYNC-8] after enough failures it is parked, but only if others pass', () => {
    const tired = aRow(1, { attempts: patience - 1 })
    const busy = aVerdict(tired, { verdict: 'busy' })
    expect(settle(tired, busy, moment, true, said)).toMatchObject({ fate: 'park', field: null })
    expect(settle(tired, busy, moment, false, said)).toMatchObject({ fate: 'wait', attempts: patience })
  })

  test('[SYNC-8] others pass when one of the same batch was stored', () => {
    const tired = aRow(1, { attempts: patience - 1 })
    const other = aRow(2)
    const busy = aVerdict(tired, { verdict: 'busy' })
    expect(
      settleAll([tired, other], answer(busy, aVerdict(other)), moment, false).map((fate) => fate.fate),
    ).toEqual(['park', 'remove'])
    const both = answer(busy, aVerdict(other, { verdict: 'busy' }))
    expect(settleAll([tired, other], both, moment, false).map((fate) => fate.fate)).toEqual(['wait', 'wait'])
  })

  test('[SYNC-8] [SERVER-57] that numbers told along were taken says nothing about the rows', () => {
    const tired = aRow(1, { attempts: patience - 1 })
    const told = { id: 'numbers', verdict: 'stored' as const }
    const both = answer(told, aVerdict(tired, { verdict: 'busy' }))
    expect(settleAll([tired], both, moment, false)).toMatchObject([{ fate: 'wait' }])
  })

  test('words about rows that were not sent change nothing', () => {
    expect(settleAll([row], answer(aVerdict(row), aVerdict(aRow(9))), moment, false)).toHaveLength(1)
  })
})

describe('what is due', () => {
  test('[SYNC-12] [F58] is what was put off until now, and what was put off for longer than anybody ever asks', () => {
    expect(tooNewWaitMs).toBe(600_000)
    expect([isDue(0, morning), isDue(morning, morning), isDue(morning + 1, morning)]).toEqual([
      true,
      true,
      false,
    ])
    expect([isDue(morning + tooNewWaitMs, morning), isDue(morning + tooNewWaitMs + 1, morning)]).toEqual([
      false,
      true,
    ])
    expect(sentKeptMs).toBe(7 * 24 * 3_600_000)
  })
})

describe('a wait', () => {
  test('[SYNC-5] is drawn from the whole window, never none at all, never above a minute', () => {
    expect([1, 2, 3, 4, 50].map((failures) => backoff(failures, 1, undefined))).toEqual([
      1000,
      2000,
      4000,
      8000,
      longestWaitMs,
    ])
    expect(backoff(3, 0.25, undefined)).toBe(1000)
    expect(backoff(9, 0, undefined)).toBe(200)
  })

  test('[SYNC-6] is at least what the centre asked for, within reason', () => {
    expect(backoff(1, 0, 30_000)).toBe(30_000)
    expect(backoff(1, 1, 30_000)).toBe(31_000)
    expect(backoff(1, 0, 1e12)).toBe(15 * 60_000)
  })
})
