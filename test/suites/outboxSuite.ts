// The guarantees of the Outbox port (core/ports.ts), run on the fake and on the real adapter.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { OutboxFate, OutboxNews, OutboxRow } from '../../core/ports.ts'
import { aRecord, ticketId } from '../makers/forms.ts'
import { aReport } from '../makers/reports.ts'
import { callId, morning } from '../makers/stamps.ts'
import { aDispatch, aFiled, aNote } from '../makers/traffic.ts'
import type { OpenSeat, OpenedSeat } from './openedSeat.ts'
import { code, value } from './openedSeat.ts'

const plenty = 1_000_000
const none = { waiting: 0, parked: 0, oldestPutAt: null, newest: 0 }

export const outboxSuite = (name: string, open: OpenSeat): void => {
  describe(`outbox ${name}`, () => {
    let seat: OpenedSeat
    beforeEach(() => {
      seat = open()
    })
    afterEach(() => seat.close())

    const due = (limit = 100, maxBytes = plenty, after = 0) =>
      value(seat.outbox.due(seat.clock.now(), limit, maxBytes, after))
    const ids = (rows: readonly OutboxRow[]) => rows.map((row) => Number(row.id.slice(-4)))
    const finish = async (...numbers: number[]) => {
      for (const n of numbers) {
        await value(seat.records.finish(aRecord(n)))
        seat.clock.advance(10)
      }
    }
    const row = async (n: number): Promise<OutboxRow> => {
      const found = (await value(seat.outbox.list(1000))).find((each) => Number(each.id.slice(-4)) === n)
      if (!found) throw new Error(`row ${n} is gone`)
      return found
    }
    const remove = ({ seq, id, kind }: OutboxRow, number: string | null = null): OutboxFate => ({
      seq,
      id,
      kind,
      fate: 'remove',
      number,
      said: { at: morning, epoch: 0 },
    })
    const wait = ({ seq, id, kind }: OutboxRow, dueAt: number): OutboxFate => ({
      seq,
      id,
      kind,
      fate: 'wait',
      dueAt,
      attempts: 1,
    })
    const park = ({ seq, id, kind }: OutboxRow): OutboxFate => ({
      seq,
      id,
      kind,
      fate: 'park',
      text: '缺少来电人',
      field: 'callerName',
      at: morning,
    })

    test('[SYNC-1] hands out due rows oldest first, so many and so large, and after a given one', async () => {
      await finish(3, 1, 2)
      const rows = await due()
      expect(ids(rows)).toEqual([3, 1, 2])
      expect(ids(await due(2))).toEqual([3, 1])
      expect(ids(await due(100, 1))).toEqual([3])
      const bytes = rows[0]?.text.length ?? 0
      expect(ids(await due(100, bytes * 2 + 1))).toEqual([3, 1])
      expect(ids(await due(100, plenty, rows[0]?.seq))).toEqual([1, 2])
    })

    test('[SYNC-22] what is urgent comes first in a reading from the start, and only there', async () => {
      const heard: OutboxNews[] = []
      seat.outbox.listen((news) => void heard.push(news))
      await finish(1, 2)
      expect(heard).not.toContain('urgent')
      const order = aDispatch(1, { urgency: 'critical' })
      await value(seat.records.file(aFiled(3, { ticketId: ticketId(1) }), order))
      expect(heard).toContain('urgent')
      const rows = await due()
      expect(rows.map((each) => [each.kind, each.urgent])).toEqual([
        ['ticket', true],
        ['call', false],
        ['call', false],
        ['call', false],
      ])
      expect((await due(1)).map((each) => each.kind)).toEqual(['ticket'])
      const calls = rows.filter((each) => each.kind === 'call')
      expect((await due(100, plenty, calls[0]?.seq)).map((each) => each.kind)).toEqual([
        'call',
        'call',
        'ticket',
      ])
      await value(seat.outbox.settle(rows.filter((each) => each.urgent).map((each) => park(each))))
      expect((await due()).map((each) => each.kind)).toEqual(['call', 'call', 'call'])
    })

    test('[WARN-7] [SYNC-22] a warning overtakes everything, urgent work orders put before it too', async () => {
      await finish(1, 2)
      const order = aDispatch(1, { urgency: 'critical' })
      await value(seat.records.file(aFiled(3, { ticketId: ticketId(1) }), order))
      const heard: OutboxNews[] = []
      seat.outbox.listen((news) => void heard.push(news))
      await value(seat.records.warn(aReport(1)))
      expect(heard).toContain('urgent')
      expect((await due()).map((each) => [each.kind, each.urgent])).toEqual([
        ['warning', true],
        ['ticket', true],
        ['call', false],
        ['call', false],
        ['call', false],
      ])
      // What the centre may have lost goes again in the same order.
      await value(seat.outbox.settle((await due()).map((each) => remove(each))))
      await value(seat.outbox.sendAgain(1))
      expect((await due()).map((each) => each.kind).slice(0, 2)).toEqual(['warning', 'ticket'])
    })

    test('[SYNC-2] a row leaves when it is removed, and only that row', async () => {
      await finish(1, 2, 3, 4)
      await value(seat.outbox.settle([remove(await row(2)), remove(await row(3))]))
      expect(ids(await due())).toEqual([1, 4])
      const left = { oldestPutAt: morning, newest: (await row(4)).seq }
      expect(await value(seat.outbox.counts())).toEqual({ ...none, waiting: 2, ...left })
      await value(seat.outbox.settle([remove(await row(1)), remove(await row(4))]))
      expect(await value(seat.outbox.counts())).toEqual(none)
    })

    test('a row put off is due again at its instant, and the others meanwhile', async () => {
      await finish(1, 2)
      const later = seat.clock.now() + 5_000
      await value(seat.outbox.settle([wait(await row(1), later)]))
      expect(ids(await due())).toEqual([2])
      expect(await value(seat.outbox.nextDueAt())).toBe(0)
      await value(seat.outbox.settle([remove(await row(2))]))
      expect(await value(seat.outbox.nextDueAt())).toBe(later)
      expect(await due()).toEqual([])
      seat.clock.advance(5_000)
      expect((await due()).map((each) => each.attempts)).toEqual([1])
    })

    test('a row put off by a clock that was far ahead is due once the clock is right', async () => {
      await finish(1)
      await value(seat.outbox.settle([wait(await row(1), seat.clock.now() + 3 * 86_400_000)]))
      expect(ids(await due())).toEqual([1])
    })

    test('[SYNC-4] a parked row is never due, is shown first with the words, and waits again when a person says so', async () => {
      await finish(1, 2)
      const parked = await row(2)
      await value(seat.outbox.settle([park(parked)]))
      expect(ids(await due())).toEqual([1])
      expect(await value(seat.outbox.counts())).toMatchObject({ waiting: 1, parked: 1, oldestPutAt: morning })
      const [first, second] = await value(seat.outbox.list(10))
      expect([first?.state, first?.problem, second?.state]).toEqual([
        'parked',
        { text: '缺少来电人', field: 'callerName', at: morning },
        'waiting',
      ])
      await value(seat.outbox.retry([parked.seq]))
      expect(await row(2)).toMatchObject({ state: 'waiting', problem: null, attempts: 0 })
      expect(ids(await due())).toEqual([1, 2])
    })

    test('everything parked or put off is tried again at once, and a row that has gone is told so', async () => {
      await finish(1, 2, 3)
      const third = await row(3)
      await value(
        seat.outbox.settle([park(await row(1)), wait(await row(2), morning + 300_000), remove(third)]),
      )
      await value(seat.outbox.retry('all'))
      expect(ids(await due())).toEqual([1, 2])
      expect(await code(seat.outbox.retry([third.seq]))).toBe('not_found')
      expect(await code(seat.outbox.retry('all'))).toBe('ok')
    })

    test('[SYNC-10] a later revision takes the place of an unsent one and keeps its age', async () => {
      await finish(1, 2)
      await value(seat.records.file(aFiled(1), null))
      const rows = await due()
      expect(rows.map((each) => [Number(each.id.slice(-4)), each.rev, each.putAt])).toEqual([
        [2, 1, morning + 10],
        [1, 2, morning],
      ])
      expect(await value(seat.outbox.counts())).toMatchObject({ waiting: 2, oldestPutAt: morning })
    })

    test('[SYNC-10] the answer about an earlier revision cannot touch the later one', async () => {
      await finish(1)
      const sent = await row(1)
      await value(seat.records.file(aFiled(1), null))
      await value(seat.outbox.settle([remove(sent)]))
      expect((await due()).map((each) => each.rev)).toEqual([2])
      await value(seat.outbox.settle([park(sent)]))
      await value(seat.outbox.settle([wait(sent, morning + 1e9)]))
      expect((await due()).map((each) => each.rev)).toEqual([2])
    })

    test('[SYNC-10] a corrected record takes the place of its parked self', async () => {
      await finish(1)
      await value(seat.outbox.settle([park(await row(1))]))
      await value(seat.records.file(aFiled(1), null))
      expect(await value(seat.outbox.counts())).toMatchObject({ waiting: 1, parked: 0 })
      expect((await due())[0]).toMatchObject({ rev: 2, state: 'waiting', problem: null, attempts: 0 })
    })

    test('[SYNC-21] [F36] what the centre took before it came back from a backup waits again, as it stands now', async () => {
      await finish(1, 2)
      await value(seat.records.file(aFiled(3, { ticketId: ticketId(1) }), aDispatch(1)))
      await value(seat.records.noteAudit(aNote(1)))
      const sent = await due()
      await value(seat.outbox.settle(sent.map((each) => remove(each, each.kind === 'ticket' ? 'N1' : null))))
      await value(seat.records.file(aFiled(1), null))
      await value(seat.outbox.settle((await due()).map((each) => remove(each))))
      await value(seat.records.file(aFiled(2), null))
      expect((await due()).map((each) => [each.kind, each.rev])).toEqual([['call', 2]])
      await value(seat.outbox.sendAgain(4))
      const again = (await due()).map((each) => `${each.kind} ${Number(each.id.slice(-4))} rev ${each.rev}`)
      expect(new Set(again)).toEqual(
        new Set(['audit 1 rev 1', 'call 1 rev 2', 'call 2 rev 2', 'call 3 rev 2', 'ticket 1 rev 1']),
      )
      expect(again).toHaveLength(5)
      const text = new TextDecoder().decode((await due()).find((each) => each.kind === 'audit')?.text)
      expect(JSON.parse(text)).toEqual({ kind: 'audit', body: aNote(1) })
      expect(await value(seat.mirror.cursor())).toEqual({ cursor: 0, reference: -1, epoch: 4 })
      expect(await value(seat.records.tickets(1))).toMatchObject([{ number: 'N1', centre: null }])
      // [SERVER-57] People outside know it by this number.
      expect((await due()).map(({ told }) => told).filter(Boolean)).toEqual(['N1'])
      // Once in the outbox again, it is not owed a second time.
      const rows = await due()
      await value(seat.outbox.sendAgain(5))
      expect(await due()).toHaveLength(rows.length)
    })

    test('[SYNC-21] [F36] a word from before the epoch the seat is at removes nothing', async () => {
      await finish(1, 2)
      await value(seat.outbox.sendAgain(4))
      const [one, two] = await due()
      if (!one || !two) throw new Error('two rows were put')
      await value(
        seat.outbox.settle([remove(one), { ...remove(two), said: { at: morning, epoch: 4 } } as OutboxFate]),
      )
      expect(ids(await due())).toEqual([1])
    })

    test('[SYNC-21] what was acknowledged more than seven days ago is not sent again', async () => {
      await finish(1, 2)
      const [one, two] = await due()
      if (!one || !two) throw new Error('two rows were put')
      const week = 7 * 86_400_000
      await value(seat.outbox.settle([remove(one)]))
      await value(
        seat.outbox.settle([{ ...remove(two), said: { at: morning + week + 1, epoch: 0 } } as OutboxFate]),
      )
      await value(seat.outbox.sendAgain(1))
      expect(ids(await due())).toEqual([2])
    })

    test('tells what of given things has not reached the centre', async () => {
      await finish(1, 2)
      await value(seat.records.noteAudit(aNote(1)))
      await value(seat.outbox.settle([park(await row(2))]))
      const unsent = await value(seat.outbox.unsent([callId(1), callId(2), callId(3), aNote(1).id]))
      expect(Object.fromEntries(unsent)).toEqual({
        [callId(1)]: 'waiting',
        [callId(2)]: 'parked',
        [aNote(1).id]: 'waiting',
      })
    })

    test('listeners hear of every change until they leave', async () => {
      const heard: OutboxNews[] = []
      const leave = seat.outbox.listen((news) => void heard.push(news))
      await finish(1)
      expect(new Set(heard)).toEqual(new Set(['more']))
      heard.length = 0
      // What only leaves gives nobody anything to read.
      await value(seat.outbox.settle([remove(await row(1))]))
      expect(heard).toEqual(['less'])
      await finish(2)
      await value(seat.outbox.settle([park(await row(2))]))
      await value(seat.outbox.retry('all'))
      expect(heard).toEqual(['less', 'more', 'less', 'more'])
      leave()
      await finish(3)
      expect(heard).toHaveLength(4)
    })
  })
}
