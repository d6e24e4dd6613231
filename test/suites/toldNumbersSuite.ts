// The official numbers the centre told, kept at the seat and sent along: promises of the Outbox port (core/ports.ts), run on
// the fake and on the real adapter.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { OutboxFate, OutboxRow } from '../../core/ports.ts'
import { ticketId } from '../makers/forms.ts'
import { aReport, aTold } from '../makers/reports.ts'
import { morning } from '../makers/stamps.ts'
import { aDispatch, aFiled, aPage } from '../makers/traffic.ts'
import type { OpenSeat, OpenedSeat } from './openedSeat.ts'
import { value } from './openedSeat.ts'

export const toldNumbersSuite = (name: string, open: OpenSeat): void => {
  describe(`told numbers ${name}`, () => {
    let seat: OpenedSeat
    beforeEach(() => {
      seat = open()
    })
    afterEach(() => seat.close())
    const due = () => value(seat.outbox.due(seat.clock.now(), 100, 1_000_000, 0))
    const remove = ({ seq, id, kind }: OutboxRow, number: string): OutboxFate => ({
      seq,
      id,
      kind,
      fate: 'remove',
      number,
      said: { at: morning, epoch: 0 },
    })

    test('the official number of a work order is kept when its row leaves', async () => {
      await value(seat.records.file(aFiled(1, { ticketId: ticketId(1) }), aDispatch(1)))
      const sent = (await due()).find((each) => each.kind === 'ticket')
      if (!sent) throw new Error('no work order waits')
      await value(seat.outbox.settle([remove(sent, '20261123-0405')]))
      expect(await value(seat.records.tickets(1))).toMatchObject([{ number: '20261123-0405', centre: null }])
    })

    test('[SERVER-57] so is that of a warning, and travels with it when it is sent again', async () => {
      await value(seat.records.warn(aReport(1)))
      const [sent] = await due()
      if (!sent) throw new Error('no warning waits')
      await value(seat.outbox.settle([remove(sent, 'YJ20261123-0007')]))
      await value(seat.outbox.sendAgain(4))
      expect((await due()).map(({ kind, told }) => [kind, told])).toEqual([['warning', 'YJ20261123-0007']])
      // What is added to it keeps the number, and so does what the centre tells anew.
      await value(seat.records.warn({ ...aReport(1), rev: 2 }))
      expect((await due()).map(({ rev, told }) => [rev, told])).toEqual([[2, 'YJ20261123-0007']])
      const other = aTold(1, { number: 'YJ20261123-0009', changedAt: morning + 60_000 })
      await value(seat.mirror.take(aPage({ warnings: [other] })))
      expect((await due()).map(({ told }) => told)).toEqual(['YJ20261123-0009'])
    })
  })
}
