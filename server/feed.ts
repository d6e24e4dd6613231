// The live line /feed: seats report their state, leads watch the wall, everybody gets nudges to pull.
// Nothing that must not be lost travels here. What the wall holds is left to seat.ts.
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocket, WebSocketServer } from 'ws'
import { FeedUp, type FeedDown } from '../contract/feed.ts'
import type { SeatStatus } from '../contract/seat.ts'
import type { Role } from '../contract/session.ts'
import { PROTOCOL } from '../contract/version.ts'
import { seatedAccounts, withRole } from './accounts.ts'
import type { Caller } from './centre.ts'
import { isBusy, traceOf, type Database } from './database.ts'
import type { Log } from './log.ts'
import { openWall, type Seated } from './seat.ts'
import { authenticate, livingSessions, signedInOf } from './session.ts'
import { openSpacing } from './spacing.ts'

const helloMs = 5_000
const recheckMs = 60_000
const coalesceMs = 50
const pingMs = 15_000
/** A reader this far behind is cut off rather than kept in memory. */
const mostBacklog = 1024 * 1024

/** With 100 seats each looks every two seconds at most. */
const gapPerLineMs = 20

/** Whose the wall is. */
const watchers: readonly Role[] = ['lead', 'admin']

type Nudge = Extract<FeedDown, { type: 'nudge' }>['what']

export interface Feed {
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void
  nudge(what: Nudge, to: (caller: Caller) => boolean): void
  /** A newer session owns this account's seat: older lines are told. */
  displace(account: string, newest: string): void
  signedOut(account: string, session: string): void
  /** Who has a seat may have been changed by another process: looked at every few seconds. */
  roster(people: readonly Seated[]): Promise<void>
  /** Has this account a live line now? */
  isLive(account: string): boolean
  close(): Promise<void>
}

interface Line {
  readonly socket: WebSocket
  caller: Caller | null
  watching: boolean
  heard: boolean
}

type Bye = Extract<FeedDown, { type: 'bye' }>['why']

export const openFeed = (options: {
  readonly database: Database
  readonly practice: boolean
  readonly now: () => number
  readonly log: Log
  /** May a page from this origin open a line? */
  readonly allows: (origin: string | undefined, host: string | undefined) => boolean
}): Feed => {
  const { database, now, log } = options
  const server = new WebSocketServer({ noServer: true, maxPayload: 64 * 1024, perMessageDeflate: false })
  const lines = new Set<Line>()
  // Everybody hears of everybody's calls: the more there are, the less often each is sent to look.
  const toldOfCalls = openSpacing<Line>(() => lines.size * gapPerLineMs)
  /** The session that signed in last, by account: only it owns the seat. */
  const newest = new Map<string, string>()
  const changed = new Map<string, SeatStatus>()
  let sending: NodeJS.Timeout | null = null

  const sendText = (line: Line, text: string): void => {
    if (line.socket.readyState !== WebSocket.OPEN) return
    if (line.socket.bufferedAmount > mostBacklog) line.socket.terminate()
    else line.socket.send(text)
  }
  const send = (line: Line, message: FeedDown): void => {
    sendText(line, JSON.stringify(message))
  }
  const wall = openWall({
    now,
    practice: options.practice,
    changed: (status) => {
      changed.set(status.agent, status)
      sending ??= setTimeout(() => {
        sending = null
        const seats = [...changed.values()]
        changed.clear()
        const text = JSON.stringify({
          type: 'seats',
          whole: false,
          seats,
          serverNow: now(),
        } satisfies FeedDown)
        for (const line of lines) if (line.watching) sendText(line, text)
      }, coalesceMs)
    },
  })

  /** Takes a line off; a seat that has no other one left is lost to the wall. */
  const drop = (line: Line): void => {
    const { caller } = line
    if (lines.delete(line) && caller !== null && caller.extension !== null)
      if (seatLines(caller.account.id).length === 0) wall.lost(caller.account.id)
  }
  const bye = (line: Line, why: Bye): void => {
    // Whoever signed in elsewhere reports from there: the wall is not told of a break.
    if (why === 'signedInElsewhere') lines.delete(line)
    else drop(line)
    send(line, { type: 'bye', why })
    line.socket.close(1000, why)
  }

  const seatLines = (account: string): Line[] =>
    [...lines].filter((line) => line.caller?.account.id === account && line.caller.extension !== null)

  const hello = async (line: Line, token: string, protocol: number): Promise<void> => {
    if (protocol > PROTOCOL) return bye(line, 'protocol')
    const caller = await authenticate(database, token, now())
    if (caller === null) return bye(line, 'tokenExpired')
    // Said again on a line at work, it shows a fresh token of the same session.
    if (line.caller !== null && line.caller.session !== caller.session) return bye(line, 'protocol')
    const { account, extension } = caller
    if (extension !== null) {
      const owner = newest.get(account.id)
      if (owner !== undefined && owner !== caller.session && line.caller === null) {
        const mine = await sessionIsNewer(database, caller.session, owner)
        if (!mine) return bye(line, 'signedInElsewhere')
      }
      newest.set(account.id, caller.session)
      wall.admit({ account, extension })
      for (const other of seatLines(account.id)) if (other !== line) bye(other, 'signedInElsewhere')
    }
    line.caller = caller
    return send(line, { type: 'welcome', serverNow: now() })
  }

  const wholeWall = (): FeedDown => ({ type: 'seats', whole: true, seats: wall.whole(), serverNow: now() })
  const watch = async (line: Line, caller: Caller): Promise<void> => {
    if (!watchers.includes(caller.account.role)) return bye(line, 'forbidden')
    wall.roster(await seatedAccounts(database))
    line.watching = true
    send(line, wholeWall())
  }

  /** [SERVER-24] Who watched and is something else now says anew who that is. */
  const sendStrangers = async (): Promise<void> => {
    const watching = [...lines].filter((line) => line.watching)
    if (watching.length === 0) return
    const ids = watching.flatMap(({ caller }) => caller?.account.id ?? [])
    const still = await withRole(database, ids, watchers)
    for (const line of watching)
      if (lines.has(line) && !still.has(line.caller?.account.id ?? '')) bye(line, 'tokenExpired')
  }

  const take = async (line: Line, text: string): Promise<void> => {
    let message: FeedUp
    try {
      message = FeedUp.parse(JSON.parse(text))
    } catch {
      return bye(line, 'protocol')
    }
    if (message.type === 'hello') return hello(line, message.token, message.protocol)
    const { caller } = line
    if (caller === null) return bye(line, 'tokenExpired')
    if (message.type === 'ping') send(line, { type: 'pong', serverNow: now() })
    else if (message.type === 'watchSeats') return watch(line, caller)
    else if (caller.extension !== null && lines.has(line)) wall.report(caller.account.id, message.report)
  }

  const accept = (socket: WebSocket): void => {
    const line: Line = { socket, caller: null, watching: false, heard: true }
    lines.add(line)
    const tooLate = setTimeout(() => {
      if (line.caller === null) bye(line, 'tokenExpired')
    }, helloMs)
    // Messages of one line are taken in order even while an earlier one waits for the database.
    let last = Promise.resolve()
    socket.on('message', (data: Buffer, isBinary) => {
      line.heard = true
      last = last
        .then(() => (isBinary ? bye(line, 'protocol') : take(line, data.toString('utf8'))))
        .catch((error: unknown) => {
          if (!isBusy(error)) log('error', 'feed.failed', { trace: traceOf(error) })
          bye(line, 'closing')
        })
    })
    socket.on('pong', () => {
      line.heard = true
    })
    socket.on('error', () => socket.terminate())
    socket.on('close', () => {
      clearTimeout(tooLate)
      drop(line)
    })
  }

  const recheck = setInterval(() => {
    const asked = [...lines]
    const sessions = asked.flatMap(({ caller }) => caller?.session ?? [])
    if (sessions.length === 0) return
    // One question for all of them; a database that is away ends nobody's line.
    void livingSessions(database, sessions, now()).then(
      (living) => {
        for (const line of asked)
          if (line.caller !== null && !living.has(line.caller.session) && lines.has(line))
            bye(line, 'tokenExpired')
      },
      () => undefined,
    )
  }, recheckMs)
  const ping = setInterval(() => {
    for (const line of lines) {
      if (line.heard) {
        line.heard = false
        line.socket.ping()
      } else line.socket.terminate()
    }
  }, pingMs)

  return {
    upgrade: (request, socket, head) => {
      if (!options.allows(request.headers.origin, request.headers.host)) {
        socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
        return
      }
      server.handleUpgrade(request, socket, head, accept)
    },
    nudge: (what, to) => {
      const text = JSON.stringify({ type: 'nudge', what } satisfies FeedDown)
      for (const line of lines)
        if (line.caller !== null && to(line.caller)) {
          if (what === 'calls') toldOfCalls(line, () => sendText(line, text))
          else sendText(line, text)
        }
    },
    displace: (account, session) => {
      newest.set(account, session)
      for (const line of seatLines(account))
        if (line.caller?.session !== session) bye(line, 'signedInElsewhere')
    },
    signedOut: (account, session) => {
      const own = [...lines].filter((line) => line.caller?.session === session)
      for (const line of own) bye(line, 'tokenExpired')
      if (seatLines(account).length === 0) wall.signedOut(account)
    },
    roster: async (people) => {
      await sendStrangers()
      const seated = new Set<string>(people.map(({ account }) => account.id))
      for (const line of lines)
        if (line.caller !== null && line.caller.extension !== null && !seated.has(line.caller.account.id))
          bye(line, 'tokenExpired')
      if (wall.roster(people)) for (const line of lines) if (line.watching) send(line, wholeWall())
      const lost = wall.lostOnes()
      if (lost.length === 0) return
      // Whose session has run out reconnects no more: that seat is left, not lost.
      const signedIn = await signedInOf(database, lost, now())
      for (const account of lost)
        if (!signedIn.has(account) && seatLines(account).length === 0) wall.signedOut(account)
    },
    isLive: (account) => seatLines(account).length > 0,
    close: async () => {
      clearInterval(recheck)
      clearInterval(ping)
      if (sending !== null) clearTimeout(sending)
      for (const line of lines) bye(line, 'closing')
      for (const socket of server.clients) socket.terminate()
      await new Promise<void>((resolve) => {
        server.close(() => resolve())
      })
    },
  }
}

/** Of two sessions of one account, was the first opened later? */
const sessionIsNewer = async (database: Database, session: string, than: string): Promise<boolean> => {
  const rows = await database.rows<{ id: string }>(
    'select id from sessions where id in ($1, $2) order by opened_at desc, id limit 1',
    [session, than],
  )
  return rows[0]?.id === session
}
