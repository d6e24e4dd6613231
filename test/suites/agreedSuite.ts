// The guarantee of Records.agreed (core/ports.ts), run on the fake and on the real adapter.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { CallSummary } from '../../contract/softphone.ts'
import { aForm, aRecord } from '../makers/forms.ts'
import { callId, morning } from '../makers/stamps.ts'
import { aFiled, aPage, aSummary } from '../makers/traffic.ts'
import type { OpenedSeat, OpenSeat } from './openedSeat.ts'
import { value } from './openedSeat.ts'

const noon = morning + 4 * 3_600_000
const ids = (calls: readonly CallSummary[]) => calls.map(({ id }) => id).sort()

export const agreedSuite = (name: string, open: OpenSeat): void => {
  describe(`agreed calls ${name}`, () => {
    let seat: OpenedSeat
    beforeEach(() => {
      seat = open()
    })
    afterEach(() => seat.close())
    const agreed = (n: number, callBackAt: number, number: string) =>
      seat.records.file(aFiled(n, { number, form: aForm({ callBackAt, disposition: 'callback' }) }), null)

    test('[WRAP-23] are found among many others, own and other seats’, with what came after them', async () => {
      for (let n = 10; n < 40; n += 1)
        await value(seat.records.finish(aRecord(n, { number: `137000020${n}`, offeredAt: morning + n })))
      await value(agreed(1, noon, '13800008000'))
      const elsewhere = aSummary(2, { callBackAt: noon + 1, number: '13800009000' })
      await value(seat.mirror.take(aPage({ calls: [elsewhere] })))
      // Written another way, and after the promise: it tells whether it was kept.
      const later = aRecord(3, { number: '+86 13800008000', offeredAt: morning + 900_000 })
      await value(seat.records.finish(later))
      const found = await value(seat.records.agreed(noon))
      expect(ids(found)).toEqual([1, 2, 3].map(callId))
      expect(found.find(({ id }) => id === callId(2))?.callBackAt).toBe(noon + 1)
      expect(ids(await value(seat.records.agreed(noon + 1)))).toEqual([callId(2)])
    })

    test('[WRAP-23] agreed anew or not at all any more stand as their form says last', async () => {
      await value(agreed(1, noon, '13800008000'))
      const withdrawn = aFiled(1, { rev: 3, form: aForm({ disposition: 'answered' }) })
      await value(seat.records.file(withdrawn, null))
      expect(await value(seat.records.agreed(0))).toEqual([])
    })
  })
}
