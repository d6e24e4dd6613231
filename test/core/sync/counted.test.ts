// Numbers between two counts.
import { expect, test } from 'vitest'
import type { OutboxFate } from '../../../core/ports.ts'
import { sameCounts, without } from '../../../core/sync/counted.ts'
import { callId, morning } from '../../makers/stamps.ts'

const counts = { waiting: 3, parked: 1, oldestPutAt: morning, newest: 3, outdated: false }
const of = (seq: number) => ({ seq, id: callId(seq), kind: 'call' as const })
const removed: OutboxFate = { ...of(1), fate: 'remove', number: null, said: { at: morning, epoch: 0 } }
const parked: OutboxFate = { ...of(2), fate: 'park', text: '缺少来电人', field: null, at: morning }
const putOff: OutboxFate = { ...of(3), fate: 'wait', dueAt: morning + 1000, attempts: 1 }

test('[SYNC-27] what the centre has does not wait, nor what it refused; what is put off does', () => {
  expect(without(counts, [])).toEqual(counts)
  expect(without(counts, [removed, parked, putOff])).toEqual({ ...counts, waiting: 1, parked: 2 })
  // Put behind the back of who counts, and there already.
  expect(without({ ...counts, newest: 1 }, [removed, parked])).toEqual({ ...counts, waiting: 2, newest: 1 })
  // With nothing left there is no oldest one.
  const last = without({ ...counts, waiting: 1 }, [removed])
  expect(last).toEqual({ ...counts, waiting: 0, oldestPutAt: null })
  expect(without(last, [removed]).waiting).toBe(0)
})

test('[SYNC-14] two counts say the same only if every part of them does', () => {
  expect(sameCounts(counts, { ...counts })).toBe(true)
  expect(sameCounts(null, counts)).toBe(false)
  for (const other of [
    { waiting: 2 },
    { parked: 0 },
    { oldestPutAt: null },
    { newest: 4 },
    { outdated: true },
  ])
    expect(sameCounts(counts, { ...counts, ...other })).toBe(false)
  expect(sameCounts(counts, { ...counts, unsure: true })).toBe(false)
})
