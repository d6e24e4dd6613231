// Filing again after an answer of "not saved" that was not the last word: a guarantee of the Records port (core/ports.ts), run
// on the fake and on the real adapter.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { aForm, aRecord, ticketId } from '../makers/forms.ts'
import { callId, morning } from '../makers/stamps.ts'
import { aDispatch, aFiled } from '../makers/traffic.ts'
import type { OpenSeat, OpenedSeat } from './openedSeat.ts'
import { code, value } from './openedSeat.ts'

export const filedTwiceSuite = (name: string, open: OpenSeat): void => {
  describe(`a form filed under a revision that is there ${name}`, () => {
    let seat: OpenedSeat
    beforeEach(() => {
      seat = open()
    })
    afterEach(() => seat.close())
    const course = async () => (await value(seat.records.read(callId(1))))?.form?.course

    test('[STORE-4] [F41] in other words is not called saved, and is saved as the next one', async () => {
      await value(seat.records.finish(aRecord(1)))
      // It was called not saved, and landed late.
      await value(seat.records.file(aFiled(1, { form: aForm({ course: '先写的' }) }), null))
      const again = aFiled(1, { form: aForm({ course: '再写的，多了一句' }), filedAt: morning + 900_000 })
      expect(await code(seat.records.file(again, null))).toBe('conflict')
      expect(await course()).toBe('先写的')
      expect(await code(seat.records.file({ ...again, rev: 3 }, null))).toBe('ok')
      expect(await course()).toBe('再写的，多了一句')
    })

    test('[STORE-4] [F67] in the same words is a second click, however late and whatever its deadline', async () => {
      const plan = aDispatch(1).plan
      const form = aForm({ dispatch: plan })
      await value(seat.records.file(aFiled(1, { form, ticketId: ticketId(1) }), aDispatch(1)))
      const later = aForm({ dispatch: { ...plan, dueAt: plan.dueAt + 700 } })
      const again = aFiled(1, { form: later, filedAt: morning + 900_000, ticketId: ticketId(1) })
      expect(await code(seat.records.file(again, aDispatch(1)))).toBe('ok')
      const elsewhere = aForm({ dispatch: { ...plan, department: 'legal' } })
      expect(await code(seat.records.file({ ...again, form: elsewhere }, aDispatch(1)))).toBe('conflict')
    })
  })
}
