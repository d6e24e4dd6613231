// Accounts as rows: adding, listing, disabling them, and what the rest of the server reads of them.
import { Account, type Role } from '../contract/session.ts'
import type { Queries } from './database.ts'
import { hashPassword } from './passwords.ts'

export interface AccountRow {
  readonly id: string
  readonly name: string
  readonly role: string
  readonly department: string | null
  readonly extension: string | null
  readonly disabled: boolean
  /** Has a seat or had one: what was recorded there is this person's to hand in. */
  readonly hadSeat: boolean
}

export const accountColumns = `a.id, a.name, a.role, a.department, a.extension, a.disabled,
  (a.had_seat or a.extension is not null) as "hadSeat"`

export const accountOf = (row: AccountRow): Account =>
  Account.parse({ id: row.id, name: row.name, role: row.role, department: row.department })

export interface NewAccount {
  readonly account: Account
  readonly extension: string | null
  readonly password: string
}

/** Adds an account, or gives an existing one these particulars and this password. */
export const putAccount = async (queries: Queries, given: NewAccount, now: number): Promise<void> => {
  const { account, extension } = given
  await queries.rows(
    `insert into accounts (id, name, role, department, extension, password, made_at)
     values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (id) do update set name = excluded.name, role = excluded.role,
       department = excluded.department, extension = excluded.extension, password = excluded.password,
       had_seat = accounts.had_seat or accounts.extension is not null, failures = 0, disabled = false`,
    [
      account.id,
      account.name,
      account.role,
      account.department,
      extension,
      await hashPassword(given.password),
      now,
    ],
  )
}

export const listAccounts = (queries: Queries): Promise<AccountRow[]> =>
  queries.rows<AccountRow>(`select ${accountColumns} from accounts a order by a.id`)

/** Ends the account's sessions too: its tokens stop working at once. False: there is no such account. */
export const disableAccount = async (queries: Queries, id: string, now: number): Promise<boolean> => {
  const found = await queries.rows('update accounts set disabled = true where id = $1 returning id', [id])
  await queries.rows('update sessions set closed_at = $2 where account = $1 and closed_at is null', [id, now])
  return found.length > 0
}

/** Which of these accounts have one of these roles now. */
export const withRole = async (
  queries: Queries,
  ids: readonly string[],
  roles: readonly Role[],
): Promise<ReadonlySet<string>> => {
  const rows = await queries.rows<{ id: string }>(
    'select id from accounts where id = any($1::text[]) and role = any($2::text[])',
    [ids, roles],
  )
  return new Set(rows.map(({ id }) => id))
}

/** Everybody with a telephone, in the order of their extensions. */
export const seatedAccounts = async (
  queries: Queries,
): Promise<{ account: Account; extension: string }[]> => {
  const rows = await queries.rows<AccountRow & { extension: string }>(
    `select ${accountColumns} from accounts a where a.extension is not null and not a.disabled order by a.extension`,
  )
  return rows.map((row) => ({ account: accountOf(row), extension: row.extension }))
}
