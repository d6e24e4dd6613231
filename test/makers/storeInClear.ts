// A seat's store as version 2 of the schema wrote it: everything in clear, found by the number and the name themselves.
import { Dexie } from 'dexie'
import type { Answer } from '../../contract/answer.ts'
import type { CallRecord, CallSummary } from '../../contract/softphone.ts'
import type { PushItem } from '../../contract/sync.ts'
import type { Ticket, TicketDispatch } from '../../contract/tickets.ts'
import type { Draft } from '../../contract/wrapup.ts'
import type { Sealer } from '../../core/seal/sealer.ts'
import type { SeatStore } from '../../renderer/adapters/database.ts'
import { sealFirst, sealRest } from '../../renderer/adapters/sealStore.ts'

export type InClear = {
  readonly waiting?: readonly PushItem[]
  readonly own?: readonly CallRecord[]
  readonly others?: readonly CallSummary[]
  readonly journal?: readonly CallRecord[]
  readonly drafts?: readonly Draft[]
  readonly tickets?: readonly { dispatch: TicketDispatch; centre: Ticket | null }[]
  /** Acknowledged notes. */
  readonly notes?: readonly PushItem[]
  readonly reference?: unknown
}

const utf8 = (item: unknown) => new TextEncoder().encode(JSON.stringify(item))
const tail = (number: string) => Array.from(number).slice(-11).reverse().join('')

export const storeInClear = async (name: string, content: InClear): Promise<void> => {
  const dexie = new Dexie(name)
  dexie.version(1).stores({
    calls: 'id, offeredAt, [tail+offeredAt], [category+offeredAt], *names',
    journal: 'id',
    drafts: 'callId',
    tickets: 'id, dispatchedAt',
    outbox: '++seq, &key, later, parked, since',
    kept: 'name',
  })
  dexie.version(2).stores({ sent: '[at+first]', outbox: '++seq, &key, later, parked, since, urgent' })
  await dexie.table('outbox').bulkAdd(
    (content.waiting ?? []).map((item, at) => ({
      key: `${item.kind}:${item.body.id}`,
      id: item.body.id,
      kind: item.kind,
      rev: item.body.rev,
      text: utf8(item),
      putAt: at,
      attempts: 0,
      problem: null,
    })),
  )
  await dexie.table('calls').bulkAdd([
    ...(content.own ?? []).map((record) => ({
      id: record.id,
      offeredAt: record.offeredAt,
      tail: tail(record.number),
      category: record.form?.category,
      names: [record.form?.callerName ?? ''],
      record,
      summary: null,
    })),
    ...(content.others ?? []).map((summary) => ({
      id: summary.id,
      offeredAt: summary.offeredAt,
      tail: tail(summary.number),
      names: [summary.callerName ?? ''],
      record: null,
      summary,
    })),
  ])
  await dexie.table('journal').bulkAdd([...(content.journal ?? [])])
  await dexie.table('drafts').bulkAdd([...(content.drafts ?? [])])
  await dexie.table('tickets').bulkAdd(
    (content.tickets ?? []).map(({ dispatch, centre }) => ({
      id: dispatch.id,
      dispatchedAt: dispatch.dispatchedAt,
      dispatch,
      number: centre?.number ?? null,
      centre,
    })),
  )
  const notes = (content.notes ?? []).map((item) => ({ id: item.body.id, text: utf8(item) }))
  if (notes.length > 0)
    await dexie.table('sent').add({ at: Date.now(), first: 1, calls: [], tickets: [], notes })
  if (content.reference !== undefined)
    await dexie.table('kept').put({ name: 'reference', value: content.reference })
  dexie.close()
}

/** As a start does, and the time after it. */
export const sealAll = async (store: SeatStore, sealer: Sealer): Promise<Answer<number>> => {
  const first = await sealFirst(store, sealer)
  return first.ok && first.value > 0 ? sealRest(store, sealer, async () => true) : first
}

/** Every row of every table of a store, as it lies there: bytes read as text, too. */
export const lyingIn = async (name: string): Promise<string> => {
  const dexie = new Dexie(name)
  await dexie.open()
  const tables = await Promise.all(dexie.tables.map((table) => table.toArray()))
  dexie.close()
  return JSON.stringify(tables, (_, value: unknown) =>
    value instanceof Uint8Array ? new TextDecoder().decode(value) : value,
  )
}
