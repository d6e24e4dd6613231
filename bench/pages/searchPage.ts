// Runs in the browser: a store of many calls, sealed or not, and one question asked of it again and again.
import type { CallQuery, Records } from '../../core/ports.ts'
import { openStore } from '../../renderer/adapters/database.ts'
import { openRecords } from '../../renderer/adapters/records.ts'
import { systemClock } from '../../renderer/adapters/systemClock.ts'
import { plainSealer } from '../../test/fakes/plainSealer.ts'
import { aNamedRecord } from '../material.ts'
import { benchSealer } from '../sealer.ts'

const stores: Record<string, Records> = {}

const must = <T>(answer: { ok: true; value: T } | { ok: false; problem: { text: string } }): T => {
  if (!answer.ok) throw new Error(answer.problem.text)
  return answer.value
}

const fill = async (name: 'sealed' | 'unsealed', count: number): Promise<void> => {
  const sealer = name === 'sealed' ? await benchSealer() : plainSealer
  const records = openRecords(openStore(`bench-search-${name}`, systemClock), sealer, systemClock)
  for (let at = 0; at < count; at += 5_000)
    must(await records.restore(Array.from({ length: 5_000 }, (_, n) => aNamedRecord(at + n))))
  stores[name] = records
}

/** As the page of calls asks: the first rows and how many there are. `number`: a caller's history instead. */
const ask = async (name: string, question: { text?: string; number?: string }) => {
  const records = stores[name]
  if (!records) throw new Error(`${name} is not filled`)
  const query: CallQuery = {
    text: question.text ?? '',
    category: null,
    from: null,
    to: null,
    before: null,
    limit: 100,
  }
  const started = performance.now()
  const found =
    question.number === undefined
      ? (await Promise.all([records.page(query).then(must), records.count(query).then(must)]))[1]
      : must(await records.ofNumber(question.number, 50)).length
  return { ms: performance.now() - started, found }
}

export type SearchBench = { fill: typeof fill; ask: typeof ask }
Object.assign(globalThis, { bench: { fill, ask } satisfies SearchBench })
