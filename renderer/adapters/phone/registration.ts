// Sends REGISTER and says what the PBX answered. Digest is SIP.js's; when to send, and what an answer means for the
// line, is core's (core/softphone/reconnect.ts).
import { URI, type IncomingResponseMessage } from 'sip.js/lib/core/index.js'
import type { UserAgent } from './userAgent.ts'

export type RegisterAnswer =
  | { readonly type: 'registered'; readonly expiresMs: number }
  | {
      readonly type: 'refused'
      readonly status: number
      readonly retryAfterMs: number | null
      readonly minExpiresMs: number | null
      readonly redirect: string | null
    }

export type Registration = {
  /** Only the newest request's answer is told. */
  send(expiresMs: number, server: string, told: (answer: RegisterAnswer) => void): void
  /** Whatever is still under way belongs to a socket that is gone. */
  forget(): void
}

export function registration(ua: UserAgent): Registration {
  const registrar = new URI('sip', '', ua.account().domain)
  const callId = crypto.randomUUID()
  let cseq = 0
  let newest = 0
  return {
    forget: () => void (newest += 1),
    send(expiresMs, server, told) {
      newest += 1
      const mine = newest
      const seconds = Math.round(expiresMs / 1000)
      const me = ua.addressOf(ua.account().extension)
      const headers = [`${ua.contactHeader};expires=${seconds}`, `Expires: ${seconds}`]
      const message = ua.request('REGISTER', registrar, me, { callId, cseq: cseq + 1, headers })
      const tell = (response: IncomingResponseMessage, answer: RegisterAnswer) => {
        // The challenged repeat took a number of its own.
        cseq = Math.max(cseq, message.cseq)
        // SIP.js makes up a 408 or 503 when nothing came or could be sent; the line has its own limits for that.
        const isMadeUp = response.data === undefined
        if (mine === newest && !isMadeUp) told(answer)
      }
      cseq += 1
      ua.core.register(message, {
        onAccept: ({ message: response }) =>
          tell(response, { type: 'registered', expiresMs: grantedMs(ua, response) ?? expiresMs }),
        onReject: ({ message: response }) => tell(response, refusal(response, null)),
        onRedirect: ({ message: response }) =>
          tell(response, refusal(response, redirectOf(response, server))),
      })
    },
  }
}

function refusal(response: IncomingResponseMessage, redirect: string | null): RegisterAnswer {
  return {
    type: 'refused',
    status: response.statusCode ?? 500,
    retryAfterMs: secondsOf(response.getHeader('Retry-After')),
    minExpiresMs: secondsOf(response.getHeader('Min-Expires')),
    redirect,
  }
}

/** What the PBX granted to our own contact; another seat's contact may be listed beside it. */
function grantedMs(ua: UserAgent, response: IncomingResponseMessage): number | null {
  const ours = response.getHeaders('Contact').find((value) => value.includes(ua.host))
  const expires = /;\s*expires\s*=\s*(\d+)/i.exec(ours ?? '')?.[1]
  return secondsOf(expires) ?? secondsOf(response.getHeader('Expires'))
}

/** "120", "120;duration=60", "18 (I'm in a meeting)". */
function secondsOf(value: string | undefined): number | null {
  const seconds = /^\s*(\d{1,7})/.exec(value ?? '')?.[1]
  return seconds === undefined ? null : Number(seconds) * 1000
}

/** The WebSocket address a redirect means: its host and port, this server's path, never from wss down to ws. */
function redirectOf(response: IncomingResponseMessage, server: string): string | null {
  const uri = /sips?:(?:[^@>;]*@)?([\w.-]+(?::\d+)?)/i.exec(response.getHeader('Contact') ?? '')?.[1]
  if (uri === undefined) return null
  const { protocol, port, pathname } = new URL(server)
  const host = uri.includes(':') || port === '' ? uri : `${uri}:${port}`
  return `${protocol}//${host}${pathname}`
}
