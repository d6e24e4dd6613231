// Watches over early warnings for those who must (duty leader, lead, administrator): the events as the centre last told
// them, asked again at every nudge and every few seconds, so that one rings although the live line is down.
import type { Problem } from '../../contract/answer.ts'
import type { Account, Role } from '../../contract/session.ts'
import type { WarningEvent } from '../../contract/warnings.ts'
import type { Clock } from '../../core/ports.ts'
import type { CentreClient } from './centreClient.ts'

export type Watched = {
  readonly events: readonly WarningEvent[]
  /** When it was last known to be true, in our time; null: not asked yet. */
  readonly at: number | null
  /** Why it could not be asked just now; null: it could. */
  readonly problem: string | null
  /** Since when nothing has been heard here, though that may be known only now; null: it is heard, or only just unanswered. */
  readonly deafSince: number | null
}

export type WarningWatch = {
  /** The same value until something changes. */
  read(): Watched
  subscribe(listener: () => void): () => void
  /** There may be news: look now. */
  look(): void
  stop(): void
}

export const watchers: readonly Role[] = ['duty', 'lead', 'admin']
/** Of them those who sign for an event and act on it [WARN-14]. */
export const signers: readonly Role[] = ['duty', 'admin']

const everyMs = 10_000
const most = 100
/** Longer without an answer than a centre takes to start anew. */
const patienceMs = 60_000
/** So often, and so long, a screen that would hear nothing says so aloud: not without end, for the centre may be away for hours. */
const sayEveryMs = 60_000
const sayMs = 5_000

/** The centre wants the password again: no waiting mends that. */
const isSignedOut = ({ code }: Problem): boolean => code === 'not_signed_in'

export const openWarningWatch = (
  { call }: Pick<CentreClient, 'call'>,
  clock: Pick<Clock, 'now' | 'after'>,
): WarningWatch => {
  const openedAt = clock.now()
  let watched: Watched = { events: [], at: null, problem: null, deafSince: null }
  const listeners = new Set<() => void>()
  let cancel = (): void => undefined
  let isLooking = false
  let isAsked = false
  let isOver = false
  const look = async (): Promise<void> => {
    if (isOver) return
    // A nudge while an answer is under way: what comes may be older than the nudge.
    if (isLooking) {
      isAsked = true
      return
    }
    isLooking = true
    cancel()
    const answer = await call('warnings.list', { limit: most })
    isLooking = false
    if (isOver) return
    const now = clock.now()
    if (answer.ok) watched = { events: answer.value.events, at: now, problem: null, deafSince: null }
    else {
      const heardAt = watched.at ?? openedAt
      const isDeaf = watched.deafSince !== null || isSignedOut(answer.problem) || now - heardAt >= patienceMs
      watched = { ...watched, problem: answer.problem.text, deafSince: isDeaf ? heardAt : null }
    }
    for (const listener of listeners) listener()
    const again = isAsked
    isAsked = false
    cancel = clock.after(again ? 0 : everyMs, () => void look())
  }
  void look()
  return {
    read: () => watched,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    look: () => void look(),
    stop() {
      isOver = true
      cancel()
    },
  }
}

/** [WARN-22] Sounds for some seconds, and again every minute, by timers of its own: a look may take half a minute. */
const openSaying = (clock: Pick<Clock, 'after'>, changed: () => void) => {
  let isLoud = false
  let cancel: (() => void) | null = null
  const turn = (loud: boolean): void => {
    isLoud = loud
    cancel = clock.after(loud ? sayMs : sayEveryMs - sayMs, () => {
      turn(!loud)
      changed()
    })
  }
  return {
    isLoud: () => isLoud,
    begin() {
      if (cancel === null) turn(true)
    },
    end() {
      cancel?.()
      cancel = null
      isLoud = false
    },
  }
}

/** Nobody else asks. */
export const watchFor = (
  account: Pick<Account, 'role'>,
  centre: Pick<CentreClient, 'call'>,
  clock: Pick<Clock, 'now' | 'after'>,
  /** It rings at this person's screen, or no longer does. */
  rings: (yes: boolean) => void,
): WarningWatch | null => {
  if (!watchers.includes(account.role)) return null
  const watch = openWarningWatch(centre, clock)
  const tell = (): void => rings(saying.isLoud() || watch.read().events.some((event) => event.rings))
  const saying = openSaying(clock, tell)
  watch.subscribe(() => {
    if (account.role === 'duty' && watch.read().deafSince !== null) saying.begin()
    else saying.end()
    tell()
  })
  return {
    ...watch,
    stop() {
      watch.stop()
      saying.end()
    },
  }
}
