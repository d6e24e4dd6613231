// Runs in the browser: one round of saves for ours, sealed and unsealed, and each peer, every engine on a fresh database.
import { done } from '../../contract/answer.ts'
import type { Desk } from '../../contract/ipc.ts'
import type { Sealer } from '../../core/seal/sealer.ts'
import { openStore } from '../../renderer/adapters/database.ts'
import { openRecords } from '../../renderer/adapters/records.ts'
import { deskJournal } from '../../renderer/adapters/secondJournal.ts'
import { systemClock } from '../../renderer/adapters/systemClock.ts'
import { plainSealer } from '../../test/fakes/plainSealer.ts'
import { aRecord, plainRow, plainWaiting } from '../material.ts'
import { benchSealer } from '../sealer.ts'
import { openRaw } from '../peers/rawIndexedDb.ts'
import { openRx } from '../peers/rxdbStore.ts'

type AppendInput = Parameters<Desk['journal.append']>[0]
export type Asked = { id: number; to: 'journal' | 'nothing'; input: AppendInput }
type Appended = Awaited<ReturnType<Desk['journal.append']>>

let socket: WebSocket
const waiting = new Map<number, (value: Appended) => void>()
/** Opens the way to what stands for the desktop's main process. */
const connect = (url: string): Promise<void> =>
  new Promise((resolve) => {
    socket = new WebSocket(url)
    socket.addEventListener('open', () => resolve())
    socket.addEventListener('message', ({ data }: MessageEvent<string>) => {
      const { id, value } = JSON.parse(data) as { id: number; value: Appended }
      waiting.get(id)?.(value)
      waiting.delete(id)
    })
  })
let last = 0
const deskTo = (to: Asked['to']): Parameters<typeof deskJournal>[0] => ({
  'journal.append': (input) =>
    new Promise((resolve) => {
      last += 1
      waiting.set(last, resolve)
      socket.send(JSON.stringify({ id: last, to, input } satisfies Asked))
    }),
  'journal.read': async () => done({ entries: [], next: null }),
})

const p50 = (times: number[]): number =>
  times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN

const each = async (count: number, act: (n: number) => Promise<unknown>): Promise<number> => {
  const times: number[] = []
  for (let n = 0; n < count; n++) {
    const started = performance.now()
    await act(n)
    times.push(performance.now() - started)
  }
  return p50(times)
}

const once = async (act: () => Promise<unknown>): Promise<number> => {
  const started = performance.now()
  await act()
  return performance.now() - started
}

const must = (answer: { ok: boolean }): void => {
  if (!answer.ok) throw new Error('a save failed')
}

const engines: Record<
  string,
  (run: number, singles: number, bulk: number) => Promise<{ single: number; bulk: number }>
> = {
  async ours(run, singles, bulk) {
    return ours('sealed', await benchSealer(), run, singles, bulk)
  },
  async journalled(run, singles, bulk) {
    return ours('journalled', await benchSealer(), run, singles, bulk, deskTo('journal'))
  },
  async bridged(run, singles, bulk) {
    return ours('bridged', await benchSealer(), run, singles, bulk, deskTo('nothing'))
  },
  async unsealed(run, singles, bulk) {
    return ours('unsealed', plainSealer, run, singles, bulk)
  },
  async rawStrict(run, singles, bulk) {
    return raw('strict', run, singles, bulk)
  },
  async rawRelaxed(run, singles, bulk) {
    return raw('relaxed', run, singles, bulk)
  },
  async rxdb(run, singles, bulk) {
    const { db, calls } = await openRx(`bench-rx-${run}`)
    const row = (n: number) => ({ id: aRecord(n, run).id, offeredAt: n, body: aRecord(n, run) })
    const single = await each(singles, (n) => calls.insert(row(n)))
    const many = Array.from({ length: bulk }, (_, n) => row(100_000 + n))
    const time = await once(() => calls.bulkInsert(many))
    await db.close()
    return { single, bulk: time }
  },
}

const ours = async (
  engine: string,
  sealer: Sealer,
  run: number,
  singles: number,
  bulk: number,
  desk: Parameters<typeof deskJournal>[0] | null = null,
) => {
  const name = `bench-${engine}-${run}`
  const store = openStore(name, systemClock, desk && deskJournal(desk, name, systemClock))
  const records = openRecords(store, sealer, systemClock)
  const single = await each(singles, async (n) => must(await records.finish(aRecord(n, run))))
  const many = Array.from({ length: bulk }, (_, n) => aRecord(100_000 + n, run))
  const time = await once(async () => must(await records.restore(many)))
  store.close()
  return { single, bulk: time }
}

/** Raw IndexedDB doing the same work on the same tables: the record's row and the outbox row, one transaction. */
const raw = async (durability: IDBTransactionDurability, run: number, singles: number, bulk: number) => {
  const store = await openRaw(`bench-raw-${durability}-${run}`, durability)
  const outbox = (n: number) => plainWaiting(aRecord(n, run))
  const single = await each(singles, (n) => store.putWithOutbox(plainRow(aRecord(n, run)), outbox(n)))
  const records = Array.from({ length: bulk }, (_, n) => plainRow(aRecord(100_000 + n, run)))
  const rows = records.map((_, n) => outbox(100_000 + n))
  const time = await once(() => store.bulkWithOutbox(records, rows))
  store.close()
  return { single, bulk: time }
}

const round = async (
  run: number,
  singles: number,
  bulk: number,
): Promise<Record<string, { single: number; bulk: number }>> => {
  const out: Record<string, { single: number; bulk: number }> = {}
  // A different one goes first each round, so that none always meets the cold disk.
  const names = Object.keys(engines)
  const order = names.map((_, index) => names[(index + run) % names.length] ?? '')
  for (const name of order) {
    const engine = engines[name]
    if (engine) out[name] = await engine(run, singles, bulk)
    for (const { name: db } of await indexedDB.databases()) if (db) indexedDB.deleteDatabase(db)
  }
  return out
}

const bench = { connect, round }
export type SaveBench = typeof bench
Object.assign(globalThis, { bench })
