// The seat wall in memory: the state of every account with a telephone, as its feed last said.
// Nothing of it is stored; after a restart seats report again. Who may look is left to feed.ts.
import { Extension } from '../contract/ids.ts'
import type { Account } from '../contract/session.ts'
import type { SeatReport, SeatStatus } from '../contract/seat.ts'

export interface Seated {
  readonly account: Account
  readonly extension: string
}

export interface Wall {
  /** Makes sure this account stands on the wall, under its present name; signed out unless it is there already. */
  admit(person: Seated): void
  /** Exactly these have a seat now. True: the wall is another one than before. */
  roster(people: readonly Seated[]): boolean
  report(account: string, report: SeatReport): void
  /** The line to the seat broke without a word. */
  lost(account: string): void
  signedOut(account: string): void
  /** Accounts whose line is lost. */
  lostOnes(): string[]
  whole(): SeatStatus[]
}

/** `changed` is called after each change with the seat's new status. */
export const openWall = (options: {
  readonly now: () => number
  readonly practice: boolean
  readonly changed: (status: SeatStatus) => void
}): Wall => {
  const seats = new Map<string, SeatStatus>()
  const set = (account: string, next: Partial<SeatStatus>): void => {
    const seat = seats.get(account)
    if (seat === undefined) return
    const status = { ...seat, ...next }
    seats.set(account, status)
    options.changed(status)
  }
  const away = { reason: null, topic: null }
  /** True: something of it changed. */
  const put = ({ account, extension }: Seated): boolean => {
    const known = seats.get(account.id)
    const named = {
      name: account.name,
      seat: Extension.parse(extension),
      takesCalls: account.role === 'agent',
    }
    if (known?.name === named.name && known.seat === named.seat && known.takesCalls === named.takesCalls)
      return false
    const signedOut = { phase: 'signedOut', since: options.now(), ...away, waiting: 0 } as const
    const { practice } = options
    seats.set(account.id, { agent: account.id, practice, ...(known ?? signedOut), ...named })
    return true
  }
  return {
    admit: (person) => {
      if (put(person)) set(person.account.id, {})
    },
    roster: (people) => {
      const here = new Set<string>(people.map(({ account }) => account.id))
      const gone = [...seats.keys()].filter((account) => !here.has(account))
      for (const account of gone) seats.delete(account)
      const changed = people.filter(put)
      return gone.length + changed.length > 0
    },
    report: (account, { forMs, ...report }) => {
      set(account, { ...report, since: Math.max(0, options.now() - forMs) })
    },
    lost: (account) => {
      if (seats.get(account)?.phase !== 'signedOut')
        set(account, { phase: 'linkLost', since: options.now(), ...away })
    },
    signedOut: (account) => {
      if (seats.get(account)?.phase !== 'signedOut')
        set(account, { phase: 'signedOut', since: options.now(), ...away, waiting: 0 })
    },
    lostOnes: () => [...seats.values()].filter(({ phase }) => phase === 'linkLost').map(({ agent }) => agent),
    whole: () => [...seats.values()].sort((a, b) => a.seat.localeCompare(b.seat)),
  }
}
