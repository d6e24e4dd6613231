// Saving a finished call: record and outbox row, sealed, in one strict transaction; beside it the same with the second
// journal synced too, the same without sealing, raw IndexedDB doing the same two puts in clear, and RxDB's bare insert
// (relaxed, one row). Bulk: 10,000 records with their outbox rows at once.
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { WebSocketServer } from 'ws'
import { done } from '../contract/answer.ts'
import type { Desk } from '../contract/ipc.ts'
import { realDisk } from '../electron/journalDisk.ts'
import { world } from '../electron/journalWorld.ts'
import type { StoreJournal } from '../core/journal/storeJournal.ts'
import { openStoreJournal, usualLimits } from '../core/journal/storeJournal.ts'
import type { Bench } from './main.ts'
import { bundle, listen, openPage } from './page.ts'
import type { Asked, SaveBench } from './pages/savePage.ts'
import { median, ratioOf } from './rows.ts'

declare const bench: SaveBench

/** The second journal's own files and syncs. */
const benchJournal = (folder: string): Desk['journal.append'] => {
  const stores = new Map<string, Promise<StoreJournal>>()
  const storeOf = (name: string): Promise<StoreJournal> => {
    const parts = {
      disk: realDisk(folder),
      world,
      folder: name,
      limits: usualLimits,
      takeReserve: async () => null,
    }
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

/** A socket in place of the desktop's channel between page and main process: the journal, or nothing at all behind it. */
const openBridge = async (folder: string) => {
  const append = benchJournal(folder)
  const server = createServer()
  new WebSocketServer({ server }).on('connection', (socket) =>
    socket.on('message', (data) => {
      const { id, to, input } = JSON.parse(String(data)) as Asked
      const nothing = async () => done({ seqs: input.saves.map((_, at) => at) })
      void (to === 'journal' ? append(input) : nothing()).then((value) =>
        socket.send(JSON.stringify({ id, value })),
      )
    }),
  )
  const port = await listen(server)
  return { url: `ws://127.0.0.1:${port}`, close: () => server.close() }
}

export const save: Bench = async ({ rounds }) => {
  const script = await bundle(fileURLToPath(new URL('./pages/savePage.ts', import.meta.url)))
  const runs: Awaited<ReturnType<SaveBench['round']>>[] = []
  const opened = await openPage(script)
  const folder = mkdtempSync(join(tmpdir(), 'bench-journal-'))
  const bridge = await openBridge(folder)
  try {
    await opened.page.evaluate((url) => bench.connect(url), bridge.url)
    await opened.page.evaluate(() => bench.round(999, 50, 500))
    for (let run = 0; run < (rounds ?? 7); run++) {
      runs.push(await opened.page.evaluate((n) => bench.round(n, 200, 10_000), run))
      console.error(`round ${run + 1}: ${JSON.stringify(runs.at(-1))}`)
    }
  } finally {
    await opened.close()
    bridge.close()
    rmSync(folder, { recursive: true })
  }
  const of = (engine: string, what: 'single' | 'bulk') =>
    runs.map((round) => round[engine]?.[what] ?? Number.NaN)
  const peers = (what: 'single' | 'bulk') => ({
    'ours with second journal': median(of('journalled', what)),
    'ours, bridge to nothing': median(of('bridged', what)),
    'ours unsealed': median(of('unsealed', what)),
    'raw strict': median(of('rawStrict', what)),
    'raw relaxed': median(of('rawRelaxed', what)),
    'RxDB insert, relaxed': median(of('rxdb', what)),
  })
  const row = (
    metric: string,
    what: 'single' | 'bulk',
    peer: string,
    limit: number | null,
    name: string,
    engine = 'ours',
  ) => {
    const ratio = ratioOf(of(engine, what), of(peer, what))
    const goal = limit === null ? null : `≤ ${limit.toFixed(1)} × ${name}`
    return {
      metric,
      unit: 'ms',
      ours: median(of(engine, what)),
      peers: peers(what),
      ratio,
      goal,
      met: limit === null ? null : ratio <= limit,
      n: runs.length,
    }
  }
  return [
    row('record + outbox row, strict, p50 of 200', 'single', 'rawStrict', 1.6, 'raw strict'),
    row(
      'the same, second journal synced too, over a socket',
      'single',
      'rawStrict',
      null,
      'raw strict',
      'journalled',
    ),
    row('record + outbox row, strict, p50 of 200', 'single', 'rxdb', 1.0, 'RxDB bare insert'),
    row('10,000 records + outbox rows at once', 'bulk', 'rawStrict', 1.6, 'raw strict'),
  ]
}
