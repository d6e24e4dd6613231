// The guarantees of waiting, ofAgent, missed and countAbout of Records (core/ports.ts), run on the fake and on the real
// adapter: nothing is out of reach because other seats had many calls since.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { AccountId } from '../../contract/ids.ts'
import type { CallSummary } from '../../contract/softphone.ts'
import { aForm, aRecord } from '../makers/forms.ts'
import { callId, morning } from '../makers/stamps.ts'
import { aFiled, aPage, aSummary } from '../makers/traffic.ts'
import type { OpenedSeat, OpenSeat } from './openedSeat.ts'
import { value } from './openedSeat.ts'

const noon = morning + 4 * 3_600_000
const minute = 60_000
const me = '1001' as AccountId
const ids = (calls: readonly CallSummary[]) => calls.map(({ id }) => id).toSorted()
/** The disposition that promises a call. */
const callback = 'callback'

export const owedSuite = (name: string, open: OpenSeat): void => {
  describe(`calls that are owed ${name}`, () => {
    let seat: OpenedSeat
    beforeEach(() => {
      seat = open()
    })
    afterEach(() => seat.close())
    const take = (...calls: readonly CallSummary[]) => value(seat.mirror.take(aPage({ calls: [...calls] })))
    const agreed = (n: number, callBackAt: number, number: string) =>
      seat.records.file(aFiled(n, { number, form: aForm({ callBackAt, disposition: callback }) }), null)
    const waiting = async (
      from = morning,
      agreedFrom = Infinity,
      promising: readonly string[] = [callback],
    ) => ids(await value(seat.records.waiting({ from, agreedFrom, promising })))

    test('[WRAP-13] [WRAP-27] who waits is found behind more than a thousand newer calls of other seats', async () => {
      const number = (n: number) => `1380000800${n}`
      await value(seat.records.finish(aRecord(1, { number: number(1), endedBy: 'system' })))
      await take(aSummary(2, { number: number(2), disposition: callback }))
      const unanswered = { outcome: 'abandoned', answeredAt: null, talkMs: 0 } as const
      await value(seat.records.finish(aRecord(3, { number: number(3), ...unanswered })))
      await value(seat.records.finish(aRecord(4, { number: number(4), ...unanswered })))
      const dialled = { direction: 'outbound', dialled: true, offeredAt: morning + minute } as const
      await value(seat.records.finish(aRecord(5, { number: '13800009000', ...dialled })))
      await take(
        ...Array.from({ length: 1_100 }, (_, at) =>
          aSummary(100 + at, {
            callerName: null,
            number: `137${String(at).padStart(8, '0')}`,
            offeredAt: morning + 2 * minute + at,
          }),
        ),
      )
      await take(aSummary(2_000, { number: `+86 ${number(4)}`, offeredAt: morning + 3 * minute }))

      expect(await waiting()).toEqual([1, 2].map(callId))
      const own = await value(seat.records.ofAgent(me, morning))
      expect(own.map(({ id }) => id)).toEqual([5, 4, 3, 1].map(callId))
      expect(ids(await value(seat.records.missed(me, morning)))).toEqual([3, 4, 2_000].map(callId))
      expect(await value(seat.records.missed(me, morning + 1))).toEqual([])
      expect(await value(seat.records.countAbout('恒泽电子厂', morning, callId(2)))).toBe(1_101)
    })

    test('[WRAP-13] [WRAP-27] whoever somebody spoke with since waits no more, a call tried in vain changes nothing', async () => {
      await value(seat.records.finish(aRecord(1, { outcome: 'interrupted' })))
      const later = { number: '+86 13800008000', offeredAt: morning + minute }
      await take(aSummary(2, { ...later, outcome: 'noAnswer' }))
      expect(await waiting()).toEqual([callId(1)])
      await take(aSummary(3, { ...later, offeredAt: morning + 2 * minute }))
      expect(await waiting()).toEqual([])
    })

    test('[WRAP-27] the last call of a number says what it waits for; codes that promise are the reference data’s', async () => {
      await take(
        aSummary(1, { disposition: 'ring' }),
        aSummary(2, { disposition: callback, offeredAt: morning + minute }),
      )
      expect(await waiting()).toEqual([callId(2)])
      // Spoken with after it, though only to say something else.
      expect(await waiting(morning, Infinity, ['ring'])).toEqual([])
      expect(await waiting(morning, Infinity, ['ring', callback])).toEqual([callId(2)])
      expect(await waiting(morning + minute + 1)).toEqual([])
    })

    test('[WRAP-27] a form filed since takes the call off the list, one corrected puts it there', async () => {
      await value(seat.records.finish(aRecord(1, { endedBy: 'system' })))
      await value(seat.records.file(aFiled(1, { endedBy: 'system' }), null))
      expect(await waiting()).toEqual([])
      const again = aFiled(1, { endedBy: 'system', rev: 3, form: aForm({ disposition: callback }) })
      await value(seat.records.file(again, null))
      expect(await waiting()).toEqual([callId(1)])
      await take(aSummary(2, { number: '13800009000', outcome: 'interrupted', disposition: null }))
      expect(await waiting()).toEqual([1, 2].map(callId))
      await take(aSummary(2, { number: '13800009000', outcome: 'interrupted', disposition: 'answered' }))
      expect(await waiting()).toEqual([callId(1)])
    })

    test('[WRAP-13] [WRAP-27] a withheld number waits for nobody, and is missed all the same', async () => {
      await value(seat.records.finish(aRecord(1, { number: '', outcome: 'interrupted' })))
      await value(seat.records.finish(aRecord(2, { number: '', outcome: 'missed' })))
      await take(aSummary(3, { number: '', offeredAt: morning + minute }))
      expect(await waiting()).toEqual([])
      expect(ids(await value(seat.records.missed(me, morning)))).toEqual([callId(2)])
    })

    test('[WRAP-23] agreed calls are found by their time, own and other seats’, however old the call', async () => {
      await value(agreed(1, noon, '13800008000'))
      await take(aSummary(2, { callBackAt: noon + 1, disposition: callback, number: '13800009000' }))
      expect(await waiting(noon, noon)).toEqual([1, 2].map(callId))
      expect(await waiting(noon, noon + 1)).toEqual([callId(2)])
      // Promised once more, without a time: that one is the last, as old as it is.
      await take(aSummary(3, { disposition: callback, number: '13800009000', offeredAt: morning + minute }))
      expect(await waiting(noon, noon)).toEqual([1, 3].map(callId))
    })

    test('[WRAP-23] agreed anew or not at all any more stand as their form says last', async () => {
      await value(agreed(1, noon, '13800008000'))
      const withdrawn = aFiled(1, { rev: 3, form: aForm({ disposition: 'answered' }) })
      await value(seat.records.file(withdrawn, null))
      expect(await waiting(0, 0)).toEqual([])
    })

    test('[WARN-5] only calls since then about the same employer are counted, the present one apart', async () => {
      const day = 86_400_000
      await take(
        aSummary(1, { employer: '恒泽电子厂', offeredAt: morning - day }),
        aSummary(2, { employer: '恒泽电子有限公司', offeredAt: morning - 8 * day }),
        aSummary(3, { employer: '别家公司', offeredAt: morning - day }),
        aSummary(4, { employer: null, offeredAt: morning - day }),
      )
      await value(seat.records.file(aFiled(5), null))
      const count = (employer: string, except = 9) =>
        value(seat.records.countAbout(employer, morning - 7 * day, callId(except)))
      expect(await count('恒泽电子')).toBe(2)
      expect(await count('（北京）恒泽电子集团', 5)).toBe(1)
      expect(await count('')).toBe(0)
      expect(await count('某')).toBe(0)
    })
  })
}
