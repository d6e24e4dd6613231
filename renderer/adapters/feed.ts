// The live line to the centre: says what the seat does, hears the wall and nudges. Keeps itself connected with jitter.
// Nothing that must not be lost travels here. What to report is asked of `report` each time.
import { done } from '../../contract/answer.ts'
import type { FeedUp } from '../../contract/feed.ts'
import { FeedDown } from '../../contract/feed.ts'
import type { SeatReport, SeatStatus } from '../../contract/seat.ts'
import { PROTOCOL } from '../../contract/version.ts'
import type { Clock } from '../../core/ports.ts'
import { backoff } from '../../core/sync/backoff.ts'
import type { SessionKeeper } from './session.ts'

export type FeedState =
  | { readonly is: 'connecting' }
  | { readonly is: 'up' }
  | { readonly is: 'down'; readonly since: number }
  /**
   * The centre sent us away: another seat signed in with this account, or this role has nothing to hear. Stays closed.
   * `protocol`: the centre is older than this program, as after a rollback; asked again now and then.
   */
  | { readonly is: 'dismissed'; readonly why: 'signedInElsewhere' | 'forbidden' | 'protocol' }

export type Wall = {
  readonly seats: readonly SeatStatus[]
  /** The centre's clock minus ours, to turn `since` into a running timer. */
  readonly skewMs: number
  /** When it was last known to be true, in our time. */
  readonly at: number
}

export type Feed = {
  /** The same value until something changes. */
  state(): FeedState
  /** null until the first answer, or while nobody watches. */
  wall(): Wall | null
  subscribe(listener: () => void): () => void
  /** The seat's state changed: tells it now. */
  reportNow(): void
  /** The computer was asleep: the line may be dead without a word, and is opened anew. */
  again(): void
  /** The lead's page is open; the answer ends it. */
  watchSeats(): () => void
  /** Ends the line for good. */
  close(): void
}

export type Nudge = Extract<FeedDown, { type: 'nudge' }>['what']

export type FeedParts = {
  /** http(s) address of the centre. */
  readonly url: string
  readonly session: SessionKeeper
  readonly clock: Clock
  readonly random: () => number
  /** null: this account has no seat to report. */
  readonly report: () => SeatReport | null
  readonly nudged: (what: Nudge) => void
  readonly openSocket?: (url: string) => WebSocket
}

const pingEveryMs = 20_000
/** A centre that is older than this program is made new again by people, not in a moment. */
const olderCentreMs = 60_000
/** Nothing heard for so long: the line is dead, whatever the socket says. */
const silentMs = 45_000

const addressOf = (url: string): string => {
  const address = new URL('/feed', url)
  address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:'
  return address.href
}

const heard = (data: unknown): FeedDown | null => {
  try {
    return FeedDown.safeParse(JSON.parse(String(data))).data ?? null
  } catch {
    return null
  }
}

export const openFeed = (parts: FeedParts): Feed => {
  const { clock, session } = parts
  const openSocket = parts.openSocket ?? ((url: string) => new WebSocket(url))
  let state: FeedState = { is: 'connecting' }
  let wall: Wall | null = null
  let socket: WebSocket | null = null
  let failures = 0
  let closed = false
  /** A later one takes the place of one that still waits for its token. */
  let attempts = 0
  let watchers = 0
  let heardAt = 0
  let cancelTimer = (): void => undefined
  const listeners = new Set<() => void>()

  const change = (next: FeedState): void => {
    state = next
    for (const listener of listeners) listener()
  }
  const say = (message: FeedUp): void => {
    if (socket?.readyState === 1) socket.send(JSON.stringify(message))
  }
  const report = (): void => {
    const now = parts.report()
    if (now && state.is === 'up') say({ type: 'report', report: now })
  }
  const wait = (ms: number, run: () => void): void => {
    cancelTimer()
    cancelTimer = clock.after(ms, run)
  }

  const drop = (): void => {
    const old = socket
    socket = null
    old?.close()
  }
  const isSentAway = (): boolean => state.is === 'dismissed' && state.why !== 'protocol'
  /** `retryAfterMs`: the centre gave no token and named a time. */
  const reconnect = (retryAfterMs?: number): void => {
    drop()
    if (closed || isSentAway()) return
    if (state.is === 'dismissed') return wait(olderCentreMs * (0.5 + parts.random()), () => void connect())
    failures += 1
    if (state.is !== 'down') change({ is: 'down', since: clock.now() })
    wait(backoff(failures, parts.random(), retryAfterMs), () => void connect())
  }
  const beat = (): void => {
    if (clock.tick() - heardAt > silentMs) return reconnect()
    say({ type: 'ping' })
    wait(pingEveryMs, beat)
  }

  const take = (message: FeedDown): void => {
    switch (message.type) {
      case 'welcome':
        failures = 0
        change({ is: 'up' })
        report()
        if (watchers > 0) say({ type: 'watchSeats' })
        return
      case 'seats': {
        // A change told after the page was left says nothing about the seats it does not name.
        if (!message.whole && wall === null) return
        const changed = new Set(message.seats.map((seat) => seat.agent))
        const kept = message.whole ? [] : (wall?.seats ?? []).filter((seat) => !changed.has(seat.agent))
        const seats = [...kept, ...message.seats].sort((a, b) => (a.seat < b.seat ? -1 : 1))
        wall = { seats, skewMs: message.serverNow - clock.now(), at: clock.now() }
        return change(state)
      }
      case 'nudge':
        return parts.nudged(message.what)
      case 'bye':
        if (message.why === 'tokenExpired') void session.renew()
        else if (message.why !== 'closing') change({ is: 'dismissed', why: message.why })
        return
      case 'pong':
        // Changes come on this line, in order: what is shown is still true now.
        if (wall) wall = { ...wall, at: clock.now() }
    }
  }

  /** [SYNC-18] The token first, then the line: a centre hears soon who is on it, or closes it. */
  const connect = async (): Promise<void> => {
    attempts += 1
    const attempt = attempts
    const renewed = session.tokenIsStale() ? await session.renew() : done(null)
    if (closed || attempt !== attempts) return
    // [SESSION-11] Without a new token there is nothing to say: the old one would be answered with "run out".
    if (!renewed.ok) return reconnect(renewed.problem.retryAfterMs)
    const token = session.token()
    if (token === null) return reconnect()
    let mine: WebSocket
    try {
      mine = openSocket(addressOf(parts.url))
    } catch {
      return reconnect()
    }
    socket = mine
    heardAt = clock.tick()
    wait(pingEveryMs, beat)
    mine.addEventListener('open', () => {
      if (mine === socket) say({ type: 'hello', token, protocol: PROTOCOL })
    })
    mine.addEventListener('message', (event: MessageEvent<unknown>) => {
      if (mine !== socket) return
      heardAt = clock.tick()
      const message = heard(event.data)
      if (message) take(message)
    })
    mine.addEventListener('close', () => {
      if (mine === socket) reconnect()
    })
  }
  void connect()

  return {
    state: () => state,
    wall: () => wall,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    reportNow: report,
    again() {
      if (closed || isSentAway()) return
      cancelTimer()
      drop()
      void connect()
    },
    watchSeats() {
      watchers += 1
      if (watchers === 1) say({ type: 'watchSeats' })
      return () => {
        watchers -= 1
        if (watchers === 0) wall = null
      }
    },
    close() {
      closed = true
      cancelTimer()
      drop()
    },
  }
}
