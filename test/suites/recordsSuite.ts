// The guarantees of the Records port (core/ports.ts), run on the fake and on the real adapter.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { summaryOf } from '../../core/softphone/callSummary.ts'
import type { CallQuery } from '../../core/ports.ts'
import type { CallSummary } from '../../contract/softphone.ts'
import type { Draft } from '../../contract/wrapup.ts'
import { aForm, aRecord, ticketId } from '../makers/forms.ts'
import { callId, morning } from '../makers/stamps.ts'
import { aDispatch, aFiled, aNote } from '../makers/traffic.ts'
import type { OpenSeat, OpenedSeat } from './openedSeat.ts'
import { code, value } from './openedSeat.ts'

const everything: CallQuery = { text: '', category: null, from: null, to: null, before: null, limit: 50 }
const aDraft = (n: number, over: Partial<Draft> = {}): Draft => ({
  callId: callId(n),
  form: aForm(),
  openedAt: morning + n,
  savedAt: morning + 1000,
  wrapupMs: 0,
  ...over,
})

export const recordsSuite = (name: string, open: OpenSeat): void => {
  describe(`records ${name}`, () => {
    let seat: OpenedSeat
    beforeEach(() => {
      seat = open()
    })
    afterEach(() => seat.close())
    const waiting = async () => (await value(seat.outbox.list(100))).map((row) => [row.kind, row.id, row.rev])

    describe('a call', () => {
      test('[STORE-1] that ended is stored and waits to be sent, as one', async () => {
        await value(seat.records.finish(aRecord(1)))
        expect(await value(seat.records.read(callId(1)))).toEqual(aRecord(1))
        const [row] = await value(seat.outbox.list(10))
        expect(JSON.parse(new TextDecoder().decode(row?.text))).toEqual({ kind: 'call', body: aRecord(1) })
        expect(await waiting()).toEqual([['call', callId(1), 1]])
      })

      test('[STORE-2] that was journalled and never finished is found, and is no longer after its end', async () => {
        await value(seat.records.journal(aRecord(1)))
        await value(seat.records.journal(aRecord(1, { answeredAt: morning + 1 })))
        expect(await value(seat.records.unfinished())).toEqual([aRecord(1, { answeredAt: morning + 1 })])
        expect(await waiting()).toEqual([])
        await value(seat.records.finish(aRecord(1)))
        expect(await value(seat.records.unfinished())).toEqual([])
      })

      test('[STORE-2] that is finished is not made unfinished by a journal entry that comes late', async () => {
        await value(seat.records.finish(aRecord(1)))
        await value(seat.records.journal(aRecord(1)))
        expect(await value(seat.records.unfinished())).toEqual([])
      })

      test('that ends after its form was filed keeps the form', async () => {
        await value(seat.records.file(aFiled(1), null))
        await value(seat.records.finish(aRecord(1)))
        expect(await value(seat.records.read(callId(1)))).toEqual(aFiled(1))
        expect(await waiting()).toEqual([['call', callId(1), 2]])
      })

      test('finished twice waits once', async () => {
        await Promise.all([seat.records.finish(aRecord(1)), seat.records.finish(aRecord(1))])
        expect(await waiting()).toEqual([['call', callId(1), 1]])
      })

      test('of another seat, or unknown, is read as null', async () => {
        expect(await value(seat.records.read(callId(9)))).toBeNull()
      })
    })

    describe('a form', () => {
      test('[STORE-3] is kept while it is being written, and gone once filed', async () => {
        await value(seat.records.saveDraft(aDraft(2)))
        await value(seat.records.saveDraft(aDraft(1)))
        await value(seat.records.saveDraft(aDraft(1, { wrapupMs: 5 })))
        expect(await value(seat.records.drafts())).toEqual([aDraft(1, { wrapupMs: 5 }), aDraft(2)])
        await value(seat.records.finish(aRecord(1)))
        expect(await value(seat.records.drafts())).toHaveLength(2)
        await value(seat.records.file(aFiled(1), null))
        expect(await value(seat.records.drafts())).toEqual([aDraft(2)])
        await value(seat.records.dropDraft(callId(2)))
        expect(await value(seat.records.drafts())).toEqual([])
      })

      test('[STORE-3] saved after its filing by a timer that fired late does not come back', async () => {
        await value(seat.records.file(aFiled(1), null))
        await value(seat.records.saveDraft(aDraft(1)))
        expect(await value(seat.records.drafts())).toEqual([])
      })

      test('[STORE-3] opened again to be corrected is a draft like any other', async () => {
        await value(seat.records.file(aFiled(1), null))
        const correction = aDraft(1, { openedAt: morning + 500_000 })
        await value(seat.records.saveDraft(correction))
        expect(await value(seat.records.drafts())).toEqual([correction])
      })

      test('[STORE-1] filed with a work order stores and queues both, the call first', async () => {
        await value(seat.records.finish(aRecord(1)))
        await value(seat.records.file(aFiled(1, { ticketId: ticketId(1) }), aDispatch(1)))
        expect(await waiting()).toEqual([
          ['call', callId(1), 2],
          ['ticket', ticketId(1), 1],
        ])
        expect(await value(seat.records.tickets(10))).toEqual([
          { dispatch: aDispatch(1), number: null, centre: null },
        ])
      })

      test('[STORE-4] [F67] filed twice by a double click leaves one record and one work order', async () => {
        await value(seat.records.finish(aRecord(1)))
        const filed = aFiled(1, { ticketId: ticketId(1) })
        const both = await Promise.all([
          seat.records.file(filed, aDispatch(1)),
          seat.records.file(filed, aDispatch(1)),
        ])
        expect(both.map((answer) => answer.ok)).toEqual([true, true])
        // A second click may even have drawn a new work order: the first stands.
        const again = { ...filed, ticketId: ticketId(2) }
        expect(await code(seat.records.file(again, aDispatch(2, { callId: callId(1) })))).toBe('ok')
        expect(await waiting()).toEqual([
          ['call', callId(1), 2],
          ['ticket', ticketId(1), 1],
        ])
        expect(await value(seat.records.tickets(10))).toHaveLength(1)
      })

      test('[STORE-4] [F67] a work order is not called dispatched when the same revision was filed without it', async () => {
        await value(seat.records.file(aFiled(1), null))
        const late = aFiled(1, { ticketId: ticketId(1) })
        expect(await code(seat.records.file(late, aDispatch(1)))).toBe('conflict')
        expect(await waiting()).toEqual([['call', callId(1), 2]])
        expect(await code(seat.records.file({ ...late, rev: 3 }, aDispatch(1)))).toBe('ok')
      })

      test('[STORE-4] corrected later does not dispatch a second work order', async () => {
        await value(seat.records.file(aFiled(1, { ticketId: ticketId(1) }), aDispatch(1)))
        const corrected = aFiled(1, { rev: 3, ticketId: ticketId(2) })
        expect(await code(seat.records.file(corrected, aDispatch(2, { callId: callId(1) })))).toBe('conflict')
        const right = aFiled(1, { rev: 3, ticketId: ticketId(1) })
        expect(await code(seat.records.file(right, aDispatch(1, { rev: 2 })))).toBe('ok')
        expect(await waiting()).toEqual([
          ['call', callId(1), 3],
          ['ticket', ticketId(1), 2],
        ])
      })

      test('older than the stored one is told so and changes nothing', async () => {
        await value(seat.records.file(aFiled(1, { rev: 3 }), null))
        expect(await code(seat.records.file(aFiled(1), null))).toBe('conflict')
        expect((await value(seat.records.read(callId(1))))?.rev).toBe(3)
      })
    })

    describe('over-long content', () => {
      const paste = '长'.repeat(5 * 1024 * 1024)

      test('[STORE-5] [F71] five megabytes in a form are refused with limit and field, and nothing is written', async () => {
        const answer = await seat.records.file(aFiled(1, { form: aForm({ course: paste }) }), null)
        expect(answer).toEqual({
          ok: false,
          problem: { code: 'too_large', text: '内容超过 8000 字，未保存，请缩短后再提交', field: 'course' },
        })
        expect(await value(seat.records.read(callId(1)))).toBeNull()
        expect(await waiting()).toEqual([])
      })

      test('[STORE-5] [F71] a work order that is too long keeps its form from being filed half', async () => {
        expect(await code(seat.records.file(aFiled(1), aDispatch(1, { cause: paste })))).toBe('too_large')
        expect(await waiting()).toEqual([])
      })

      test('[STORE-5] [F71] a draft may be over its limits while it is shortened, but not without end', async () => {
        const long = aDraft(1, { form: aForm({ course: '长'.repeat(20_000) }) })
        expect(await code(seat.records.saveDraft(long))).toBe('ok')
        expect(await code(seat.records.saveDraft(aDraft(2, { form: aForm({ cause: paste }) })))).toBe(
          'too_large',
        )
        expect(await value(seat.records.drafts())).toEqual([long])
      })

      test('[F71] emoji and line breaks are text like any other', async () => {
        const form = aForm({ course: '他说👨‍👩‍👧‍👦\n“先别签”\t😀' })
        await value(seat.records.file(aFiled(1, { form }), null))
        expect((await value(seat.records.read(callId(1))))?.form).toEqual(form)
      })
    })

    describe('looking things up', () => {
      const day = 86_400_000
      beforeEach(async () => {
        for (let n = 1; n <= 12; n++)
          await value(
            seat.records.file(
              aFiled(n, {
                offeredAt: morning + Math.floor(n / 2) * day,
                number: n % 3 === 0 ? '+86 138 1234 5678' : `1390000${String(1000 + n)}`,
                form: aForm({
                  callerName: n % 4 === 0 ? '欧阳建国' : '李秀英',
                  category: n % 2 === 0 ? 'TS' : 'ZX',
                }),
              }),
              null,
            ),
          )
      })
      const ids = async (query: Partial<CallQuery>) =>
        (await value(seat.records.page({ ...everything, ...query }))).map((call) => Number(call.id.slice(-4)))

      test('[STORE-6] pages are newest first and meet every row once, also at one instant', async () => {
        const seen: number[] = []
        let before: CallQuery['before'] = null
        for (;;) {
          const page: readonly CallSummary[] = await value(
            seat.records.page({ ...everything, before, limit: 3 }),
          )
          seen.push(...page.map((call) => Number(call.id.slice(-4))))
          const last = page.at(-1)
          if (!last) break
          before = last
        }
        expect(seen).toEqual([12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1])
      })

      test('[STORE-7] by the end of the number, however it was written', async () => {
        expect(await ids({ text: '5678' })).toEqual([12, 9, 6, 3])
        expect(await ids({ text: '12345678' })).toEqual([12, 9, 6, 3])
        expect(await ids({ text: '0138 1234 5678' })).toEqual([12, 9, 6, 3])
        expect(await ids({ text: '5678', category: 'TS' })).toEqual([12, 6])
        expect(await ids({ text: '9999' })).toEqual([])
      })

      test('[STORE-7] by any part of the name', async () => {
        for (const text of ['欧阳建国', '建国', '欧', ' 欧阳 建国 '])
          expect(await ids({ text })).toEqual([12, 8, 4])
        expect(await ids({ text: '国建' })).toEqual([])
      })

      test('[STORE-7] a name that meets the search twice is one row', async () => {
        await value(seat.records.file(aFiled(20, { form: aForm({ callerName: '王王' }) }), null))
        expect(await ids({ text: '王' })).toEqual([20])
        expect(await value(seat.records.count({ text: '王', category: null, from: null, to: null }))).toBe(1)
        expect(await value(seat.records.count({ text: '王', category: 'TS', from: null, to: null }))).toBe(1)
      })

      test('[STORE-7] by category and time, and together', async () => {
        expect(await ids({ category: 'ZX', limit: 3 })).toEqual([11, 9, 7])
        expect(await ids({ from: morning + 2 * day, to: morning + 4 * day })).toEqual([7, 6, 5, 4])
        expect(await ids({ category: 'TS', from: morning + 2 * day, to: morning + 4 * day })).toEqual([6, 4])
        expect(await ids({ text: '李秀英', category: 'TS', to: morning + 4 * day })).toEqual([6, 2])
      })

      test('[STORE-7] counts what a page would show', async () => {
        const { before: _, limit: __, ...query } = everything
        const count = (over: Partial<CallQuery>) => value(seat.records.count({ ...query, ...over }))
        expect(await count({})).toBe(12)
        expect(await count({ text: '5678' })).toBe(4)
        expect(await count({ text: '建国' })).toBe(3)
        expect(await count({ category: 'TS' })).toBe(6)
        expect(await count({ text: '5678', category: 'TS', from: morning + 3 * day })).toBe(2)
      })

      test('[STORE-7] a caller is recognised with and without 0, +86 and spaces', async () => {
        for (const number of ['13812345678', '013812345678', '+8613812345678', '0086 138-1234-5678'])
          expect(
            (await value(seat.records.ofNumber(number, 3))).map((call) => Number(call.id.slice(-4))),
          ).toEqual([12, 9, 6])
        expect(await value(seat.records.ofNumber('', 3))).toEqual([])
        expect(await value(seat.records.ofNumber('38812345678', 3))).toEqual([])
      })

      test('a row shows what the record says', async () => {
        const [newest] = await value(seat.records.page({ ...everything, limit: 1 }))
        const record = await value(seat.records.read(callId(12)))
        expect(record && summaryOf(record)).toEqual(newest)
      })
    })

    test('a note for the audit is queued once', async () => {
      await value(seat.records.noteAudit(aNote(1)))
      await value(seat.records.noteAudit(aNote(1)))
      expect(await waiting()).toEqual([['audit', aNote(1).id, 1]])
    })

    test('many records are restored at once, and those already here stay as they are', async () => {
      await value(seat.records.file(aFiled(1), null))
      await value(seat.records.restore([aRecord(1), aRecord(2), aRecord(3)]))
      expect((await value(seat.records.read(callId(1))))?.rev).toBe(2)
      expect(await waiting()).toEqual([
        ['call', callId(1), 2],
        ['call', callId(2), 1],
        ['call', callId(3), 1],
      ])
    })
  })
}
