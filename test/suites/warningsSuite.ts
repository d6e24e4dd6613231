// What the Records port (core/ports.ts) promises of early warnings, run on the fake and on the real adapter.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { aReport } from '../makers/reports.ts'
import { morning } from '../makers/stamps.ts'
import type { OpenSeat, OpenedSeat } from './openedSeat.ts'
import { code, value } from './openedSeat.ts'

export const warningsSuite = (name: string, open: OpenSeat): void => {
  describe(`warnings ${name}`, () => {
    let seat: OpenedSeat
    beforeEach(() => {
      seat = open()
    })
    afterEach(() => seat.close())
    const waiting = async () => (await value(seat.outbox.list(100))).map((row) => [row.kind, row.id, row.rev])

    test('[WARN-7] a warning and its outbox row are put once; a later word takes the place of what waits', async () => {
      const phoned = [{ code: 'ZBS', name: '值班室', at: morning, reached: true }]
      await value(seat.records.warn(aReport(1)))
      await value(seat.records.warn(aReport(1)))
      expect(await waiting()).toEqual([['warning', aReport(1).id, 1]])
      await value(seat.records.warn(aReport(1, { rev: 2, phoned })))
      await value(seat.records.warn(aReport(1)))
      await value(seat.records.warn(aReport(2, { raisedAt: morning + 60_000 })))
      expect(await waiting()).toEqual([
        ['warning', aReport(1).id, 2],
        ['warning', aReport(2).id, 1],
      ])
      expect(await value(seat.records.warnings(10))).toEqual([
        { report: aReport(2, { raisedAt: morning + 60_000 }), centre: null },
        { report: aReport(1, { rev: 2, phoned }), centre: null },
      ])
      // Other words under a revision that landed late are not called saved, and are as the next one.
      const demands = '要求当面答复'
      expect(await code(seat.records.warn(aReport(1, { rev: 2, phoned, demands })))).toBe('conflict')
      expect(await waiting()).toHaveLength(2)
      await value(seat.records.warn(aReport(1, { rev: 3, phoned, demands })))
      expect((await value(seat.records.warnings(10)))[1]?.report.demands).toBe(demands)
      expect(await code(seat.records.warn(aReport(3, { cause: '长'.repeat(1_001) })))).toBe('too_large')
    })
  })
}
