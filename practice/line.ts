// One account's line into the exchange: where its seat is now, and the SIP core that owns its dialogs.
// The core belongs to the account, not to the socket, so a seat that reconnects finds its call alive.
import {
  LoggerFactory,
  TransportError,
  URI,
  UserAgentCore,
  type IncomingInviteRequest,
  type IncomingRequestMessage,
  type IncomingResponseMessage,
} from 'sip.js/lib/core/index.js'
import type { WebSocket } from 'ws'

export type Line = {
  readonly extension: string
  readonly core: UserAgentCore
  /** Password and name may change while the seat stays registered. */
  password: string
  name: string
  /** null while no seat is connected. */
  socket: WebSocket | null
  /** Where requests to the seat go: the Contact of its last REGISTER. */
  target: URI | null
  expiry: NodeJS.Timeout | null
  request(message: IncomingRequestMessage): void
  response(message: IncomingResponseMessage): void
}

export type ReachableLine = Line & { target: URI }

export function isReachable(line: Line): line is ReachableLine {
  return line.socket?.readyState === 1 && line.target !== null
}

/** SIP.js says what it does on the console unless told otherwise; numbers must not end there. */
export function silentLoggers(): LoggerFactory {
  const loggers = new LoggerFactory()
  loggers.builtinEnabled = false
  return loggers
}

export function openLine(
  account: { extension: string; password: string; name: string },
  realm: string,
  onInvite: (line: Line, request: IncomingInviteRequest) => void,
): Line {
  const contact = new URI('sip', account.extension, realm, undefined, { transport: 'ws' })
  const core = new UserAgentCore(
    {
      aor: new URI('sip', account.extension, realm),
      contact: {
        pubGruu: undefined,
        tempGruu: undefined,
        uri: contact,
        toString: () => `<${contact.toString()}>`,
      },
      displayName: '',
      loggerFactory: silentLoggers(),
      hackViaTcp: false,
      routeSet: [],
      sipjsId: 'p',
      supportedOptionTags: ['replaces'],
      supportedOptionTagsResponse: ['replaces'],
      userAgentHeaderFieldValue: 'Practice exchange',
      viaForceRport: false,
      viaHost: realm,
      authenticationFactory: () => undefined,
      transportAccessor: () => ({ protocol: 'WS', send }),
    },
    { onInvite: (request) => onInvite(line, request) },
  )
  const line: Line = {
    extension: account.extension,
    password: account.password,
    name: account.name,
    core,
    socket: null,
    target: null,
    expiry: null,
    request(message) {
      // The core answers 404 to any Request-URI but its own address; here it stands for every number there is.
      if (message.ruri) core.configuration.aor = message.ruri
      core.receiveIncomingRequestFromTransport(message)
    },
    response: (message) => core.receiveIncomingResponseFromTransport(message),
  }

  function send(message: string): Promise<void> {
    const { socket } = line
    if (socket?.readyState !== 1) return Promise.reject(new TransportError('no seat on this line'))
    return new Promise((resolve, reject) => {
      socket.send(message, (error) => (error ? reject(new TransportError(error.message)) : resolve()))
    })
  }
  return line
}
