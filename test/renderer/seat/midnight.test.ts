// The bar's totals over midnight, on a clock that is told when to move.
import { expect, test } from 'vitest'
import { AccountId } from '../../../contract/ids.ts'
import type { Totals } from '../../../core/wallboard/totals.ts'
import { createTicker, onNewDay } from '../../../renderer/app/ticker.ts'
import { watchDay } from '../../../renderer/seat/useTotals.ts'
import { manualClock } from '../../fakes/manualClock.ts'
import { memorySeat } from '../../fakes/memoryRecords.ts'
import { aRecord } from '../../makers/forms.ts'
import { value } from '../../suites/openedSeat.ts'

/** One minute to midnight in Shanghai, four in the afternoon in Greenwich. */
const lateEvening = Date.parse('2026-11-23T23:59:00+08:00')
const settled = () => new Promise((resolve) => setTimeout(resolve, 0))

const aBar = () => {
  const clock = manualClock(lateEvening)
  const seat = memorySeat(clock)
  const { outbox } = seat
  // What the whole room had today is not asked for.
  const records = { ...seat.records, page: () => Promise.reject(new Error('a page of all seats’ calls')) }
  const ticker = createTicker(clock)
  let shown: Totals | null = null
  const stop = watchDay(
    records,
    clock,
    AccountId.parse('1001'),
    [(listener) => outbox.listen(listener), (listener) => onNewDay(ticker, listener)],
    (totals) => {
      shown = totals
    },
  )
  return { clock, records, stop, answered: () => shown?.answered }
}

test('[TOTAL-4] at midnight in Shanghai the totals begin anew with nothing put, and count what comes after', async () => {
  const { clock, records, stop, answered } = aBar()
  await value(records.finish(aRecord(1, { offeredAt: lateEvening - 3_600_000 })))
  clock.advance(1_000)
  await settled()
  expect(answered()).toBe(1)
  clock.advance(58_000)
  await settled()
  expect(answered()).toBe(1)
  clock.advance(2_000)
  await settled()
  expect(answered()).toBe(0)
  await value(records.finish(aRecord(2, { offeredAt: clock.now() })))
  clock.advance(1_000)
  await settled()
  expect(answered()).toBe(1)
  stop()
})

test('[TOTAL-4] a computer that slept over midnight shows the new day within a second of waking', async () => {
  const { clock, records, stop, answered } = aBar()
  await value(records.finish(aRecord(1, { offeredAt: lateEvening })))
  clock.advance(1_000)
  await settled()
  expect(answered()).toBe(1)
  // Asleep its timers stand still.
  clock.jump(8 * 3_600_000)
  clock.advance(1_100)
  await settled()
  expect(answered()).toBe(0)
  stop()
})
