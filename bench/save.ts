// Saving a finished call: record and outbox row, sealed, in one strict transaction; beside it the same with the second
// journal synced too, the same without sealing, raw IndexedDB doing the same two puts in clear, and RxDB's bare insert
// (relaxed, one row). Bulk: 10,000 records with their outbox rows at once.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { done } from '../contract/answer.ts'
import type { Desk } from '../contract/ipc.ts'
import { realDisk } from '../electron/journalDisk.ts'
import type { StoreJournal } from '../electron/journalSegments.ts'
import { openStoreJournal, usualLimits } from '../electron/journalSegments.ts'
import type { Bench } from './main.ts'
import { bundle, openPage } from './page.ts'
import type { SaveBench } from './pages/savePage.ts'
import { median, ratioOf } from './rows.ts'

declare const bench: SaveBench

/** The second journal's own files and syncs, reached over a bridge slower than the desktop's. */
const benchJournal = (folder: string): Desk['journal.append'] => {
  const stores = new Map<string, Promise<StoreJournal>>()
  const storeOf = (name: string): Promise<StoreJournal> => {
    const parts = { disk: realDisk(folder), folder: name, limits: usualLimits, takeReserve: async () => null }
    const opening = stores.get(name) ?? openStoreJournal(parts)
    stores.set(name, opening)
    return opening
  }
  return async ({ store, saves }) => {
    const journal = await storeOf(store)
    const seqs = saves.map(({ puts, drops }) =>
      journal.append(
        puts.map(({ key, rev, sealed }) => ({ key, rev, bytes: Buffer.from(sealed, 'base64') })),
        drops,
      ),
    )
    return done({ seqs: await Promise.all(seqs) })
  }
}

export const save: Bench = async ({ rounds }) => {
  const script = await bundle(fileURLToPath(new URL('./pages/savePage.ts', import.meta.url)))
  const runs: Awaited<ReturnType<SaveBench['round']>>[] = []
  const opened = await openPage(script)
  const folder = mkdtempSync(join(tmpdir(), 'bench-journal-'))
  try {
    await opened.page.exposeFunction('benchAppend', benchJournal(folder))
    await opened.page.evaluate(() => bench.round(999, 50, 500))
    for (let run = 0; run < (rounds ?? 7); run++) {
      runs.push(await opened.page.evaluate((n) => bench.round(n, 200, 10_000), run))
      console.error(`round ${run + 1}: ${JSON.stringify(runs.at(-1))}`)
    }
  } finally {
    await opened.close()
    rmSync(folder, { recursive: true })
  }
  const of = (engine: string, what: 'single' | 'bulk') =>
    runs.map((round) => round[engine]?.[what] ?? Number.NaN)
  const peers = (what: 'single' | 'bulk') => ({
    'ours with second journal': median(of('journalled', what)),
    'ours unsealed': median(of('unsealed', what)),
    'raw strict': median(of('rawStrict', what)),
    'raw relaxed': median(of('rawRelaxed', what)),
    'RxDB insert, relaxed': median(of('rxdb', what)),
  })
  const row = (
    metric: string,
    what: 'single' | 'bulk',
    peer: string,
    limit: number,
    name: string,
    engine = 'ours',
  ) => {
    const ratio = ratioOf(of(engine, what), of(peer, what))
    const goal = `≤ ${limit.toFixed(1)} × ${name}`
    return {
      metric,
      unit: 'ms',
      ours: median(of(engine, what)),
      peers: peers(what),
      ratio,
      goal,
      met: ratio <= limit,
      n: runs.length,
    }
  }
  return [
    row('record + outbox row, strict, p50 of 200', 'single', 'rawStrict', 1.6, 'raw strict'),
    row(
      'the same, second journal synced too, over the bench’s bridge',
      'single',
      'rawStrict',
      1.6,
      'raw strict',
      'journalled',
    ),
    row('record + outbox row, strict, p50 of 200', 'single', 'rxdb', 1.0, 'RxDB bare insert'),
    row('10,000 records + outbox rows at once', 'bulk', 'rawStrict', 1.6, 'raw strict'),
  ]
}
