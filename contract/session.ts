// Who works here: accounts, roles, signing in.
import { z } from 'zod'
import { AccountId, Code, Instant } from './ids.ts'
import { StoreKeys } from './seal.ts'
import { SipAccount } from './softphone.ts'

export const Role = z.enum(['agent', 'lead', 'handler', 'duty', 'admin'])
export type Role = z.infer<typeof Role>

export const Account = z.object({
  id: AccountId,
  name: z.string().min(1).max(40),
  role: Role,
  /** Department of a handler, a code of reference.departments. */
  department: Code.nullable(),
})
export type Account = z.infer<typeof Account>

export const SignIn = z.strictObject({
  account: z.string().min(1).max(32),
  password: z.string().min(1).max(256),
})
export type SignIn = z.infer<typeof SignIn>

export const Session = z.object({
  account: Account,
  /** Practises without an account of their own. */
  newcomer: z.boolean(),
  /** Bearer for every request; lives minutes. */
  token: z.string(),
  tokenExpiresAt: Instant,
  /** Buys the next token, once; lives a shift. */
  refreshToken: z.string(),
  /** What this account's stores are sealed with; the seat drops the bytes once WebCrypto has them. */
  storeKeys: StoreKeys,
  /** null: this account has no telephone (handler, duty leader, admin). */
  sip: SipAccount.nullable(),
  centre: z.object({
    /** Made once with the database; a seat keeps one local store per centre, so practice and real never mix. */
    id: z.string(),
    name: z.string(),
    /** True: this centre holds made-up data only. */
    practice: z.boolean(),
    /** Grows when the database was restored from a backup. */
    epoch: z.number().int().nonnegative(),
  }),
  /** Server's clock when it answered. */
  serverNow: Instant,
})
export type Session = z.infer<typeof Session>
/** What may be held and handed about: the keys have gone where nobody reads them back. */
export const HeldSession = Session.omit({ storeKeys: true })
export type HeldSession = z.infer<typeof HeldSession>
