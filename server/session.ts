// Signing in and staying in: opaque random tokens (15 minutes), a refresh token that is used once (a shift),
// lockout after wrong passwords. Only hashes of tokens are stored.
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { done } from '../contract/answer.ts'
import type { Session } from '../contract/session.ts'
import { accountColumns, accountOf, type AccountRow } from './accounts.ts'
import { addAudit } from './audit.ts'
import { callerOf, type Caller, type Centre, type Handler } from './centre.ts'
import type { Queries } from './database.ts'
import { checkNobody, checkPassword } from './passwords.ts'
import { problems } from './problems.ts'
import { isNewcomer } from './newcomers.ts'
import { storeKeysOf } from './storeKeys.ts'

const minute = 60_000
export const tokenMs = 15 * minute
export const shiftMs = 12 * 60 * minute
export const lockMs = 15 * minute
export const mostFailures = 5
/** How long the last refresh token is good once more, for a seat that never got the answer. */
export const lostAnswerMs = minute

const newToken = (): string => randomBytes(32).toString('base64url')
const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex')

interface SessionRow {
  readonly id: string
  readonly account: string
  readonly ends_at: number
  readonly refresh_hash: string
  readonly previous_hash: string | null
  readonly rotated_at: number
  readonly closed_at: number | null
}

const addToken = async (queries: Queries, session: string, endsAt: number, now: number) => {
  const token = newToken()
  const tokenExpiresAt = Math.min(now + tokenMs, endsAt)
  await queries.rows('insert into access_tokens (hash, session, expires_at) values ($1, $2, $3)', [
    hashOf(token),
    session,
    tokenExpiresAt,
  ])
  return { token, tokenExpiresAt }
}

/** [SESSION-9] A lead has a telephone but takes no calls from the queue: they are called to help. */
const sipFor = (centre: Centre, row: AccountRow): Session['sip'] => {
  const sip = row.extension === null ? null : centre.sipOf(row.extension)
  return sip && row.role !== 'agent' ? { ...sip, queueCodes: null } : sip
}

const sessionFor = (
  centre: Centre,
  row: AccountRow,
  given: Pick<Session, 'token' | 'tokenExpiresAt' | 'refreshToken' | 'storeKeys'>,
): Session => ({
  account: accountOf(row),
  newcomer: centre.identity.practice && isNewcomer(row.id),
  ...given,
  sip: sipFor(centre, row),
  centre: centre.identity,
  serverNow: centre.now(),
})

/** A new session for an account whose right to it was proved; the newest one owns the seat. */
export const openFor = async (centre: Centre, row: AccountRow, address: string): Promise<Session> => {
  const now = centre.now()
  const session = randomUUID()
  const refreshToken = newToken()
  const endsAt = now + shiftMs
  const given = await centre.database.transaction(async (queries) => {
    await queries.rows('delete from access_tokens where expires_at < $1', [now - minute])
    await queries.rows('update accounts set failures = 0 where id = $1', [row.id])
    await queries.rows(
      `insert into sessions (id, account, opened_at, ends_at, refresh_hash, rotated_at)
       values ($1, $2, $3, $4, $5, $3)`,
      [session, row.id, now, endsAt, hashOf(refreshToken)],
    )
    await addAudit(queries, { at: now, account: row.id, what: 'signIn', address })
    const storeKeys = await storeKeysOf(queries, row.id, now)
    return { ...(await addToken(queries, session, endsAt, now)), storeKeys }
  })
  if (row.extension !== null) centre.feed.displace(row.id, session)
  return sessionFor(centre, row, { ...given, refreshToken })
}

export const openSession: Handler<'session.open'> = async (input, { address }, centre) => {
  const now = centre.now()
  const wait = centre.limits('signIn', address)
  if (wait > 0) return problems.tooMany(wait)
  const [row] = await centre.database.rows<
    AccountRow & { password: string; failures: number; failed_at: number }
  >(`select ${accountColumns}, a.password, a.failures, a.failed_at from accounts a where a.id = $1`, [
    input.account,
  ])
  if (row === undefined || row.disabled) {
    await checkNobody(input.password)
    await addAudit(centre.database, { at: now, account: row?.id ?? null, what: 'signIn.unknown', address })
    return problems.wrongPassword()
  }
  const lockedFor = row.failures >= mostFailures ? row.failed_at + lockMs - now : 0
  if (lockedFor > 0) {
    await addAudit(centre.database, { at: now, account: row.id, what: 'signIn.locked', address })
    return problems.locked(lockedFor)
  }
  if (!(await checkPassword(input.password, row.password))) {
    // Counted in the database, so that parallel guesses all count; an old series does not.
    const [counted] = await centre.database.rows<{ failures: number }>(
      `update accounts set failures = case when failed_at < $2 - $3::bigint then 1 else failures + 1 end,
         failed_at = $2::bigint where id = $1 returning failures`,
      [row.id, now, lockMs],
    )
    await addAudit(centre.database, { at: now, account: row.id, what: 'signIn.failed', address })
    return (counted?.failures ?? 0) >= mostFailures ? problems.locked(lockMs) : problems.wrongPassword()
  }
  // A whole room may come back at once behind one address: only what failed counts against it.
  centre.limits.giveBack('signIn', address)
  return done(await openFor(centre, row, address))
}

type Refreshed = { row: AccountRow } & Parameters<typeof sessionFor>[2]

export const refreshSession: Handler<'session.refresh'> = async (input, { address }, centre) => {
  const now = centre.now()
  const hash = hashOf(input.refreshToken)
  const result = await centre.database.transaction(async (queries): Promise<Refreshed | 'copied' | null> => {
    const [session] = await queries.rows<SessionRow>(
      `select s.* from sessions s where s.refresh_hash = $1
         or s.id = (select session from spent_tokens where hash = $1) for update`,
      [hash],
    )
    if (session === undefined || session.closed_at !== null || session.ends_at <= now) return null
    const answerLost = session.previous_hash === hash && now - session.rotated_at <= lostAnswerMs
    if (session.refresh_hash !== hash && !answerLost) {
      await queries.rows('update sessions set closed_at = $2 where id = $1', [session.id, now])
      await queries.rows('delete from access_tokens where session = $1', [session.id])
      await addAudit(queries, { at: now, account: session.account, what: 'signIn.tokenCopied', address })
      return 'copied'
    }
    const [row] = await queries.rows<AccountRow>(`select ${accountColumns} from accounts a where a.id = $1`, [
      session.account,
    ])
    if (row === undefined || row.disabled) return null
    const refreshToken = newToken()
    await queries.rows(
      `insert into spent_tokens (hash, session) values ($1, $2) on conflict (hash) do nothing`,
      [session.refresh_hash, session.id],
    )
    await queries.rows(
      `update sessions set refresh_hash = $2, previous_hash = $3, rotated_at = $4 where id = $1`,
      [session.id, hashOf(refreshToken), hash, now],
    )
    const storeKeys = await storeKeysOf(queries, row.id, now)
    return { row, refreshToken, storeKeys, ...(await addToken(queries, session.id, session.ends_at, now)) }
  })
  if (result === null || result === 'copied') return problems.notSignedIn()
  const { row, ...given } = result
  return done(sessionFor(centre, row, given))
}

export const closeSession: Handler<'session.close'> = async (_input, asking, centre) => {
  const { account, session } = callerOf(asking)
  const now = centre.now()
  await centre.database.transaction(async (queries) => {
    await queries.rows('update sessions set closed_at = $2 where id = $1', [session, now])
    await queries.rows('delete from access_tokens where session = $1', [session])
    await addAudit(queries, { at: now, account: account.id, what: 'signOut', address: asking.address })
  })
  centre.feed.signedOut(account.id, session)
  return done(null)
}

/** Who holds this token now; null when it is unknown, run out, or its account was disabled. */
export const authenticate = async (queries: Queries, token: string, now: number): Promise<Caller | null> => {
  const [row] = await queries.rows<AccountRow & { session: string }>(
    `select ${accountColumns}, s.id as session
     from access_tokens t join sessions s on s.id = t.session join accounts a on a.id = s.account
     where t.hash = $1 and t.expires_at > $2 and s.closed_at is null and s.ends_at > $2 and not a.disabled`,
    [hashOf(token), now],
  )
  return row === undefined
    ? null
    : { account: accountOf(row), extension: row.extension, session: row.session }
}

/** Which of these sessions are still alive, through whatever token they hold by now? */
export const livingSessions = async (
  queries: Queries,
  sessions: readonly string[],
  now: number,
): Promise<ReadonlySet<string>> => {
  const rows = await queries.rows<{ id: string }>(
    `select s.id from sessions s join accounts a on a.id = s.account
     where s.id = any($1::uuid[]) and s.closed_at is null and s.ends_at > $2 and not a.disabled
       and exists (select 1 from access_tokens t where t.session = s.id and t.expires_at > $2)`,
    [sessions, now],
  )
  return new Set(rows.map((row) => row.id))
}
