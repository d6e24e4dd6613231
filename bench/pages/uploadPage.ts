// Runs in the browser: fills the seat's real store, then drains it with the real uploader into the real centre;
// and the same records with the peers, and the same bytes as bare POSTs.
import { openLine } from '../../renderer/adapters/centreLine.ts'
import { openStore } from '../../renderer/adapters/database.ts'
import { openMirror } from '../../renderer/adapters/mirror.ts'
import { centreClock } from '../../renderer/adapters/centreClock.ts'
import { openOutbox } from '../../renderer/adapters/outbox.ts'
import { openRecords } from '../../renderer/adapters/records.ts'
import { benchSealer } from '../sealer.ts'
import type { Session } from '../../contract/session.ts'
import { keepSession } from '../../renderer/adapters/session.ts'
import { startSync } from '../../renderer/adapters/syncLoop.ts'
import { systemClock } from '../../renderer/adapters/systemClock.ts'
import { openUplink } from '../../renderer/adapters/uplink.ts'
import { aRecord } from '../material.ts'
import { openPouch, pushAll as pouchPush } from '../peers/pouchStore.ts'
import { openRx, pushAll as rxPush } from '../peers/rxdbStore.ts'

/** `tidiedMs`: until what the centre has is off the disk, too; only ours takes it off. */
export type Drained = { ms: number; firstAckMs: number; bytes: number; tidiedMs?: number }

const records = (run: number, count: number) =>
  Array.from({ length: count }, (_, n) => ({ ...aRecord(n, run), practice: false }))

/** A store just filled still tidies its files: nobody's sending is to share the machine with that. */
const tidyMs = 3_000
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

const clean = async (): Promise<void> => {
  for (const { name } of await indexedDB.databases())
    if (name?.startsWith('bench-')) indexedDB.deleteDatabase(name)
}

const drainOurs = async (run: number, count: number, account: string, password: string): Promise<Drained> => {
  const name = `bench-ours-${run}`
  const store = openStore(name, systemClock)
  const sealer = await benchSealer()
  const kept = openRecords(store, sealer, systemClock)
  const outbox = openOutbox(store, sealer, systemClock.now)
  const mirror = openMirror(store, sealer)
  const line = openLine(location.origin, systemClock)
  const sealed = {
    seal: async (_url: string, { storeKeys }: Session) => storeKeys,
    open: async () => ({ ok: false, problem: { code: 'not_found', text: '' } }) as const,
    destroy: async () => undefined,
    destroyOld: async () => undefined,
  }
  const keepsake = { keep: () => {}, recall: async () => null, forget: () => {} }
  const session = keepSession(line, systemClock, sealed, keepsake)
  const signedIn = await session.signIn({ account, password })
  if (!signedIn.ok) throw new Error(signedIn.problem.text)
  const uplink = openUplink(line, session, systemClock)

  const start = () =>
    startSync({
      name,
      outbox,
      mirror,
      uplink,
      clock: centreClock(systemClock),
      random: Math.random,
      locks: navigator.locks,
    })
  /** Until the centre has nothing new to tell. */
  const caughtUp = async (): Promise<void> => {
    for (let last = -1; ;) {
      await pause(500)
      const cursor = await mirror.cursor()
      if (!cursor.ok) throw new Error(cursor.problem.text)
      if (cursor.value.cursor === last) return
      last = cursor.value.cursor
    }
  }

  // A seat that knows what the rounds before brought, loses the centre, and has the day's work when it comes back.
  const before = start()
  await caughtUp()
  await before.stop()
  const all = records(run, count)
  for (let at = 0; at < count; at += 1000) {
    const answer = await kept.restore(all.slice(at, at + 1000))
    if (!answer.ok) throw new Error(answer.problem.text)
  }
  await pause(tidyMs)
  const started = performance.now()
  let firstAckMs = 0
  const sync = start()
  await new Promise<void>((resolve) => {
    sync.subscribe(() => {
      const { lastStoredAt, waiting, badge } = sync.status()
      if (lastStoredAt !== null) firstAckMs ||= performance.now() - started
      if (lastStoredAt !== null && waiting === 0 && badge === 'synced') resolve()
    })
  })
  const ms = performance.now() - started
  for (;;) {
    const counts = await outbox.counts()
    if (counts.ok && counts.value.waiting === 0) break
    await pause(20)
  }
  const tidiedMs = performance.now() - started
  await sync.stop()
  store.close()
  await clean()
  return { ms, firstAckMs, bytes: 0, tidiedMs }
}

/** The same bytes in batches of 500, one POST after the other, nothing stored. */
const barePost = async (run: number, count: number, url: string): Promise<Drained> => {
  const texts = records(run, count).map((body) => JSON.stringify({ kind: 'call', body }))
  const bodies: string[] = []
  for (let at = 0; at < count; at += 500)
    bodies.push(`{"clientNow":0,"items":[${texts.slice(at, at + 500).join(',')}]}`)
  await pause(tidyMs)
  const started = performance.now()
  let firstAckMs = 0
  for (const body of bodies) {
    await (await fetch(`${url}/null`, { method: 'POST', body })).text()
    firstAckMs ||= performance.now() - started
  }
  return {
    ms: performance.now() - started,
    firstAckMs,
    bytes: bodies.reduce((sum, body) => sum + body.length, 0),
  }
}

const drainRx = async (run: number, count: number, url: string, batch: number): Promise<Drained> => {
  const { db, calls } = await openRx(`bench-rx-${run}-${batch}`)
  await calls.bulkInsert(
    records(run, count).map((body) => ({ id: body.id, offeredAt: body.offeredAt, body })),
  )
  await pause(tidyMs)
  const started = performance.now()
  await rxPush(calls, `${url}/rows`, batch)
  const ms = performance.now() - started
  await db.close()
  await clean()
  return { ms, firstAckMs: 0, bytes: 0 }
}

const drainPouch = async (run: number, count: number, url: string, batch: number): Promise<Drained> => {
  const local = openPouch(`bench-pouch-${run}-${batch}`)
  await local.bulkDocs(records(run, count).map((body) => ({ _id: body.id, body })))
  await pause(tidyMs)
  const started = performance.now()
  await pouchPush(local, `${url}/bench`, batch)
  const ms = performance.now() - started
  await local.destroy()
  return { ms, firstAckMs: 0, bytes: 0 }
}

const bench = { drainOurs, barePost, drainRx, drainPouch }
export type UploadBench = typeof bench
Object.assign(globalThis, { bench })
