// Warnings that the second journal alone has, on their way to the centre.
import { afterEach, expect, test, vi } from 'vitest'
import { keepSendingAlone } from '../../../renderer/adapters/sendAlone.ts'
import { scriptedUplink } from '../../fakes/scriptedUplink.ts'
import { aRecord } from '../../makers/forms.ts'
import { aReport, warningId } from '../../makers/reports.ts'
import { until } from '../../server/until.ts'
import { value } from '../../suites/openedSeat.ts'
import { fillStore } from './fullStore.ts'
import type { SeatWithJournal } from './seatWithJournal.ts'
import { seatSealer, seatWithJournal } from './seatWithJournal.ts'

let made = 0
let seat: SeatWithJournal
afterEach(() => {
  vi.restoreAllMocks()
  seat.close()
})
const sending = async () => {
  made += 1
  seat = seatWithJournal(`hotline-send-alone-${made}`)
  const { store, clock, rebuilt, records } = seat
  await rebuilt()
  const { uplink, centre } = scriptedUplink(clock, () => 'none')
  const stop = keepSendingAlone(store, seatSealer, uplink, clock)
  fillStore()
  const isThere = (n: number) =>
    until(() => {
      clock.advance(1_000)
      return centre.stored.has(warningId(n))
    }, `warning ${n} is at the centre`)
  return { records, clock, centre, stop, isThere }
}

test('[WARN-7] [F41] one that the store could not take goes to the centre all the same, and nothing else does', async () => {
  const { records, centre, stop, isThere, clock } = await sending()
  await value(records.finish(aRecord(1)))
  await value(records.warn(aReport(1)))
  await isThere(1)
  await value(records.warn(aReport(1, { rev: 2, people: 900 })))
  await value(records.warn(aReport(2)))
  await isThere(2)
  await until(() => {
    clock.advance(1_000)
    return centre.stored.get(warningId(1))?.rev === 2
  }, 'its later revision is too')
  expect([...centre.stored.keys()]).toEqual([warningId(1), warningId(2)])
  const asked = centre.requests.length
  clock.advance(60_000)
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(centre.requests.length).toBe(asked)
  stop()
})

test('[WARN-7] with the centre away it is tried until it is there, and no more once the seat is left', async () => {
  const { records, centre, stop, isThere, clock } = await sending()
  centre.away = true
  await value(records.warn(aReport(1)))
  await until(() => {
    clock.advance(1_000)
    return centre.requests.length > 1
  }, 'it is tried again')
  centre.away = false
  await isThere(1)
  stop()
  await value(records.warn(aReport(2)))
  clock.advance(60_000)
  expect(centre.stored.has(warningId(2))).toBe(false)
})
