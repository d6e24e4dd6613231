// The guarantees of the Mirror port (core/ports.ts), run on the fake and on the real adapter.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { CallQuery } from '../../core/ports.ts'
import { ticketId } from '../makers/forms.ts'
import { aReference } from '../makers/reference.ts'
import { aReport, aTold } from '../makers/reports.ts'
import { callId, morning } from '../makers/stamps.ts'
import { aDispatch, aFiled, aPage, aSummary, aTicket } from '../makers/traffic.ts'
import type { OpenSeat, OpenedSeat } from './openedSeat.ts'
import { value } from './openedSeat.ts'

const everything: CallQuery = { text: '', category: null, from: null, to: null, before: null, limit: 50 }

export const mirrorSuite = (name: string, open: OpenSeat): void => {
  describe(`mirror ${name}`, () => {
    let seat: OpenedSeat
    beforeEach(() => {
      seat = open()
    })
    afterEach(() => seat.close())

    test('[SYNC-15] a fresh seat asks for everything, then goes on where it was', async () => {
      expect(await value(seat.mirror.cursor())).toEqual({ cursor: 0, reference: -1, epoch: null })
      await value(seat.mirror.take(aPage({ cursor: 7, epoch: 2, reference: aReference({ version: 3 }) })))
      expect(await value(seat.mirror.cursor())).toEqual({ cursor: 7, reference: 3, epoch: 2 })
      await value(seat.mirror.take(aPage({ cursor: 9, epoch: 2 })))
      expect(await value(seat.mirror.cursor())).toEqual({ cursor: 9, reference: 3, epoch: 2 })
    })

    test('[WARN-13] what the centre tells of a warning stands beside our own later words, the newest news wins', async () => {
      await value(seat.records.warn(aReport(1, { rev: 2, demands: '要求补发' })))
      const told = aTold(1, {
        state: 'signed',
        signedBy: '值班（示例）',
        signedAt: morning + 9,
        changedAt: morning + 9,
      })
      await value(seat.mirror.take(aPage({ cursor: 1, warnings: [told, aTold(2)] })))
      await value(seat.mirror.take(aPage({ cursor: 2, warnings: [aTold(1, { changedAt: morning + 8 })] })))
      const found = await value(seat.records.warnings(10))
      expect(found.find(({ report }) => report.id === told.report.id)).toEqual({
        report: aReport(1, { rev: 2, demands: '要求补发' }),
        centre: told,
      })
      expect(found.find(({ report }) => report.id === aTold(2).report.id)).toEqual({
        report: aReport(2),
        centre: aTold(2),
      })
    })

    test("other seats' calls are found beside one's own", async () => {
      await value(seat.records.file(aFiled(1), null))
      await value(seat.mirror.take(aPage({ calls: [aSummary(2, { offeredAt: morning + 1 })] })))
      const page = await value(seat.records.page(everything))
      expect(page.map((call) => call.id)).toEqual([callId(2), callId(1)])
      expect(await value(seat.records.ofNumber('13800008000', 9))).toHaveLength(2)
      expect(await value(seat.records.read(callId(2)))).toBeNull()
      expect(await value(seat.records.summary(callId(2)))).toEqual(page[0])
      expect(await value(seat.records.summary(callId(1)))).toEqual(page[1])
      expect(await value(seat.records.summary(callId(9)))).toBeNull()
    })

    test('[CALL-13] why a call ended is told of own and others’ calls, and not made up where an older centre did not tell it', async () => {
      const busy = { protocol: 'SIP', code: 486 } as const
      const { endCause: _, ...untold } = aSummary(3)
      await value(
        seat.records.file(aFiled(1, { outcome: 'busy', endCause: { ...busy, text: '对方正忙' } }), null),
      )
      await value(seat.mirror.take(aPage({ calls: [aSummary(2, { endCause: busy }), untold] })))
      const page = await value(seat.records.page(everything))
      expect(new Map(page.map((call) => [call.id, call.endCause]))).toEqual(
        new Map([
          [callId(1), busy],
          [callId(2), busy],
          [callId(3), undefined],
        ]),
      )
    })

    test('[STORE-12] the legs of one call are found by its reference, one from days ago is not', async () => {
      const leg = (n: number, over: Parameters<typeof aFiled>[1] = {}) =>
        seat.records.file(aFiled(n, { callRef: 'pbx-77', offeredAt: morning + n * 60_000, ...over }), null)
      for (const saved of [
        leg(3),
        leg(1),
        leg(2, { callRef: 'pbx-78' }),
        leg(4, { offeredAt: morning + 3 * 86_400_000 }),
      ])
        await value(saved)
      await value(
        seat.mirror.take(aPage({ calls: [aSummary(5, { callRef: 'pbx-77', offeredAt: morning })] })),
      )
      const of = async (call: Parameters<typeof seat.records.linked>[0]) =>
        (await value(seat.records.linked(call))).map((each) => each.id)
      expect(await of({ id: callId(3), callRef: 'pbx-77', offeredAt: morning + 180_000 })).toEqual([
        callId(5),
        callId(1),
      ])
      expect(await of({ id: callId(2), callRef: 'pbx-78', offeredAt: morning + 120_000 })).toEqual([])
      expect(await of({ id: callId(3), callRef: null, offeredAt: morning })).toEqual([])
    })

    test("[SYNC-16] the centre's summary of one's own call leaves the record alone", async () => {
      await value(seat.records.file(aFiled(1), null))
      await value(seat.mirror.take(aPage({ calls: [aSummary(1, { gist: '旧的', category: null })] })))
      expect(await value(seat.records.read(callId(1)))).toEqual(aFiled(1))
      expect((await value(seat.records.page(everything)))[0]?.category).toBe('TS')
    })

    test('[SYNC-16] a work order brings number and state, and its own newer revision stays', async () => {
      const newer = aDispatch(1, { rev: 2, title: '补充后的标题' })
      await value(seat.records.file(aFiled(1, { ticketId: ticketId(1) }), aDispatch(1)))
      await value(seat.records.file(aFiled(1, { rev: 3, ticketId: ticketId(1) }), newer))
      await value(seat.mirror.take(aPage({ tickets: [aTicket(1)] })))
      expect(await value(seat.records.tickets(9))).toEqual([
        { dispatch: newer, number: '20261123-0001', centre: aTicket(1) },
      ])
      const signed = aTicket(1, { state: 'signed', dispatch: newer, changedAt: morning + 900_000 })
      await value(seat.mirror.take(aPage({ tickets: [signed] })))
      await value(seat.mirror.take(aPage({ tickets: [aTicket(1)] })))
      expect((await value(seat.records.tickets(9)))[0]?.centre?.state).toBe('signed')
    })

    test('[SYNC-16] the centre’s copy with the number masked does not take the place of the own one', async () => {
      await value(seat.records.file(aFiled(1, { ticketId: ticketId(1) }), aDispatch(1)))
      const masked = aTicket(1, { dispatch: aDispatch(1, { contactNumber: '138****8000' }) })
      await value(seat.mirror.take(aPage({ tickets: [masked] })))
      expect(await value(seat.records.tickets(9))).toEqual([
        { dispatch: aDispatch(1), number: '20261123-0001', centre: masked },
      ])
    })

    test('a work order dispatched from another computer appears too', async () => {
      await value(seat.mirror.take(aPage({ tickets: [aTicket(5)] })))
      expect(await value(seat.records.tickets(9))).toEqual([
        { dispatch: aDispatch(5), number: '20261123-0005', centre: aTicket(5) },
      ])
    })

    test('[STORE-11] [F64] reference data this program cannot read does not replace what it could read', async () => {
      await value(seat.mirror.take(aPage({ reference: aReference({ version: 3 }) })))
      await value(seat.mirror.take(aPage({ reference: { version: 4, categories: 'renamed' } })))
      expect((await value(seat.records.reference()))?.version).toBe(3)
      // It is not fetched again every minute, yet the next version is.
      expect((await value(seat.mirror.cursor())).reference).toBe(4)
      await value(seat.mirror.take(aPage({ reference: aReference({ version: 5 }) })))
      expect((await value(seat.records.reference()))?.version).toBe(5)
    })

    test('an older version does not replace a newer one, except after a restore of the centre', async () => {
      await value(seat.mirror.take(aPage({ reference: aReference({ version: 3 }) })))
      await value(seat.mirror.take(aPage({ reference: aReference({ version: 2 }) })))
      expect((await value(seat.records.reference()))?.version).toBe(3)
      await value(seat.mirror.take(aPage({ epoch: 1, reference: aReference({ version: 2 }) })))
      expect((await value(seat.records.reference()))?.version).toBe(2)
    })

    test('listeners hear of pages that bring something', async () => {
      let heard = 0
      seat.mirror.listen(() => (heard += 1))
      await value(seat.mirror.take(aPage({ cursor: 2 })))
      expect(heard).toBe(0)
      await value(seat.mirror.take(aPage({ cursor: 3, calls: [aSummary(2)] })))
      expect(heard).toBe(1)
    })
  })
}
