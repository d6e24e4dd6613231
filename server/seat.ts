// The seat wall in memory: the state of every account with a telephone, as its feed last said.
// Nothing of it is stored; after a restart seats report again. Who may look is left to feed.ts.
import { Extension } from '../contract/ids.ts'
import type { Account } from '../contract/session.ts'
import type { SeatReport, SeatStatus } from '../contract/seat.ts'

export interface Wall {
  /** Makes sure these accounts stand on the wall, signed out unless they are there already. */
  admit(people: readonly { account: Account; extension: string }[]): void
  report(account: string, report: SeatReport): void
  /** The line to the seat broke without a word. */
  lost(account: string): void
  signedOut(account: string): void
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
  return {
    admit: (people) => {
      for (const { account, extension } of people) {
        if (seats.has(account.id)) continue
        seats.set(account.id, {
          agent: account.id,
          name: account.name,
          seat: Extension.parse(extension),
          phase: 'signedOut',
          since: options.now(),
          ...away,
          waiting: 0,
          practice: options.practice,
        })
      }
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
    whole: () => [...seats.values()].sort((a, b) => a.seat.localeCompare(b.seat)),
  }
}
