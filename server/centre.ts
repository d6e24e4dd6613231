// The running centre: what every handler may use, and who is asking. Built once by start.ts.
import type { Answer } from '../contract/answer.ts'
import { api, type ApiInput, type ApiName, type ApiOutput } from '../contract/api.ts'
import type { Account, Session } from '../contract/session.ts'
import type { SipAccount } from '../contract/softphone.ts'
import type { Database } from './database.ts'
import type { Feed } from './feed.ts'
import type { Keeper } from './keeping.ts'
import type { Limits } from './limits.ts'
import type { Log } from './log.ts'
import type { Pages } from './pages.ts'
import type { Exchange } from './practice.ts'

export interface Centre {
  readonly database: Database
  readonly identity: Session['centre']
  readonly now: () => number
  readonly log: Log
  readonly feed: Feed
  readonly limits: Limits
  readonly keeper: Keeper
  readonly pages: Pages
  /** The telephone of an extension; null when it has none here. */
  readonly sipOf: (extension: string) => SipAccount | null
  /** Addresses of the telephone exchanges. */
  readonly telephones: () => readonly string[]
  /** Does anybody carry outward messages? */
  readonly hasGateway: boolean
  /** Outward messages may be due: look now. */
  readonly outwardDue: () => void
  /** The practice exchange, null in a real centre. */
  readonly exchange: Exchange | null
}

/** A signed-in person, as the token proved. */
export interface Caller {
  readonly account: Account
  readonly extension: string | null
  /** Has a seat or had one. */
  readonly hadSeat: boolean
  /** Id of the session row. */
  readonly session: string
}

export interface Asking {
  readonly caller: Caller | null
  readonly address: string
  /** The protocol the asking program speaks. */
  readonly protocol: number
  /** The request's body as it came. */
  readonly raw: string
  /** How long it stood in line, see turns.ts. */
  readonly waitedMs: number
}

/** A whole answer as it goes on the wire: its parts were parsed when they were written down. `status`: 200 if not said. */
export interface Written {
  readonly written: Buffer
  readonly status?: number
}
export const isWritten = (value: unknown): value is Written =>
  typeof value === 'object' && value !== null && 'written' in value && Buffer.isBuffer(value.written)

export type Handler<N extends ApiName> = (
  input: ApiInput<N>,
  asking: Asking,
  centre: Centre,
) => Promise<Answer<ApiOutput<N> | Written>>

const isApiName = (name: string): name is ApiName => Object.hasOwn(api, name)
export const apiNames: readonly ApiName[] = Object.keys(api).filter(isApiName)

export type Handlers = { readonly [N in ApiName]: Handler<N> }

/** serve.ts lets nobody without a role reach a handler that asks this. */
export const callerOf = (asking: Asking): Caller => {
  if (asking.caller === null) throw new Error('a handler that needs a caller was reached without one')
  return asking.caller
}
