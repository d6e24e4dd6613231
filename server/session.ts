// Signing in and staying in: opaque random tokens (15 minutes), a refresh token that is used once (a shift),
// lockout after wrong passwords. Only hashes of tokens are stored.
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { done, type Answer } from '../contract/answer.ts'
import { AccountId } from '../contract/ids.ts'
import { StoreKeys } from '../contract/seal.ts'
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

// [SESSION-12] Everything of a session is written by one statement, which also tells the keys: on the embedded database
// every question put stands in line behind whole pushes. Sessions that ran out are closed by it (SESSION-17).
const opening = `
with run_out as (delete from access_tokens where expires_at < $3::bigint - ${minute}),
  over as (
    update sessions set closed_at = ends_at where account = $2 and closed_at is null and ends_at < $3::bigint
    returning id, previous_hash),
  forgotten as (
    delete from spent_tokens t using over where t.session = over.id and t.hash <> over.previous_hash),
  forgiven as (update accounts set failures = 0 where id = $2 and failures > 0),
  opened as (
    insert into sessions (id, account, opened_at, ends_at, refresh_hash, rotated_at)
    values ($1, $2, $3::bigint, $4::bigint, $5, $3::bigint)),
  noted as (
    insert into audit (at, account, what, address, received_at)
    values ($3::bigint, $2, 'signIn', $6, $3::bigint)),
  given as (insert into access_tokens (hash, session, expires_at) values ($7, $1, $8::bigint))
select id, key from store_keys where account = $2 order by made_at, id`

/** Those found, or the first one of an account that has none yet. */
const keysFrom = async (
  { database }: Centre,
  account: string,
  found: readonly object[],
  now: number,
): Promise<StoreKeys> =>
  found.length > 0
    ? StoreKeys.parse(found)
    : database.transaction((queries) => storeKeysOf(queries, account, now))

/** A new session for an account whose right to it was proved; the newest one owns the seat. */
export const openFor = async (centre: Centre, row: AccountRow, address: string): Promise<Session> => {
  const now = centre.now()
  const session = randomUUID()
  const [token, refreshToken] = [newToken(), newToken()]
  const tokenExpiresAt = now + tokenMs
  const found = await centre.database.rows(opening, [
    session,
    row.id,
    now,
    now + shiftMs,
    hashOf(refreshToken),
    address,
    hashOf(token),
    tokenExpiresAt,
  ])
  const storeKeys = await keysFrom(centre, row.id, found, now)
  if (row.extension !== null) centre.feed.displace(row.id, session)
  return sessionFor(centre, row, { token, tokenExpiresAt, refreshToken, storeKeys })
}

/** [SESSION-13] Where it was told stands in the audit: that computer lets go of the account. */
const tellClosed = async (centre: Centre, account: string, address: string): Promise<Answer<never>> => {
  await addAudit(centre.database, { at: centre.now(), account, what: 'signIn.closed', address })
  return problems.accountClosed({ account: AccountId.parse(account), centre: centre.identity.id })
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
  if (row === undefined) {
    await checkNobody(input.password)
    await addAudit(centre.database, { at: now, account: null, what: 'signIn.unknown', address })
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
  if (row.disabled) return tellClosed(centre, row.id, address)
  // A whole room may come back at once behind one address: only what failed counts against it.
  centre.limits.giveBack('signIn', address)
  return done(await openFor(centre, row, address))
}

/** [SESSION-12] The session this refresh token still buys a token of, if there is one, and all that changes with it. */
const renewing = `
with found as (
    select s.id, s.account, s.ends_at, s.refresh_hash from sessions s join accounts a on a.id = s.account
    where (s.refresh_hash = $1 or s.id = (select session from spent_tokens where hash = $1))
      and (s.refresh_hash = $1 or (s.previous_hash = $1 and $2::bigint - s.rotated_at <= ${lostAnswerMs}))
      and s.closed_at is null and s.ends_at > $2::bigint and not a.disabled
    for update of s),
  spent as (
    insert into spent_tokens (hash, session) select refresh_hash, id from found on conflict (hash) do nothing),
  rotated as (
    update sessions s set refresh_hash = $3, previous_hash = $1, rotated_at = $2::bigint from found
    where s.id = found.id),
  given as (
    insert into access_tokens (hash, session, expires_at)
    select $4, id, least($2::bigint + ${tokenMs}, ends_at) from found returning expires_at)
select ${accountColumns}, given.expires_at as "expiresAt",
  (select json_agg(json_build_object('id', k.id, 'key', k.key) order by k.made_at, k.id)
   from store_keys k where k.account = a.id) as keys
from found join accounts a on a.id = found.account cross join given`

/** One that was used and does not count as a lost answer any more was copied: its session ends. */
const endCopied = `
with copied as (
    update sessions set closed_at = $2::bigint
    where closed_at is null and ends_at > $2::bigint and id = (select session from spent_tokens where hash = $1)
    returning id, account),
  ended as (delete from access_tokens where session in (select id from copied))
insert into audit (at, account, what, address, received_at)
select $2::bigint, account, 'signIn.tokenCopied', $3, $2::bigint from copied returning account`

/** [SESSION-13] The closed account this token was once good for. */
const closedOf = `
select a.id from sessions s join accounts a on a.id = s.account
where a.disabled and (s.refresh_hash = $1 or s.id = (select session from spent_tokens where hash = $1))`

type Renewed = AccountRow & { readonly expiresAt: number; readonly keys: readonly object[] | null }

export const refreshSession: Handler<'session.refresh'> = async (input, { address }, centre) => {
  const now = centre.now()
  const hash = hashOf(input.refreshToken)
  const [token, refreshToken] = [newToken(), newToken()]
  const renew = (queries: Queries): Promise<Renewed[]> =>
    queries.rows<Renewed>(renewing, [hash, now, hashOf(refreshToken), hashOf(token)])
  const renewed = await renew(centre.database)
  // Of two that came at once the later one saw the token as it was before the earlier one had used it.
  const anew = async (queries: Queries): Promise<Renewed[]> => {
    const again = await renew(queries)
    if (again.length > 0) return again
    const ended = await queries.rows(endCopied, [hash, now, address])
    if (ended.length > 0)
      centre.log('warn', 'session ended: what it was renewed with came twice', { address })
    return []
  }
  const [row] = renewed.length > 0 ? renewed : await centre.database.transaction(anew)
  if (row === undefined) {
    const [closed] = await centre.database.rows<{ id: string }>(closedOf, [hash])
    return closed === undefined ? problems.notSignedIn() : tellClosed(centre, closed.id, address)
  }
  const storeKeys = await keysFrom(centre, row.id, row.keys ?? [], now)
  return done(sessionFor(centre, row, { token, tokenExpiresAt: row.expiresAt, refreshToken, storeKeys }))
}

export const closeSession: Handler<'session.close'> = async (_input, asking, centre) => {
  const { account, session } = callerOf(asking)
  const now = centre.now()
  await centre.database.transaction(async (queries) => {
    await queries.rows('update sessions set closed_at = $2 where id = $1', [session, now])
    await queries.rows('delete from access_tokens where session = $1', [session])
    await queries.rows(
      `delete from spent_tokens t using sessions s
       where t.session = $1 and s.id = t.session and t.hash <> s.previous_hash`,
      [session],
    )
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
    : { account: accountOf(row), extension: row.extension, hadSeat: row.hadSeat, session: row.session }
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

/** Which of these accounts have a session that has not ended, whether its token is fresh or not? */
export const signedInOf = async (
  queries: Queries,
  accounts: readonly string[],
  now: number,
): Promise<ReadonlySet<string>> => {
  const rows = await queries.rows<{ account: string }>(
    `select distinct s.account from sessions s join accounts a on a.id = s.account
     where s.account = any($1::text[]) and s.closed_at is null and s.ends_at > $2 and not a.disabled`,
    [accounts, now],
  )
  return new Set(rows.map((row) => row.account))
}

/**
 * Of these accounts those with a page that is open, as a fresh token shows: since when. One that was closed without signing
 * out counts until its token has run out: its live line would tell sooner, but a line that breaks for seconds ends no ringing.
 */
export const atScreens = async (
  queries: Queries,
  accounts: readonly string[],
  now: number,
): Promise<ReadonlyMap<string, number>> => {
  const rows = await queries.rows<{ account: string; since: number }>(
    `select s.account, min(s.opened_at) as since from sessions s join access_tokens t on t.session = s.id
     where s.account = any($1::text[]) and s.closed_at is null and s.ends_at > $2::bigint
       and t.expires_at > $2::bigint - ${minute} group by s.account`,
    [accounts, now],
  )
  return new Map(rows.map(({ account, since }) => [account, since]))
}
