// How a failure crosses a border (IPC, HTTP, feed, Phone): as a value, never as a throw.
// The text is a sentence a person can act on: what happened, whether the data is safe, what to do.
import { z } from 'zod'
import { AccountId } from './ids.ts'

export const ProblemCode = z.enum([
  'bad_input', // a field is missing or wrong; `field` names it
  'not_signed_in', // no token, or it has run out
  'wrong_password', // account or password wrong
  'locked', // too many wrong passwords; wait
  'forbidden', // signed in, but not this role or not this department's work
  'not_found',
  'conflict', // somebody else was first; read again
  'too_new', // made by a newer program than this server knows; keep it and wait
  'too_old', // this program is older than the centre still understands; keep it and update
  'too_large',
  'too_many', // rate limit; `retryAfterMs` says how long
  'busy', // server cannot write now; nothing was stored; try again
  'unreachable', // no answer at all
  'not_ours', // somebody is there, but not provably our server (captive portal, proxy, refused certificate)
  'unsupported', // this computer cannot do it
  'failed', // anything else
])
export type ProblemCode = z.infer<typeof ProblemCode>

/** An account that its centre has closed, told to nobody but whoever proved to be its holder. */
export const ClosedAccount = z.object({ account: AccountId, centre: z.string() })
export type ClosedAccount = z.infer<typeof ClosedAccount>

export const Problem = z.object({
  code: ProblemCode,
  text: z.string(),
  field: z.string().optional(),
  retryAfterMs: z.number().int().nonnegative().optional(),
  /** How long the request stood in line at the centre before it was answered so. */
  waitedMs: z.number().int().nonnegative().optional(),
  /** [SESSION-13] Why: the seat lets go of what it keeps for this account. */
  closed: ClosedAccount.optional(),
})
export type Problem = z.infer<typeof Problem>

export type Answer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: Problem }

export const done = <T>(value: T): Answer<T> => ({ ok: true, value })

/** A failed Answer. `text` must tell what happened, whether data is safe and what to do, in the agent's language. */
export const failed = (
  code: ProblemCode,
  text: string,
  more: Omit<Problem, 'code' | 'text'> = {},
): Answer<never> => ({ ok: false, problem: { code, text, ...more } })
