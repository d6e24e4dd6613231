// Lists that follow the store: at once when something changes, calmly when much does, and never behind for good.
import { describe, expect, test } from 'vitest'
import type { CallRecord } from '../../../contract/softphone.ts'
import type { Totals } from '../../../core/wallboard/totals.ts'
import { watchDay } from '../../../renderer/seat/useTotals.ts'
import { calmly, calmMs } from '../../../renderer/sync/calm.ts'
import { manualClock } from '../../fakes/manualClock.ts'
import { memorySeat } from '../../fakes/memoryRecords.ts'
import { aRecord } from '../../makers/forms.ts'
import { morning } from '../../makers/stamps.ts'

const settled = () => new Promise((resolve) => setTimeout(resolve, 0))

describe('[STORE-20] changes', () => {
  test('[STORE-20] the first is followed at once, a crowd by one look at its end', () => {
    const clock = manualClock(morning)
    let looks = 0
    const { changed } = calmly(clock, () => void (looks += 1))
    changed()
    expect(looks).toBe(1)
    for (let n = 0; n < 100; n += 1) changed()
    expect(looks).toBe(1)
    clock.advance(calmMs)
    expect(looks).toBe(2)
    clock.advance(10 * calmMs)
    expect(looks).toBe(2)
    changed()
    expect(looks).toBe(3)
  })

  test('[STORE-20] a slow look is not overtaken by another, and what changed meanwhile is looked at after it', async () => {
    const clock = manualClock(morning)
    const through: (() => void)[] = []
    const { changed } = calmly(clock, () => new Promise<void>((resolve) => void through.push(resolve)))
    changed()
    clock.advance(10 * calmMs)
    changed()
    expect(through).toHaveLength(1)
    through[0]?.()
    await settled()
    clock.advance(calmMs)
    expect(through).toHaveLength(2)
  })

  test('[STORE-20] stopped, nothing is looked at any more', () => {
    const clock = manualClock(morning)
    let looks = 0
    const { changed, stop } = calmly(clock, () => void (looks += 1))
    changed()
    changed()
    stop()
    clock.advance(10 * calmMs)
    changed()
    expect(looks).toBe(1)
  })
})

test('[STORE-20] the totals of a day read a call that cannot change once, however often the store does', async () => {
  const clock = manualClock(morning)
  const seat = memorySeat(clock)
  const reads = new Map<string, number>()
  const records = {
    ...seat.records,
    read: (id: CallRecord['id']) => {
      reads.set(id, (reads.get(id) ?? 0) + 1)
      return seat.records.read(id)
    },
  }
  let shown: Totals | null = null
  const finish = (n: number, over: Partial<CallRecord>) =>
    seat.records.finish(
      aRecord(n, { offeredAt: morning, form: null, filedAt: null, wrapupMs: null, ...over }),
    )
  for (let n = 1; n <= 20; n += 1) await finish(n, { outcome: 'rejected' })
  await finish(21, { outcome: 'answered' })
  const { agent } = aRecord(1)
  const stop = watchDay(records, clock, agent, [(listener) => seat.outbox.listen(listener)], (totals) => {
    shown = totals
  })
  await settled()
  for (let n = 22; n < 30; n += 1) {
    await finish(n, { outcome: 'missed' })
    await settled()
    clock.advance(calmMs)
    await settled()
  }
  stop()
  expect(shown).toMatchObject({ answered: 1, missed: 8 })
  const ids = [...reads].filter(([id]) => id !== aRecord(21).id)
  expect(ids.length).toBe(28)
  expect(Math.max(...ids.map(([, times]) => times))).toBe(1)
  expect(reads.get(aRecord(21).id)).toBeGreaterThan(5)
})
