// Keeps the line to the PBX: which server to try and when, when to refresh, when to ping, when to give a socket up.
// Pure; the phone adapter opens sockets, sends REGISTER and OPTIONS, and tells here what became of them.
//
//   off ──asked──► opening ──opened──► registering ──registered──► registered  (refreshes, pings)
//                    ▲ closed, late        │ closed, late, refused     │ closed, ping unanswered
//                    │                     ▼                           ▼
//                    └──────────────── waiting ◄───────────────────────┘
//   registering ──401/403──► barred: nothing is tried again until somebody asks with a new secret
import { unreachable } from '../unreachable.ts'
import { nextServer, pace, retryDelayMs } from './backoff.ts'
import type { Line, LineCommon, LineEffect, LineEvent } from './pbxLine.ts'
import type { PhoneLink } from './phoneEvent.ts'

const OPEN_LIMIT_MS = 4_000
const REGISTER_LIMIT_MS = 4_000
/** A PBX that has just started opens its door before it listens; in a call the first silence is not waited out. */
const FIRST_SILENCE_MS = 600
/** Long enough for a hidden page, whose timers the browser may let run only once a minute. */
const DEFAULT_EXPIRES_MS = 300_000
const REFUSED_PAUSE_MS = 30_000
/** A hundred seats told "in five seconds" must not all come in the fifth: they spread over half as long again. */
const RETRY_AFTER_SPREAD = 0.5
const MAX_REDIRECTS = 3
/** A timer this late means the page slept or was busy: the answer may be waiting behind it. */
const LATE_MS = 250
/** Network and computer come back together, and tell so several times. */
const NUDGES_APART_MS = 10_000

const TEXTS = {
  wrongSecret: '话机密码不被接受，无法接听。请重新签入或联系管理员。',
  refused: '话务系统拒绝本机注册，系统会自动重试。请联系管理员。',
  unavailable: '话务系统暂时不可用，系统会自动重试，已填内容不受影响。',
}

/** When the line wants to be ticked next; null: never. */
export function nextTick(line: Line): number | null {
  switch (line.phase) {
    case 'off':
    case 'barred':
      return null
    case 'waiting':
    case 'opening':
    case 'registering':
      return line.until
    case 'registered': {
      const ping = line.pingUntil ?? line.heardAt + pace(line.talking).pingEveryMs
      return Math.min(ping, line.refreshUntil ?? line.refreshAt)
    }
    default:
      return unreachable(line)
  }
}

export function stepLine(line: Line, event: LineEvent): [Line, ...LineEffect[]] {
  if (event.type === 'asked') {
    const [first] = event.servers
    if (first === undefined) return [line]
    const trouble: PhoneLink = { link: 'connecting' }
    const restUntil = event.servers.map(() => 0)
    const talking = line.phase !== 'off' && line.talking
    const common = { servers: event.servers, server: 0, attempt: 0, restUntil, talking, redirects: 0 }
    return [
      {
        ...common,
        expiresMs: DEFAULT_EXPIRES_MS,
        phase: 'opening',
        until: event.tick + OPEN_LIMIT_MS,
        trouble,
      },
      { type: 'dropSocket' },
      { type: 'report', link: trouble },
      { type: 'openSocket', server: first },
    ]
  }
  if (line.phase === 'off') return [line]
  switch (event.type) {
    case 'stopped':
      return [{ phase: 'off' }, { type: 'dropSocket' }, { type: 'report', link: { link: 'off' } }]
    case 'talkingChanged':
      return [{ ...line, talking: event.talking }]
    case 'opened': {
      if (line.phase !== 'opening') return [line]
      const isFirst = line.talking && line.trouble.link !== 'silent'
      const until = event.tick + (isFirst ? FIRST_SILENCE_MS : REGISTER_LIMIT_MS)
      return [
        { ...line, phase: 'registering', until },
        { type: 'register', expiresMs: line.expiresMs },
      ]
    }
    case 'closed':
      return line.phase === 'waiting' || line.phase === 'barred' ? [line] : tryAgain(line, event, null)
    case 'registered':
      return registered(line, event.expiresMs, event)
    case 'refused':
      return refused(line, event)
    case 'heard':
      return line.phase === 'registered' ? [{ ...line, heardAt: event.tick, pingUntil: null }] : [line]
    case 'nudged':
      if (line.phase === 'waiting') return open(line, event.tick)
      return line.phase === 'registered' ? lookAgain(line, event) : [line]
    case 'ticked':
      return ticked(line, event)
    default:
      return unreachable(event)
  }
}

type Live = Exclude<Line, { phase: 'off' }>

function registered(line: Live, expiresMs: number, event: LineEvent): [Line, ...LineEffect[]] {
  if (line.phase !== 'registering' && line.phase !== 'registered') return [line]
  const isFresh = line.phase === 'registering'
  const next: Line = {
    ...commonOf(line),
    attempt: 0,
    redirects: 0,
    phase: 'registered',
    renewedAt: event.at,
    refreshAt: event.tick + Math.round(expiresMs * (0.5 + 0.3 * event.dice)),
    refreshUntil: null,
    heardAt: event.tick,
    pingUntil: null,
  }
  if (!isFresh) return [next]
  return [next, { type: 'report', link: { link: 'registered' } }, { type: 'repairCalls' }]
}

function refused(line: Live, event: LineEvent & { type: 'refused' }): [Line, ...LineEffect[]] {
  if (line.phase !== 'registering' && line.phase !== 'registered') return [line]
  const { status, minExpiresMs, redirect, retryAfterMs } = event
  if (status === 423 && minExpiresMs !== null && minExpiresMs > line.expiresMs) {
    const longer = { ...line, expiresMs: minExpiresMs }
    return [longer, { type: 'register', expiresMs: minExpiresMs }]
  }
  if (status === 401 || status === 403 || status === 407) {
    const link: PhoneLink = { link: 'notRegistered', why: 'wrongSecret', text: TEXTS.wrongSecret }
    return [{ ...commonOf(line), phase: 'barred' }, { type: 'dropSocket' }, { type: 'report', link }]
  }
  if (status >= 300 && status < 400 && redirect !== null && line.redirects < MAX_REDIRECTS) {
    const known = line.servers.indexOf(redirect)
    const servers = known < 0 ? [...line.servers, redirect] : line.servers
    const restUntil = known < 0 ? [...line.restUntil, 0] : line.restUntil
    const server = known < 0 ? servers.length - 1 : known
    const moved = { ...commonOf(line), servers, restUntil, server, redirects: line.redirects + 1 }
    const [opening, ...effects] = open(
      { ...moved, phase: 'waiting', until: 0, trouble: linkOf(line) },
      event.tick,
    )
    return [opening, { type: 'dropSocket' }, ...effects]
  }
  // The server's own word goes before our haste; another server may be tried meanwhile.
  const isPassing = status >= 500 || status === 408 || status === 480
  const pauseMs =
    retryAfterMs !== null
      ? Math.round(retryAfterMs * (1 + RETRY_AFTER_SPREAD * event.dice))
      : isPassing
        ? 0
        : REFUSED_PAUSE_MS + event.dice * REFUSED_PAUSE_MS
  const restUntil = line.restUntil.map((old, index) => (index === line.server ? event.tick + pauseMs : old))
  const text = isPassing ? TEXTS.unavailable : TEXTS.refused
  return tryAgain({ ...line, restUntil }, event, { link: 'notRegistered', why: 'refused', text })
}

function ticked(line: Live, event: LineEvent): [Line, ...LineEffect[]] {
  const { tick } = event
  switch (line.phase) {
    case 'barred':
      return [line]
    case 'waiting':
      return tick < line.until ? [line] : open(line, tick)
    case 'opening':
      return tick < line.until ? [line] : tryAgain(line, event, null)
    case 'registering':
      return tick < line.until ? [line] : tryAgain(line, event, { link: 'silent' })
    case 'registered': {
      if (line.refreshUntil !== null && tick >= line.refreshUntil)
        return tryAgain(line, event, { link: 'silent' })
      if (line.pingUntil !== null && tick >= line.pingUntil) {
        if (tick - line.pingUntil > LATE_MS) return [{ ...line, pingUntil: tick + 2 * LATE_MS }]
        return tryAgain(line, event, null)
      }
      return ask(line, tick, tick >= line.heardAt + pace(line.talking).pingEveryMs, tick >= line.refreshAt)
    }
    default:
      return unreachable(line)
  }
}

type Registered = Line & { phase: 'registered' }

/**
 * Back from sleep the socket may be long dead, and where it is not the PBX may have forgotten us: an answer to a ping
 * does not tell. Both are asked at once, not at their next turn.
 */
function lookAgain(line: Registered, { at, tick }: LineEvent): [Line, ...LineEffect[]] {
  return ask(line, tick, true, Math.abs(at - line.renewedAt) >= NUDGES_APART_MS)
}

/** What is under way already is not sent again. */
function ask(line: Registered, tick: number, ping: boolean, refresh: boolean): [Line, ...LineEffect[]] {
  const pings = ping && line.pingUntil === null
  const refreshes = refresh && line.refreshUntil === null
  const effects: LineEffect[] = []
  if (pings) effects.push({ type: 'ping' })
  if (refreshes) effects.push({ type: 'register', expiresMs: line.expiresMs })
  return [
    {
      ...line,
      pingUntil: pings ? tick + pace(line.talking).pingLimitMs : line.pingUntil,
      refreshUntil: refreshes ? tick + REGISTER_LIMIT_MS : line.refreshUntil,
    },
    ...effects,
  ]
}

/** `trouble` null: there is no socket. */
function tryAgain(line: Live, event: LineEvent, trouble: PhoneLink | null): [Line, ...LineEffect[]] {
  // A cut line is tried once more where it was good; a server that failed a try gives way to the next.
  const wasGood = line.phase === 'registered'
  const attempt = wasGood ? 0 : line.attempt + 1
  const server = nextServer(line.restUntil, wasGood ? line.server : line.server + 1, event.tick)
  const backoffMs = retryDelayMs(attempt, line.servers.length, line.talking, event.dice)
  const delayMs = Math.max(backoffMs, (line.restUntil[server] ?? 0) - event.tick)
  const link: PhoneLink = trouble ?? { link: 'disconnected', retryAt: event.at + delayMs, attempt }
  const waiting = {
    ...commonOf(line),
    server,
    attempt,
    phase: 'waiting' as const,
    until: event.tick + delayMs,
    trouble: link,
  }
  // One that never was good is in the way: a browser opens one connection to a server at a time.
  const told: LineEffect[] = [{ type: wasGood ? 'leaveSocket' : 'dropSocket' }, { type: 'report', link }]
  if (delayMs > 0) return [waiting, ...told]
  const [opening, ...effects] = open(waiting, event.tick)
  return [opening, ...told, ...effects]
}

function open(line: Live & { phase: 'waiting' }, tick: number): [Line, ...LineEffect[]] {
  const server = line.servers[line.server]
  if (server === undefined) return [line]
  return [
    { ...line, phase: 'opening', until: tick + OPEN_LIMIT_MS },
    { type: 'openSocket', server },
  ]
}

const linkOf = (line: Live): PhoneLink => ('trouble' in line ? line.trouble : { link: 'connecting' })

function commonOf(line: Live): LineCommon {
  const { servers, server, attempt, restUntil, talking, expiresMs, redirects } = line
  return { servers, server, attempt, restUntil, talking, expiresMs, redirects }
}
