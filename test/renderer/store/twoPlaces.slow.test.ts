// A save in two places: when it counts as saved, and what becomes of the place that could not take it.
import { afterEach, describe, expect, test, vi } from 'vitest'
import { keepMending } from '../../../renderer/adapters/rebuild.ts'
import { inOne } from '../../../renderer/adapters/transaction.ts'
import { memoryDisk } from '../../fakes/memoryDisk.ts'
import { aForm, aRecord, ticketId } from '../../makers/forms.ts'
import { callId, morning } from '../../makers/stamps.ts'
import { aDispatch, aFiled, aNote } from '../../makers/traffic.ts'
import { until } from '../../server/until.ts'
import { code, value } from '../../suites/openedSeat.ts'
import { fillStore } from './fullStore.ts'
import type { SeatWithJournal } from './seatWithJournal.ts'
import { seatSealer, seatWithJournal } from './seatWithJournal.ts'

let made = 0
let seat: SeatWithJournal
const open = () => {
  made += 1
  seat = seatWithJournal(`hotline-places-${made}`)
  return seat
}
afterEach(() => {
  vi.restoreAllMocks()
  seat.close()
})
const aDraft = (n: number, cause = '第一句') => ({
  callId: callId(n),
  form: aForm({ cause }),
  openedAt: morning + n,
  savedAt: morning + 1,
  wrapupMs: 0,
})

describe('a save', () => {
  test('[JRNL-1] is in both places when it is called saved, as the same sealed bytes', async () => {
    const { records, journal, store, journalled } = open()
    await value(records.journal(aRecord(1)))
    expect(await journalled()).toEqual([`journal:${callId(1)}`])
    await value(records.saveDraft(aDraft(1)))
    await value(records.finish(aRecord(1)))
    await value(records.noteAudit(aNote(1)))
    expect(await journalled()).toEqual([`audit:${aNote(1).id}`, `call:${callId(1)}`, `draft:${callId(1)}`])
    await value(records.file(aFiled(1, { ticketId: ticketId(1) }), aDispatch(1)))
    expect(await journalled()).toEqual([`audit:${aNote(1).id}`, `call:${callId(1)}`, `ticket:${ticketId(1)}`])

    const pieces = new Map((await value(journal.read())).map(({ key, sealed }) => [key, sealed]))
    const rows = await value(store.read(({ outbox }) => outbox.toArray()))
    for (const { key, sealed } of rows) expect(pieces.get(key)).toEqual(sealed)
    expect(
      new TextDecoder().decode(
        (await seatSealer.open('call', callId(1), rows[1]?.sealed ?? new Uint8Array())) ?? undefined,
      ),
    ).toContain('王建平')
  })

  test('[JRNL-1] is written to both side by side: neither waits for the other', async () => {
    const { records, desk } = open()
    await value(records.finish(aRecord(9)))
    const order: string[] = []
    const append = desk['journal.append']
    vi.spyOn(desk, 'journal.append').mockImplementation(async (input) => {
      order.push('journal begins')
      const answer = await append(input)
      order.push('journal is done')
      return answer
    })
    const commit = IDBTransaction.prototype.commit
    vi.spyOn(IDBTransaction.prototype, 'commit').mockImplementation(function (this: IDBTransaction) {
      order.push('store commits')
      commit.call(this)
    })
    await value(records.finish(aRecord(1)))
    expect(order.indexOf('journal begins')).toBeLessThan(order.indexOf('store commits') + 1)
    expect(order).toContain('journal is done')
  })

  test('[JRNL-4] the centre acknowledged leaves the journal, and a later revision of it does not', async () => {
    const { records, outbox, journalled } = open()
    await value(records.finish(aRecord(1)))
    await value(records.finish(aRecord(2)))
    const due = await value(outbox.due(morning, 10, 1e6, 0))
    await value(records.file(aFiled(2), null))
    const said = { at: morning, epoch: 0 }
    await value(
      outbox.settle(due.map(({ seq, id, kind }) => ({ seq, id, kind, fate: 'remove', number: null, said }))),
    )
    await until(async () => (await journalled()).length === 1, 'the first has left')
    expect(await journalled()).toEqual([`call:${callId(2)}`])
  })

  test('[JRNL-4] [STORE-4] [F67] the store refused (a second click, a late draft) does not stay in the journal either', async () => {
    const { records, journalled } = open()
    await value(records.file(aFiled(1, { ticketId: ticketId(1) }), aDispatch(1)))
    await value(records.file(aFiled(1, { ticketId: ticketId(2) }), aDispatch(2, { callId: callId(1) })))
    expect(
      await code(
        records.file(aFiled(1, { rev: 3, ticketId: ticketId(3) }), aDispatch(3, { callId: callId(1) })),
      ),
    ).toBe('conflict')
    await value(records.saveDraft(aDraft(1)))
    await value(records.journal(aRecord(1)))
    const expected = [`call:${callId(1)}`, `ticket:${ticketId(1)}`]
    await until(async () => (await journalled()).length === expected.length, 'what was refused has left')
    expect(await journalled()).toEqual(expected)
  })

  test('[JRNL-4] a draft thrown away leaves the journal', async () => {
    const { records, journalled } = open()
    await value(records.saveDraft(aDraft(1)))
    await value(records.dropDraft(callId(1)))
    await until(async () => (await journalled()).length === 0, 'it has left')
  })
})

describe('a place that cannot take it', () => {
  test('[JRNL-12] [F41] a full store: saved in the journal, said so, and stored and sent when there is space', async () => {
    const { records, store, places, clock, waiting, rebuilt } = open()
    await rebuilt()
    await value(records.saveDraft(aDraft(1)))
    const told: number[] = []
    const stop = keepMending(places, ({ records: count }) => told.push(count))
    const full = fillStore()
    await value(records.file(aFiled(1, { ticketId: ticketId(1) }), aDispatch(1)))
    expect(store.places.lack()).toEqual({ store: true, journal: false })
    const before = full.refused()
    await until(() => {
      clock.advance(1_000)
      return full.refused() > before
    }, 'it is tried again')
    expect(store.places.lack().store).toBe(true)
    full.free()
    await until(() => {
      clock.advance(1_000)
      return !store.places.lack().store
    }, 'it is made good')
    expect(await waiting()).toEqual([`call:${callId(1)} 2`, `ticket:${ticketId(1)} 1`])
    expect(await value(records.read(callId(1)))).toMatchObject({ rev: 2, ticketId: ticketId(1) })
    expect(await value(records.drafts())).toEqual([])
    expect(told).toEqual([2])
    stop()
  })

  test('[JRNL-12] [STORE-21] room again, but the browser has not left its old log: nothing is made good behind what may be torn', async () => {
    const { records, store, places, clock, waiting, rebuilt } = open()
    await rebuilt()
    const stop = keepMending(places, () => undefined)
    const full = fillStore()
    await value(records.finish(aRecord(1)))
    full.free()
    const refusing = vi.spyOn(indexedDB, 'deleteDatabase').mockImplementation(() => {
      throw new DOMException('no space', 'UnknownError')
    })
    await until(() => {
      clock.advance(1_000)
      return refusing.mock.calls.length > 1
    }, 'it is tried again')
    expect(store.places.lack().store).toBe(true)
    expect(await waiting()).toEqual([])
    refusing.mockRestore()
    await until(() => {
      clock.advance(1_000)
      return !store.places.lack().store
    }, 'it is made good')
    expect(await waiting()).toEqual([`call:${callId(1)} 1`])
    stop()
  })

  test('[JRNL-12] [F50] a journal that does not answer: saved in the store, said so, and journalled later', async () => {
    const { records, store, places, clock, disk, journalled, rebuilt } = open()
    await rebuilt()
    const stop = keepMending(places, () => undefined)
    disk.setCapacity(disk.used())
    await value(records.finish(aRecord(1)))
    await value(records.saveDraft(aDraft(2)))
    expect(store.places.lack()).toEqual({ store: false, journal: true })
    expect(await journalled()).toEqual([])
    disk.setCapacity(Infinity)
    clock.advance(5_000)
    await until(() => !store.places.lack().journal, 'it is made good')
    expect(await journalled()).toEqual([`call:${callId(1)}`, `draft:${callId(2)}`])
    stop()
  })

  test('[JRNL-12] [STORE-9] [F41] both full: not saved, and the sentence says so', async () => {
    const { records, disk } = open()
    await value(records.finish(aRecord(1)))
    disk.setCapacity(disk.used())
    fillStore()
    expect(await records.finish(aRecord(2))).toEqual({
      ok: false,
      problem: { code: 'failed', text: '本机磁盘已满，内容未保存，请清理磁盘后再试' },
    })
  })

  test('[JRNL-12] a draft written on while the journal was away is journalled as it stands', async () => {
    const { records, journal, rebuilt, disk } = open()
    await value(records.saveDraft(aDraft(1)))
    disk.setCapacity(disk.used())
    await value(records.saveDraft({ ...aDraft(1, '第二句'), savedAt: morning + 2 }))
    disk.setCapacity(Infinity)
    await rebuilt()
    const [piece] = (await value(journal.read())).filter(({ key }) => key.startsWith('draft:'))
    const plain = await seatSealer.open('draft', callId(1), piece?.sealed ?? new Uint8Array())
    expect(new TextDecoder().decode(plain ?? new Uint8Array())).toContain('第二句')
  })

  /** As the centre's word on all that waits takes it out. */
  const acknowledged = async (outbox: ReturnType<typeof open>['outbox'], epoch: number) => {
    const rows = await value(outbox.due(morning, 10, 1_000_000, 0))
    const said = { at: morning, epoch }
    await value(
      outbox.settle(
        rows.map(({ seq, id, kind }) => ({ seq, id, kind, fate: 'remove' as const, number: null, said })),
      ),
    )
  }

  test('[JRNL-12] a seat that sends again after a restore of the centre lacks nothing, not for a moment', async () => {
    const { records, outbox, store, journalled } = open()
    const lacks: boolean[] = []
    store.places.onLack(() => lacks.push(store.places.lack().journal))
    // A new seat meets its centre's epoch too.
    await value(outbox.sendAgain(1))
    await value(records.file(aFiled(1), null))
    await acknowledged(outbox, 1)
    expect(await journalled()).toEqual([])
    await value(outbox.sendAgain(2))
    expect(await journalled()).toEqual([`call:${callId(1)}`])
    expect(lacks).toEqual([])
  })

  test('[JRNL-12] what the journal could not take then is said to be lacking, and made good', async () => {
    const { records, outbox, store, disk, rebuilt, journalled } = open()
    await value(records.file(aFiled(1), null))
    await acknowledged(outbox, 1)
    disk.setCapacity(disk.used())
    await value(outbox.sendAgain(2))
    expect(store.places.lack()).toEqual({ store: false, journal: true })
    disk.setCapacity(Infinity)
    await store.places.makeGood(async () => (await rebuilt()) !== null)
    expect(store.places.lack()).toEqual({ store: false, journal: false })
    expect(await journalled()).toEqual([`call:${callId(1)}`])
  })

  test('[JRNL-13] a browser seat has the store alone, and every save works as before', async () => {
    const { name } = open()
    const { openStore } = await import('../../../renderer/adapters/database.ts')
    const { openRecords } = await import('../../../renderer/adapters/records.ts')
    const store = openStore(`${name}-browser`, seat.clock)
    const records = openRecords(store, seatSealer, seat.clock)
    await value(records.file(aFiled(1), null))
    expect(store.places.lack()).toEqual({ store: false, journal: false })
    expect(await value(store.read((database) => inOne(database, 'readonly', ['outbox'], () => true)))).toBe(
      true,
    )
    expect(await memoryDisk().plugIn().names('.')).toEqual([])
    store.close()
  })
})
