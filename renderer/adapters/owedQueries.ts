// The Records port, the half that looks, where calls are looked for however many others lie between: who waits for a call of
// ours, what one agent had, calls about one employer. All of it by marks of the rows: only what is shown is opened.
import type { CallSummary } from '../../contract/softphone.ts'
import type { Answer } from '../../contract/answer.ts'
import { done } from '../../contract/answer.ts'
import type { Records } from '../../core/ports.ts'
import type { Sealer } from '../../core/seal/sealer.ts'
import { employerText } from '../../core/sync/searchKeys.ts'
import type { WaitingQuery } from '../../core/wrapup/callBacks.ts'
import { leftOpen, wasMissed } from '../../core/wrapup/callBacks.ts'
import type { SeatDatabase, SeatStore } from './database.ts'
import { openAll, openSummary } from './sealedRows.ts'
import type { CallRow } from './storedRows.ts'
import { answered, inOne } from './transaction.ts'

const newestFirst = (one: CallRow, other: CallRow): number => other.offeredAt - one.offeredAt

/** Of each caller one call, the last. */
const lastOfEach = (rows: readonly CallRow[]): readonly CallRow[] => {
  const last = new Map<string, CallRow>()
  for (const row of rows)
    if (row.caller !== undefined && row.offeredAt >= (last.get(row.caller)?.offeredAt ?? 0))
      last.set(row.caller, row)
  return [...last.values()]
}

/** For each of these calls what came of its caller after it. One transaction: they may be a thousand. */
const laterCalls = (
  database: SeatDatabase,
  rows: readonly CallRow[],
): Promise<readonly (readonly CallRow[])[]> =>
  inOne(database, 'readonly', ['calls'], (tables) => {
    const byCaller = tables('calls').index('[caller+offeredAt]')
    const after = async ({ caller, offeredAt }: CallRow): Promise<CallRow[]> =>
      caller === undefined
        ? []
        : answered(byCaller.getAll(IDBKeyRange.bound([caller, offeredAt], [caller, Infinity], true)))
    return Promise.all(rows.map(after))
  })

const waiting = async (database: SeatDatabase, query: WaitingQuery): Promise<readonly CallRow[]> => {
  const { calls } = database
  const lefts = leftOpen(query)
  const isLeftOpen = ({ left }: CallRow): boolean => left !== undefined && lefts.has(left)
  const [agreed, ...since] = await Promise.all([
    calls.where('agreed').aboveOrEqual(query.agreedFrom).toArray(),
    ...[...lefts].map((left) =>
      calls.where('[left+offeredAt]').between([left, query.from], [left, Infinity], true, true).toArray(),
    ),
  ])
  const wanted = lastOfEach([...agreed.filter(isLeftOpen), ...since.flat()])
  const later = await laterCalls(database, wanted)
  return wanted.flatMap((row, at) => {
    const all = [row, ...(later[at] ?? [])].toSorted(newestFirst)
    // One without a time, from before `from`, may have come after the one agreed.
    const last = all.findIndex(isLeftOpen)
    return all.slice(0, last).some(({ spoken }) => spoken === 1) ? [] : all.slice(last, last + 1)
  })
}

const ofAgent = ({ calls }: SeatDatabase, agent: string, from: number): Promise<CallRow[]> =>
  calls.where('[agent+offeredAt]').between([agent, from], [agent, Infinity], true, true).reverse().toArray()

type Looking = Pick<Records, 'waiting' | 'ofAgent' | 'missed' | 'countAbout'>

export const owedQueries = (store: SeatStore, sealer: Sealer): Looking => {
  const opened = (rows: readonly CallRow[]): Promise<CallSummary[]> =>
    openAll(rows, (row) => openSummary(sealer, row))
  const read = (
    look: (database: SeatDatabase) => Promise<readonly CallRow[]>,
  ): Promise<Answer<readonly CallSummary[]>> => store.read(async (database) => opened(await look(database)))
  return {
    waiting: (query) => read((database) => waiting(database, query)),
    ofAgent: (agent, from) => read((database) => ofAgent(database, agent, from)),
    missed: (agent, from) =>
      read(async (database) => {
        const unspoken = (await ofAgent(database, agent, from)).filter(({ spoken }) => spoken === undefined)
        const missed = new Set((await opened(unspoken)).filter(wasMissed).map(({ id }) => String(id)))
        const rows = unspoken.filter(({ id }) => missed.has(id))
        const later = await laterCalls(database, rows)
        return [...new Map([...rows, ...later.flat()].map((row) => [row.id, row])).values()]
      }),
    async countAbout(employer, from, except) {
      const text = employerText(employer)
      if (text === null) return done(0)
      const about = await sealer.blind(text)
      return store.read(async ({ calls }) => {
        const ids = await calls
          .where('[employer+offeredAt]')
          .between([about, from], [about, Infinity], true, true)
          .primaryKeys()
        return ids.filter((id) => id !== except).length
      })
    },
  }
}
