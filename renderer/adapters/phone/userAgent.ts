// Our end of SIP: who we are, how a request of ours looks, and what becomes of each text the socket brings.
// Transactions, dialogs and digest are SIP.js's core; sockets, calls and sound are elsewhere.
import {
  DigestAuthentication,
  IncomingRequestMessage,
  IncomingResponseMessage,
  LoggerFactory,
  URI,
  UserAgentCore,
  type Body,
  type IncomingInviteRequest,
  type IncomingMessageRequest,
  type OutgoingRequestMessage,
} from 'sip.js/lib/core/index.js'
import type { SipAccount } from '../../../contract/softphone.ts'
import { messagesIn } from './sipFrames.ts'
import { readMessage, refusalFor } from './sipRepair.ts'

export type UserAgent = {
  readonly core: UserAgentCore
  readonly account: () => SipAccount
  /** Takes a fresh secret or other servers of the same seat. False: another seat. */
  renew(account: SipAccount): boolean
  /** The header every INVITE and REFER of ours carries. */
  readonly contactHeader: string
  readonly host: string
  addressOf(number: string): URI
  request(method: string, target: URI, to: URI, more?: RequestParts): OutgoingRequestMessage
  receive(text: string): void
}

export type RequestParts = {
  callId?: string
  cseq?: number
  fromTag?: string
  toTag?: string
  routeSet?: string[]
  headers?: string[]
  body?: Body
}

export type Wire = { protocol(): 'WS' | 'WSS'; send(text: string): boolean }

export function userAgent(
  first: SipAccount,
  wire: Wire,
  on: {
    invited(request: IncomingInviteRequest): void
    /** A MESSAGE outside any call; it waits for its answer. */
    messaged(request: IncomingMessageRequest): void
    /** The other side gave up; comes also when our answer was already on its way. */
    cancelled(message: IncomingRequestMessage): void
    answered(): void
    dropped(first: string): void
  },
): UserAgent {
  let account = first
  const host = `${randomWord()}.invalid`
  const me = new URI('sip', first.extension, first.domain)
  const contact = new URI('sip', first.extension, host, undefined, { transport: 'ws' })
  const contactHeader = `Contact: <${contact.toString()}>`
  const loggerFactory = new LoggerFactory()
  // SIP.js would write callers' numbers and digests to the console.
  loggerFactory.builtinEnabled = false
  const core = new UserAgentCore(
    {
      aor: me,
      contact: {
        pubGruu: undefined,
        tempGruu: undefined,
        uri: contact,
        toString: () => `<${contact.toString()}>`,
      },
      displayName: '',
      loggerFactory,
      hackViaTcp: false,
      routeSet: [],
      sipjsId: randomWord().slice(0, 5),
      supportedOptionTags: ['outbound'],
      supportedOptionTagsResponse: ['outbound'],
      userAgentHeaderFieldValue: 'Hotline Seat',
      viaForceRport: false,
      viaHost: host,
      authenticationFactory: () =>
        new DigestAuthentication(loggerFactory, undefined, account.extension, account.password),
      transportAccessor: () => transport,
    },
    { onInvite: (request) => on.invited(request), onMessage: (request) => on.messaged(request) },
  )
  // One object for the life of the seat: a transaction begun on one socket goes on over the next.
  const transport = {
    get protocol() {
      return wire.protocol()
    },
    send: (text: string) =>
      wire.send(text) ? Promise.resolve() : Promise.reject(new Error('no connection to the PBX')),
  }

  function receive(frame: string) {
    for (const text of messagesIn(frame)) receiveOne(text)
  }

  function receiveOne(text: string) {
    if (/^[\r\n]*$/.test(text)) return
    try {
      const message = readMessage(text)
      if (message === null) {
        drop(text)
      } else if (message instanceof IncomingResponseMessage) {
        on.answered()
        if (message.via.host === host) core.receiveIncomingResponseFromTransport(message)
      } else {
        // Whatever it is addressed to, it came on the connection that is ours alone; SIP.js would answer 404 unseen.
        message.ruri = contact.clone()
        if (message.method === 'CANCEL') on.cancelled(message)
        core.receiveIncomingRequestFromTransport(message)
      }
    } catch {
      // SIP.js throws at some malformed messages; a live call must not notice.
      on.dropped(firstWord(text))
    }
  }

  function drop(text: string) {
    on.dropped(firstWord(text))
    const refusal = refusalFor(text)
    if (refusal !== null) wire.send(refusal)
  }

  return {
    core,
    account: () => account,
    renew(next) {
      if (next.extension !== first.extension || next.domain !== first.domain) return false
      account = next
      return true
    },
    contactHeader,
    host,
    addressOf: (number) => new URI('sip', number, account.domain),
    request: (method, target, to, { headers = [], body, ...options } = {}) =>
      core.makeOutgoingRequestMessage(method, target, me, to, options, headers, body),
    receive,
  }
}

export function sdpBody(content: string): Body {
  return { contentDisposition: 'session', contentType: 'application/sdp', content }
}

/** Method or protocol only: the rest of a message we cannot read may hold a caller's name. */
function firstWord(text: string): string {
  return /^\s*(SIP\/2\.0|[A-Z]{3,10})\b/.exec(text)?.[1] ?? '?'
}

function randomWord(): string {
  return crypto.randomUUID().replaceAll('-', '').slice(0, 12)
}
