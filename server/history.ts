// [SERVER-49] Notices that the database was put back to an earlier day by other hands than `server restore`: a copied folder,
// a snapshot of the machine, PostgreSQL's own tools. At every start the numbers of changes leap to the present. A seat whose
// cursor lies within a leap heard of changes that are lost here: the epoch grows, and all seats send again what they have.
import { addAudit } from './audit.ts'
import type { Centre } from './centre.ts'
import { traceOf, type Database, type Queries } from './database.ts'
import { skipNumbers } from './dispatch.ts'

/** The highest change there is, as SQL. It never falls: rows are not deleted, and a changed one moves to the end. */
export const lastChange = `greatest(
  (select coalesce(max(change), 0) from call_records), (select coalesce(max(change), 0) from tickets),
  (select coalesce(max(change), 0) from warnings))`

/** No change is numbered between the two, and no seat is told a cursor between them. */
export interface Leap {
  readonly last: number
  /** Whose predecessor may be told: all before it is. */
  readonly first: number
}

export const readLeaps = (queries: Queries): Promise<Leap[]> =>
  queries.rows<Leap>('select last, first from starts')

/** Is the cursor $2 one that was told by a database that has been put back since? As SQL. */
const isUnnoticed = 'last < $2::bigint and $2::bigint < first - 1 and noticed_at is null'
export const isLost = `exists (select from starts where ${isUnnoticed})`

const epochOf = async (queries: Queries): Promise<number> =>
  (await queries.rows<{ epoch: number }>('select epoch from centre'))[0]?.epoch ?? 0

/** Once per start, before anybody is served. */
export const beginHistory = (database: Database, now: number): Promise<void> =>
  database.transaction(async (queries) => {
    await queries.rows('select pg_advisory_xact_lock(12352)')
    const [before] = await queries.rows<{ epoch: number }>(
      'select epoch from starts order by first desc limit 1',
    )
    const [stands] = await queries.rows<{ last: number; numbered: number }>(
      `select ${lastChange} as last, last_value as numbered from change_order`,
    )
    const { last, numbered } = stands ?? { last: 0, numbered: 0 }
    const epoch = await epochOf(queries)
    const isNew = before === undefined && last === 0
    // Milliseconds: no centre stores a thousand changes a second for days, so no number of a lost time lies ahead.
    const first = isNew ? numbered : Math.max(numbered + 1, now)
    await queries.rows(`select setval('change_order', $1, false)`, [first])
    await queries.rows(
      'insert into starts (first, last, epoch, started_at, noticed_at) values ($1, $2, $3, $4, $5)',
      // Another epoch: `server restore` was here and has said so.
      [first, last, epoch, now, before !== undefined && before.epoch !== epoch ? now : null],
    )
  })

/** [SERVER-35] Later than every epoch this centre ever had, also when the same backup is put back twice. */
export const beginEpoch = async (
  queries: Queries,
  known: readonly number[],
  now: number,
): Promise<number> => {
  const epoch = Math.max(...known.map((each) => each + 1), Math.floor(now / 60_000))
  await queries.rows('update centre set epoch = $1', [epoch])
  await skipNumbers(queries, now)
  return epoch
}

type Ground = Pick<Centre, 'database' | 'identity' | 'now' | 'log' | 'feed' | 'pages'>

/** What lies written down for seats is of the time before; they look at once. */
const take = ({ identity, pages, feed }: Ground, epoch: number): void => {
  if (identity.epoch === epoch) return
  identity.epoch = epoch
  pages.forget()
  feed.nudge('calls', () => true)
}

/** A seat has shown that this database went back: once per start, however many seats show it. */
export const noticeLoss = async (centre: Ground, cursor: number, account: string): Promise<void> => {
  const { database, now, log } = centre
  const epoch = await database.transaction(async (queries) => {
    const noticed = await queries.rows(
      `update starts set noticed_at = $1 where ${isUnnoticed} returning first`,
      [now(), cursor],
    )
    const present = await epochOf(queries)
    if (noticed.length === 0) return present
    const next = await beginEpoch(queries, [present], now())
    await queries.rows('update starts set epoch = $1', [next])
    await addAudit(queries, { at: now(), account, what: 'centre.wentBack', subject: `${present} ${next}` })
    log('error', 'centre.wentBack', { epoch: next })
    return next
  })
  take(centre, epoch)
}

const lookMs = 5_000

/** A second process on this database may have noticed it. */
export const followEpoch = (centre: Ground): (() => Promise<void>) => {
  const timer = setInterval(() => {
    void epochOf(centre.database).then(
      (epoch) => take(centre, epoch),
      (error: unknown) => centre.log('warn', 'epoch.unknown', { trace: traceOf(error) }),
    )
  }, lookMs)
  return async () => clearInterval(timer)
}
