// What became of everything the screen was told saved: judged by the checker of the simulation, and counted.
import { isDeepStrictEqual } from 'node:util'
import { CallRecord } from '../../contract/softphone.ts'
import { openDatabase } from '../../server/database.ts'
import { broken } from '../../test/sim/checker.ts'
import { newHistory, type Happening } from '../../test/sim/history.ts'
import type { ToldSaved } from '../pages/chaosPage.ts'
import { machine } from '../rows.ts'

export type Blow =
  | 'seat killed'
  | 'centre killed'
  | 'PostgreSQL killed'
  | 'wire cut'
  | 'store flipped'
  | 'store truncated'
  | 'disk full'
export type Result = {
  readonly database: string
  readonly saved: number
  readonly calls: number
  readonly blows: Readonly<Partial<Record<Blow, number>>>
  readonly refused: number
  readonly lost: number
  readonly duplicated: number
  readonly reordered: number
  readonly wrong: readonly string[]
}

export const judge = async (seen: {
  readonly kind: string
  readonly account: string
  readonly saved: readonly ToldSaved[]
  readonly blows: Result['blows']
  readonly refused: number
  readonly parked: readonly { readonly id: string; readonly rev: number }[]
  readonly badge: string
  readonly data: string
  readonly databaseUrl: string | null
}): Promise<Result> => {
  const database = await openDatabase({ url: seen.databaseUrl, folder: seen.data })
  const rows = await database.rows<{ id: string; rev: number; body: unknown }>(
    'select id, rev, body from call_records where agent = $1',
    [seen.account],
  )
  await database.close()
  const history = newHistory(() => 0)
  const store = `seat:${seen.account}`
  for (const [seq, { id, rev }] of seen.saved.entries()) {
    history.add({ what: 'put', store, seq, kind: 'call', id, rev })
    history.add({ what: 'told', store, kind: 'call', id, rev })
  }
  for (const { id, rev } of rows) history.add({ what: 'stored', kind: 'call', id, rev, number: null })
  for (const { id, rev } of rows) history.add({ what: 'held', kind: 'call', id, rev })
  const things = seen.parked.map(({ id, rev }) => ({ kind: 'call' as const, id, rev }))
  history.add({
    what: 'rested',
    store,
    waiting: [],
    parked: things,
    missed: [],
    badge: seen.badge,
    wrongByMs: 0,
  })
  const all: readonly Happening[] = history.all
  const wrong = broken(all).map(({ promise, how }) => `${promise}: ${how}`)
  const newest = new Map<string, ToldSaved>()
  for (const each of seen.saved) if ((newest.get(each.id)?.rev ?? 0) < each.rev) newest.set(each.id, each)
  const held = new Map(rows.map((row) => [row.id, row]))
  const told = [...newest.values()]
  const isOther = ({ id, rev, body }: ToldSaved): boolean => {
    const row = held.get(id)
    if (row === undefined) return false
    return (
      row.rev < rev ||
      (row.rev === rev && !isDeepStrictEqual(CallRecord.parse(row.body), CallRecord.parse(body)))
    )
  }
  return {
    database: seen.kind,
    saved: seen.saved.length,
    calls: told.length,
    blows: seen.blows,
    refused: seen.refused,
    lost: told.filter(({ id }) => !held.has(id)).length,
    duplicated: rows.length - held.size,
    reordered: told.filter(isOther).length,
    wrong,
  }
}

export const report = (results: readonly Result[], command: string): string => {
  const blows = [...new Set(results.flatMap((result) => Object.keys(result.blows)))] as Blow[]
  const line = (name: string, of: (result: Result) => string | number): string =>
    `| ${name} | ${results.map(of).join(' | ')} |`
  return [
    '# Chaos on real parts',
    '',
    `\`${command}\`, ${machine()}.`,
    'A seat in a real Chromium saves calls and forms without end; browser, centre and PostgreSQL are ended with kill -9, the',
    'wire is cut at a random byte, the disk filled, the store’s files damaged. Then everything the screen was told saved is',
    'compared with what the centre holds, by the checker of the simulation (`test/sim/checker.ts`).',
    '',
    line('', ({ database }) => database),
    `| --- | ${results.map(() => '---').join(' | ')} |`,
    line('calls told saved (revisions)', ({ calls, saved }) => `${calls} (${saved})`),
    ...blows.map((blow) => line(blow, (result) => result.blows[blow] ?? 0)),
    line('saves said to have failed', ({ refused }) => refused),
    line('**lost**', ({ lost }) => lost),
    line('**duplicated**', ({ duplicated }) => duplicated),
    line('**reordered**', ({ reordered }) => reordered),
    line('promises broken', ({ wrong }) => wrong.length),
    '',
    'A browser has no second journal: its store’s files are damaged when the centre has everything, the seat works on them',
    'until that is sent too, and then they are retired. In a run that left them in use, 58 of 1,867 calls were lost that had',
    'been saved on a store cut in half and not sent before the browser was killed. On the desktop the second journal is there',
    'for that; it is tested with the desktop.',
    '',
  ].join('\n')
}
