// A store that was wiped, halved or cut, a journal that is gone, a crash at the worst moment: what the next start makes of it.
import 'fake-indexeddb/auto'
import { Dexie } from 'dexie'
import fc from 'fast-check'
import { afterEach, describe, expect, test } from 'vitest'
import { openSealer } from '../../../core/seal/sealer.ts'
import { memoryDisk } from '../../fakes/memoryDisk.ts'
import { aForm, aRecord, ticketId } from '../../makers/forms.ts'
import { aReport } from '../../makers/reports.ts'
import { callId, morning } from '../../makers/stamps.ts'
import { aDispatch, aFiled, aNote, aStoreKey } from '../../makers/traffic.ts'
import { value } from '../../suites/openedSeat.ts'
import { until } from '../../server/until.ts'
import type { SeatWithJournal } from './seatWithJournal.ts'
import { seatSealer, seatWithJournal } from './seatWithJournal.ts'

let made = 0
let seat: SeatWithJournal
const open = () => {
  made += 1
  seat = seatWithJournal(`hotline-rebuild-${made}`)
  return seat
}
/** The next start on the same computer. */
const startAgain = () => {
  seat.close()
  seat = seatWithJournal(seat.name, seat.disk, seat.clock)
  return seat
}
afterEach(() => seat.close())

const aDraft = (n: number, cause = '第一句') => ({
  callId: callId(n),
  form: aForm({ cause }),
  openedAt: morning + n,
  savedAt: morning + 1,
  wrapupMs: 0,
})
const nothing = { records: 0, drafts: 0, wiped: false }
const said = { at: morning, epoch: 0 }
const acknowledge = async ({ outbox }: SeatWithJournal) => {
  const due = await value(outbox.due(morning + 1e6, 100, 1e7, 0))
  await value(
    outbox.settle(due.map(({ seq, id, kind }) => ({ seq, id, kind, fate: 'remove', number: null, said }))),
  )
}
/** A working morning: a filed call with its work order, an unfiled one with its draft, one that still rings, a note, a warning. */
const work = async ({ records }: SeatWithJournal) => {
  await value(records.finish(aRecord(1)))
  await value(records.file(aFiled(1, { ticketId: ticketId(1) }), aDispatch(1, { urgency: 'critical' })))
  await value(records.finish(aRecord(2)))
  await value(records.saveDraft(aDraft(2)))
  await value(records.journal(aRecord(3)))
  await value(records.noteAudit(aNote(1)))
  await value(records.warn(aReport(1)))
}
const everything = async ({ records, outbox, store }: SeatWithJournal) => ({
  filed: await value(records.read(callId(1))),
  other: await value(records.read(callId(2))),
  drafts: await value(records.drafts()),
  ringing: await value(records.unfinished()),
  tickets: await value(records.tickets(10)),
  warnings: await value(records.warnings(10)),
  waiting: (await value(outbox.list(10)))
    .map(({ kind, id, rev, urgent }) => [kind, id, rev, urgent].join(' '))
    .toSorted(),
  found: (await value(records.ofNumber('13800008000', 10))).length,
  mark: await value(store.read(({ kept }) => kept.get('secondJournal'))),
})

/** Started once, then at work. */
const aSeatThat = async (act: (one: SeatWithJournal) => Promise<unknown>): Promise<void> => {
  open()
  await seat.rebuilt()
  await act(seat)
}

describe('a store', () => {
  test('[JRNL-11] that is whole needs nothing, at the first start and at every later one', async () => {
    await work(open())
    expect(await seat.rebuilt()).toEqual(nothing)
    expect(await startAgain().rebuilt()).toEqual(nothing)
  })

  test('[JRNL-11] [F43] that was wiped comes back: calls, work orders, drafts, notes, what rang; and it is known to have been', async () => {
    await aSeatThat(work)
    const before = await everything(seat)
    seat.close()
    await Dexie.delete(seat.name)
    startAgain()
    expect(await seat.rebuilt()).toEqual({ records: 6, drafts: 1, wiped: true })
    expect(await everything(seat)).toEqual(before)
    expect(await startAgain().rebuilt()).toEqual(nothing)
  })

  test('[JRNL-11] [F43] that was wiped with nothing unsent is known to have been, and pulls its history anew', async () => {
    await aSeatThat(async (one) => value(one.records.finish(aRecord(1))))
    await acknowledge(seat)
    await until(async () => (await seat.journalled()).length === 0, 'the journal knows')
    seat.close()
    await Dexie.delete(seat.name)
    startAgain()
    expect(await seat.rebuilt()).toEqual({ records: 0, drafts: 0, wiped: true })
  })

  test('[JRNL-11] [F43] that lost rows without a word gets them back and pulls its history anew, whatever the centre gave it before', async () => {
    await aSeatThat(work)
    await value(
      seat.store.write(async ({ kept, outbox, calls, drafts }) => {
        await kept.put({ name: 'cursor', value: { cursor: 77, reference: 3, epoch: 5 } })
        await outbox.clear()
        await calls.delete(callId(1))
        await drafts.clear()
      }),
    )
    expect(await startAgain().rebuilt()).toMatchObject({ drafts: 1, wiped: false })
    expect((await value(seat.outbox.counts())).waiting).toBe(5)
    const cursor = await value(seat.store.read(({ kept }) => kept.get('cursor')))
    expect(cursor?.value).toEqual({ cursor: 0, reference: -1, epoch: 5 })
  })

  test('[JRNL-11] acknowledged in the last moment before a crash is offered again in silence: nothing is called lost', async () => {
    await aSeatThat(async (one) => value(one.records.finish(aRecord(1))))
    const pieces = await value(seat.journal.read())
    await acknowledge(seat)
    await until(async () => (await seat.journalled()).length === 0, 'the journal knows')
    // As if that word had not reached the disk.
    await value(
      seat.journal.save(
        pieces.filter(({ key }) => key.startsWith('call:')),
        [],
      ),
    )
    expect(await startAgain().rebuilt()).toEqual(nothing)
    expect(await seat.waiting()).toEqual([`call:${callId(1)} 1`])
  })

  test('[JRNL-11] [STORE-4] gets back the work order its call names, not the one of a second click', async () => {
    await aSeatThat(async ({ records, journal }) => {
      await value(records.file(aFiled(1, { ticketId: ticketId(1) }), aDispatch(1)))
      const text = new TextEncoder().encode(
        JSON.stringify({ kind: 'ticket', body: aDispatch(2, { callId: callId(1) }) }),
      )
      const sealed = await seatSealer.seal('ticket', ticketId(2), text)
      await value(journal.save([{ key: `ticket:${ticketId(2)}`, rev: 1, sealed }], []))
    })
    seat.close()
    await Dexie.delete(seat.name)
    startAgain()
    await seat.rebuilt()
    expect(await seat.waiting()).toEqual([`call:${callId(1)} 2`, `ticket:${ticketId(1)} 1`])
    expect(await seat.journalled()).toEqual([`call:${callId(1)}`, `ticket:${ticketId(1)}`])
  })

  test('[JRNL-11] [STORE-3] does not get back a draft whose form was filed', async () => {
    await aSeatThat(async ({ records, journal }) => {
      await value(records.saveDraft(aDraft(1)))
      const pieces = await value(journal.read())
      await value(records.file(aFiled(1), null))
      await value(journal.save(pieces, []))
    })
    expect(await startAgain().rebuilt()).toEqual(nothing)
    expect(await value(seat.records.drafts())).toEqual([])
    expect(await seat.journalled()).toEqual([`call:${callId(1)}`])
  })

  test('[JRNL-11] [F43] whatever rows it lost, all that waits is there again and nothing is there twice', async () => {
    await fc.assert(
      fc.asyncProperty(fc.infiniteStream(fc.boolean()), fc.nat(3), async (dice, acknowledged) => {
        open()
        for (let n = 1; n <= acknowledged; n += 1) await value(seat.records.finish(aRecord(100 + n)))
        await acknowledge(seat)
        await work(seat)
        await seat.rebuilt()
        const before = await everything(seat)
        const isLost = () => dice.next().value === true
        await value(
          seat.store.write(async ({ dexie }) => {
            for (const name of ['outbox', 'calls', 'drafts', 'tickets', 'journal', 'kept', 'sent'])
              await dexie.table(name).filter(isLost).delete()
          }),
        )
        startAgain()
        await seat.rebuilt()
        const after = await everything(seat)
        expect({ ...after, found: before.found }).toEqual(before)
        seat.close()
      }),
      { numRuns: 40 },
    )
    open()
  }, 60_000)
})

describe('a journal', () => {
  test('[JRNL-11] that is gone, or was never there, is written anew from the store', async () => {
    await aSeatThat(work)
    const before = await seat.journalled()
    seat.close()
    seat = seatWithJournal(seat.name, memoryDisk(), seat.clock)
    expect(await seat.rebuilt()).toEqual(nothing)
    expect(await seat.journalled()).toEqual(before)
    await Dexie.delete(seat.name)
    startAgain()
    expect(await seat.rebuilt()).toMatchObject({ records: 6, drafts: 1 })
  })

  test('[JRNL-10] [F48] [D01] copied to another computer tells nothing without the key, and all that is unsent to whoever has it', async () => {
    await aSeatThat(work)
    const pieces = await value(seat.journal.read())
    const lying = Buffer.concat(pieces.map(({ sealed }) => sealed))
    for (const canary of ['王建平', '13800008000', '恒泽', '自愿离职'])
      expect(lying.includes(Buffer.from(canary))).toBe(false)
    const stranger = await openSealer([{ ...aStoreKey(9), id: 1 }], globalThis)
    // The centre holds the account's keys: what it opens is what the seat would have sent.
    const centre = await openSealer([aStoreKey(1)], globalThis)
    for (const { key, sealed } of pieces.filter((piece) => piece.key !== 'store:mark')) {
      const [table = '', id = ''] = key.split(':')
      expect(await stranger.open(table, id, sealed)).toBeNull()
      const plain = await centre.open(table, id, sealed)
      expect(JSON.parse(new TextDecoder().decode(plain ?? undefined))).toBeTruthy()
    }
  })
})
