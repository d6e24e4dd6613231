// REGISTER (RFC 3261 section 10, over WebSocket RFC 7118): who may sit at which line, and for how long.
// A seat that registers again, from wherever, takes its line over with every call still on it.
import { NameAddrHeader, type IncomingRequestMessage } from 'sip.js/lib/core/index.js'
import type { WebSocket } from 'ws'
import type { PracticeEvent } from '../contract/practice.ts'
import type { DigestGate } from './digest.ts'
import type { Line } from './line.ts'

const DEFAULT_EXPIRES = 600
const MAX_EXPIRES = 3600

export type Reply = { statusCode: number; extraHeaders?: string[] }

export function register(
  message: IncomingRequestMessage,
  socket: WebSocket,
  lines: Map<string, Line>,
  gate: DigestGate,
  emit: (event: PracticeEvent) => void,
): Reply {
  const extension = message.to.uri.user ?? ''
  const line = lines.get(extension)
  const authorization = message.getHeader('authorization')
  const challenge = (isStale: boolean): Reply => ({
    statusCode: 401,
    extraHeaders: [`WWW-Authenticate: ${gate.challenge(isStale)}`],
  })
  if (!authorization) return challenge(false)
  const passwordOf = (user: string) => (user === extension && line ? line.password : null)
  const verdict = gate.judge('REGISTER', authorization, passwordOf)
  if (verdict === 'stale') return challenge(true)
  if (verdict === 'wrong' || !line) return { statusCode: 403 }

  const parsed: unknown = message.parseHeader('contact')
  const contact = parsed instanceof NameAddrHeader ? parsed : undefined
  const expires = expiresOf(message, contact)
  if (expires === 0) {
    if (line.socket === socket) leave(line, 'asked', emit)
    return { statusCode: 200 }
  }
  if (!contact) return { statusCode: 400 }
  const isNew = line.socket !== socket
  line.socket = socket
  line.target = contact.uri
  if (line.expiry) clearTimeout(line.expiry)
  line.expiry = setTimeout(() => leave(line, 'expired', emit), expires * 1000)
  line.expiry.unref()
  if (isNew) emit({ event: 'registered', extension, at: Date.now() })
  return {
    statusCode: 200,
    extraHeaders: [`Contact: <${contact.uri.toString()}>;expires=${expires}`, `Expires: ${expires}`],
  }
}

/** The line has no seat any more; its calls stay until they fall silent. */
export function leave(
  line: Line,
  why: 'asked' | 'expired' | 'socketClosed',
  emit: (event: PracticeEvent) => void,
): void {
  if (line.expiry) clearTimeout(line.expiry)
  line.expiry = null
  line.socket = null
  line.target = null
  emit({ event: 'unregistered', extension: line.extension, why, at: Date.now() })
}

function expiresOf(message: IncomingRequestMessage, contact: NameAddrHeader | undefined): number {
  const asked = contact?.getParam('expires') ?? message.getHeader('expires') ?? DEFAULT_EXPIRES
  const seconds = Number(asked)
  return Number.isFinite(seconds) ? Math.max(0, Math.min(MAX_EXPIRES, seconds)) : DEFAULT_EXPIRES
}
