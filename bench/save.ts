// Saving a finished call: record and outbox row, sealed, in one strict transaction, beside the same without sealing,
// raw IndexedDB doing the same two puts in clear, and RxDB's bare insert (relaxed, one row). Bulk: 10,000 records with
// their outbox rows at once.
import { fileURLToPath } from 'node:url'
import type { Bench } from './main.ts'
import { bundle, openPage } from './page.ts'
import type { SaveBench } from './pages/savePage.ts'
import { median, ratioOf } from './rows.ts'

declare const bench: SaveBench

export const save: Bench = async ({ rounds }) => {
  const script = await bundle(fileURLToPath(new URL('./pages/savePage.ts', import.meta.url)))
  const runs: Awaited<ReturnType<SaveBench['round']>>[] = []
  const opened = await openPage(script)
  try {
    await opened.page.evaluate(() => bench.round(999, 50, 500))
    for (let run = 0; run < (rounds ?? 7); run++) {
      runs.push(await opened.page.evaluate((n) => bench.round(n, 200, 10_000), run))
      console.error(`round ${run + 1}: ${JSON.stringify(runs.at(-1))}`)
    }
  } finally {
    await opened.close()
  }
  const of = (engine: string, what: 'single' | 'bulk') =>
    runs.map((round) => round[engine]?.[what] ?? Number.NaN)
  const peers = (what: 'single' | 'bulk') => ({
    'ours unsealed': median(of('unsealed', what)),
    'raw strict': median(of('rawStrict', what)),
    'raw relaxed': median(of('rawRelaxed', what)),
    'RxDB insert, relaxed': median(of('rxdb', what)),
  })
  const row = (metric: string, what: 'single' | 'bulk', peer: string, limit: number, name: string) => {
    const ratio = ratioOf(of('ours', what), of(peer, what))
    const goal = `≤ ${limit.toFixed(1)} × ${name}`
    return {
      metric,
      unit: 'ms',
      ours: median(of('ours', what)),
      peers: peers(what),
      ratio,
      goal,
      met: ratio <= limit,
      n: runs.length,
    }
  }
  return [
    row('record + outbox row, strict, p50 of 200', 'single', 'rawStrict', 1.6, 'raw strict'),
    row('record + outbox row, strict, p50 of 200', 'single', 'rxdb', 1.0, 'RxDB bare insert'),
    row('10,000 records + outbox rows at once', 'bulk', 'rawStrict', 1.6, 'raw strict'),
  ]
}
