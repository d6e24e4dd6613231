// What lies in a store: nothing of a person but sealed or blinded, also after an upgrade from a store in clear, after a
// change of keys, and for whoever has another key.
import 'fake-indexeddb/auto'
import { readdirSync, readFileSync } from 'node:fs'
import { Dexie } from 'dexie'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Sealer } from '../../../core/seal/sealer.ts'
import { openSealer } from '../../../core/seal/sealer.ts'
import type { SeatStore } from '../../../renderer/adapters/database.ts'
import { openStore } from '../../../renderer/adapters/database.ts'
import { openMirror } from '../../../renderer/adapters/mirror.ts'
import { openOutbox } from '../../../renderer/adapters/outbox.ts'
import { openRecords } from '../../../renderer/adapters/records.ts'
import { manualClock } from '../../fakes/manualClock.ts'
import { aForm, aRecord, ticketId } from '../../makers/forms.ts'
import { aReference } from '../../makers/reference.ts'
import { aReport, aTold } from '../../makers/reports.ts'
import { callId, morning } from '../../makers/stamps.ts'
import { lyingIn, sealAll, storeInClear } from '../../makers/storeInClear.ts'
import { aDispatch, aFiled, aNote, aPage, aStoreKey, aSummary, aTicket } from '../../makers/traffic.ts'
import { code, value } from '../../suites/openedSeat.ts'

const clock = manualClock(morning)
const first = await openSealer([aStoreKey(1)], globalThis)
const both = await openSealer([aStoreKey(1), aStoreKey(2)], globalThis)
const stranger = await openSealer([{ ...aStoreKey(9), id: 1 }], globalThis)
const query = { text: '', category: null, from: null, to: null, before: null, limit: 50 }
const aDraft = (n: number) => ({
  callId: callId(n),
  form: aForm(),
  openedAt: morning + n,
  savedAt: morning,
  wrapupMs: 0,
})
/** Words of the makers' people, and their number as an index in clear held it. */
const canaries = ['王建平', '建平', '13800008000', '00080000831', '恒泽', '自愿离职', 'ref-1']

let made = 0
let store: SeatStore
beforeEach(() => {
  made += 1
})
afterEach(() => store.close())
const name = () => `hotline-sealed-${made}`
const open = (sealer: Sealer) => {
  store = openStore(name(), clock)
  return {
    records: openRecords(store, sealer, clock),
    outbox: openOutbox(store, sealer, clock.now),
    mirror: openMirror(store, sealer),
  }
}
type Opened = ReturnType<typeof open>

const everything = async ({ records, outbox }: Opened) => ({
  found: await value(records.page({ ...query, text: '王建平' })),
  byNumber: await value(records.ofNumber('013800008000', 50)),
  own: await value(records.read(callId(1))),
  drafts: await value(records.drafts()),
  unfinished: await value(records.unfinished()),
  tickets: await value(records.tickets(50)),
  warnings: await value(records.warnings(50)),
  waiting: (await value(outbox.due(morning, 1_000, 1e9, 0))).map(({ seq, text }) => ({
    seq,
    item: JSON.parse(new TextDecoder().decode(text)),
  })),
})

const aWorkingDay = async ({ records, outbox, mirror }: Opened): Promise<void> => {
  await value(records.journal(aRecord(7)))
  await value(records.finish(aRecord(1)))
  await value(records.file(aFiled(1, { ticketId: ticketId(1) }), aDispatch(1)))
  await value(records.saveDraft(aDraft(2)))
  await value(records.noteAudit(aNote(1)))
  await value(records.warn(aReport(1)))
  await value(
    mirror.take(
      aPage({
        calls: [aSummary(3)],
        tickets: [aTicket(4)],
        warnings: [aTold(2)],
        reference: aReference({ version: 1 }),
      }),
    ),
  )
  const [row] = await value(outbox.due(morning, 1, 1e9, 0))
  if (!row) throw new Error('nothing waits')
  await value(outbox.settle([{ ...row, fate: 'remove', number: null, said: { at: morning, epoch: 0 } }]))
}

describe('a store', () => {
  test('[STORE-13] [D02] [F76] holds nothing of a person but sealed: no key, no value, no part of one', async () => {
    await aWorkingDay(open(first))
    const lying = await lyingIn(name())
    expect(canaries.filter((word) => lying.includes(word))).toEqual([])
    // The check can find what lies in clear.
    expect(lying).toContain(callId(1))
    expect(lying).toContain('"TS"')
  })

  test('[STORE-13] [D02] its indexes are over ids, instants, codes and blinds', async () => {
    open(first)
    await value(store.read((database) => database.calls.count()))
    const dexie = await new Dexie(name()).open()
    const keys = dexie.tables.flatMap((table) =>
      table.schema.indexes.map((each) => `${table.name} ${each.name}`),
    )
    dexie.close()
    expect(keys.toSorted()).toEqual([
      'calls [agent+offeredAt]',
      'calls [caller+offeredAt]',
      'calls [category+offeredAt]',
      'calls [employer+offeredAt]',
      'calls [left+offeredAt]',
      'calls agreed',
      'calls end',
      'calls names',
      'calls offeredAt',
      'outbox key',
      'outbox later',
      'outbox parked',
      'outbox since',
      'outbox urgent',
      'tickets dispatchedAt',
      'warnings raisedAt',
    ])
  })

  test('[STORE-16] [F48] [F69] whoever has another key sees no call, no draft, no work order, and sends nothing of it', async () => {
    await aWorkingDay(open(first))
    store.close()
    const other = open(stranger)
    await value(sealAll(store, stranger))
    expect(await value(other.records.page(query))).toEqual([])
    expect(await value(other.records.drafts())).toEqual([])
    expect(await value(other.records.unfinished())).toEqual([])
    expect(await value(other.records.tickets(50))).toEqual([])
    expect(await code(other.records.read(callId(1)))).toBe('failed')
    expect(await value(other.outbox.due(morning, 1_000, 1e9, 0))).toEqual([])
    store.close()
    // Nothing of it is gone: the right key has it all again.
    const again = open(first)
    expect((await value(again.records.read(callId(1))))?.form).toEqual(aForm())
    expect(await value(again.records.drafts())).toEqual([aDraft(2)])
  })

  test('[STORE-16] [D04] unsent work whose key is not here is shown as parked, and goes when the key is back', async () => {
    const mine = open(first)
    await value(mine.records.finish(aRecord(1)))
    store.close()
    const keyless = open(stranger)
    expect(await value(keyless.outbox.due(morning, 10, 1e9, 0))).toEqual([])
    expect(await value(keyless.outbox.list(10))).toMatchObject([
      { id: callId(1), state: 'parked', problem: { text: expect.stringContaining('重新签入') } },
    ])
    store.close()
    const back = open(both)
    await value(back.outbox.retry('all'))
    expect(await value(back.outbox.due(morning, 10, 1e9, 0))).toMatchObject([{ id: callId(1) }])
  })

  test('[STORE-15] [D04] under a new key everything is found and opened as before', async () => {
    await aWorkingDay(open(first))
    const before = await everything({
      records: openRecords(store, first, clock),
      outbox: openOutbox(store, first, clock.now),
      mirror: openMirror(store, first),
    })
    store.close()
    const renewed = open(both)
    await value(sealAll(store, both))
    expect(await everything(renewed)).toEqual(before)
    store.close()
    // Nothing is left under the old one.
    const onlyNew = await openSealer([aStoreKey(2)], globalThis)
    expect(await everything(open(onlyNew))).toEqual(before)
  })

  test('[STORE-15] [SERVER-57] under a new key the numbers told of work orders and warnings go along as before', async () => {
    const { records, outbox } = open(first)
    const report = aReport(1)
    await value(records.file({ ...aFiled(1), ticketId: aDispatch(1).id }, aDispatch(1)))
    await value(records.warn(report))
    const numbers = new Map<string, string>([
      [aDispatch(1).id, '20261123-0009'],
      [report.id, 'YJ20261123-0003'],
    ])
    const rows = await value(outbox.due(morning, 10, 1e9, 0))
    const said = { epoch: 1, at: morning }
    const fates = rows.map((row) => ({
      ...row,
      fate: 'remove' as const,
      number: numbers.get(row.id) ?? null,
      said,
    }))
    await value(outbox.settle(fates))
    store.close()
    const renewed = open(both)
    await value(sealAll(store, both))
    await value(renewed.outbox.sendAgain(2))
    const again = await value(renewed.outbox.due(morning, 10, 1e9, 0))
    expect(new Map(again.flatMap(({ id, told }) => (told === undefined ? [] : [[id, told]])))).toEqual(
      numbers,
    )
  })
})

test('[D06] no settings library’s “encryption key” counts as protection: none is used', () => {
  const folders = ['contract', 'core', 'electron', 'host', 'renderer', 'server']
  const sources = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/.test(name))
      .map((name) => `${folder}/${name}`),
  )
  expect(sources.length).toBeGreaterThan(200)
  expect(sources.filter((path) => readFileSync(path, 'utf8').includes('encryptionKey'))).toEqual([])
})

describe('a store of before', () => {
  const waiting = Array.from({ length: 500 }, (_, at) => ({ kind: 'call' as const, body: aFiled(at + 1) }))
  const content = {
    waiting,
    own: waiting.map(({ body }) => body),
    others: [aSummary(900)],
    journal: [aRecord(901)],
    drafts: [aDraft(902)],
    tickets: [
      { dispatch: aDispatch(1), centre: null },
      { dispatch: aDispatch(2), centre: aTicket(2) },
    ],
    notes: [{ kind: 'audit' as const, body: aNote(5) }],
    reference: aReference({ version: 4 }),
  }

  test('[STORE-15] [F53] is sealed with 500 unsent items, loses nothing and keeps nothing in clear', async () => {
    await storeInClear(name(), content)
    const upgraded = open(first)
    await value(sealAll(store, first))
    const lying = await lyingIn(name())
    expect(canaries.filter((word) => lying.includes(word))).toEqual([])
    const now = await everything(upgraded)
    expect(now.waiting).toEqual(waiting.map((item, at) => ({ seq: at + 1, item })))
    expect(now.own).toEqual(aFiled(1))
    expect(now.drafts).toEqual([aDraft(902)])
    expect(now.unfinished).toEqual([aRecord(901)])
    expect(now.tickets).toEqual([
      { dispatch: aDispatch(2), number: '20261123-0002', centre: aTicket(2) },
      { dispatch: aDispatch(1), number: null, centre: null },
    ])
    expect(now.byNumber).toHaveLength(50)
    expect(await value(upgraded.records.count({ ...query, text: '王建平' }))).toBe(501)
    expect((await value(upgraded.records.reference()))?.version).toBe(4)
    // The note the centre had acknowledged goes again when the centre comes back from a backup.
    await value(upgraded.outbox.sendAgain(1))
    const again = await value(upgraded.outbox.due(morning, 1_000, 1e9, 0))
    expect(again.at(-1)?.id).toBe(aNote(5).id)
  })

  test('[STORE-15] [F46] [F53] a start that stops in the middle of it is gone on with at the next one', async () => {
    await storeInClear(name(), content)
    let seals = 0
    const dying: Sealer = {
      ...first,
      async seal(...given) {
        seals += 1
        if (seals > 300) throw new Error('the power went')
        return first.seal(...given)
      },
    }
    open(dying)
    await expect(sealAll(store, dying)).rejects.toThrow('the power went')
    store.close()
    const upgraded = open(first)
    await value(sealAll(store, first))
    expect((await everything(upgraded)).waiting).toEqual(waiting.map((item, at) => ({ seq: at + 1, item })))
    const lying = await lyingIn(name())
    expect(canaries.filter((word) => lying.includes(word))).toEqual([])
  })
})
