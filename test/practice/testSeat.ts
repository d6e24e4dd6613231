// A seat for tests, made of the same SIP core and werift: registers, answers, holds, transfers, sends and hears tones.
// It stands where the real softphone stands, without a browser.
import {
  DigestAuthentication,
  IncomingRequestMessage,
  LoggerFactory,
  Parser,
  URI,
  UserAgentCore,
  type IncomingInviteRequest,
  type Session,
} from 'sip.js/lib/core/index.js'
import { WebSocket } from 'ws'
import { toSeat } from '../../practice/sdp.ts'
import { openSeatLeg, type SeatLeg } from './testSeatLeg.ts'

const sdp = (content: string) => ({ contentDisposition: 'session', contentType: 'application/sdp', content })

export type Offered = {
  request: IncomingInviteRequest
  header(name: string): string | undefined
  displayName: string
  cancelReason: string | null
  answer(): Promise<TestCall>
}

export type TestCall = {
  session: Session
  leg: SeatLeg
  isOver(): boolean
  notified: string[]
  identity: string | null
  hold(direction: 'sendonly' | 'sendrecv', isRestart?: boolean): Promise<number>
  refer(target: string, replaces?: Session): void
  bye(): void
}

export type TestSeat = Awaited<ReturnType<typeof openTestSeat>>

export async function openTestSeat(options: {
  url: string
  realm: string
  extension: string
  password: string
}) {
  const { url, realm, extension, password } = options
  const log = new LoggerFactory()
  log.builtinEnabled = false
  let socket = await connect(url)
  const offers: Offered[] = []
  /** MESSAGEs, by the headers a test may ask for. */
  const told: ((name: string) => string | undefined)[] = []
  const legs = new Set<SeatLeg>()
  const self = new URI('sip', extension, realm)
  const contact = new URI('sip', `${extension}x`, 'seat.invalid', undefined, { transport: 'ws' })
  const contactHeader = `Contact: <${contact.toString()}>`
  const core: UserAgentCore = new UserAgentCore(
    {
      aor: self,
      contact: {
        pubGruu: undefined,
        tempGruu: undefined,
        uri: contact,
        toString: () => `<${contact.toString()}>`,
      },
      displayName: '',
      loggerFactory: log,
      hackViaTcp: false,
      routeSet: [],
      sipjsId: extension,
      supportedOptionTags: [],
      supportedOptionTagsResponse: [],
      userAgentHeaderFieldValue: 'test seat',
      viaForceRport: false,
      viaHost: 'seat.invalid',
      authenticationFactory: () => new DigestAuthentication(log, undefined, extension, password),
      transportAccessor: () => ({
        protocol: 'WS',
        send: async (message: string) => {
          if (socket.readyState !== 1) throw new Error('closed')
          socket.send(message)
        },
      }),
    },
    {
      onInvite: offered,
      onMessage(request) {
        told.push((name) => request.message.getHeader(name))
        request.accept({ statusCode: 200 })
      },
    },
  )
  listenTo(socket)

  function listenTo(opened: WebSocket) {
    opened.on('message', (data: Buffer) => {
      const message = Parser.parseMessage(data.toString(), log.getLogger('test'))
      if (!message) return
      if (message instanceof IncomingRequestMessage) core.receiveIncomingRequestFromTransport(message)
      else core.receiveIncomingResponseFromTransport(message)
    })
  }

  function offered(request: IncomingInviteRequest) {
    request.progress({ statusCode: 180 })
    const offer: Offered = {
      request,
      header: (name) => request.message.getHeader(name),
      displayName: request.message.from.displayName,
      cancelReason: null,
      async answer() {
        const leg = openLeg()
        await leg.peer.setRemoteDescription({ type: 'offer', sdp: request.message.body })
        await leg.peer.setLocalDescription(await leg.peer.createAnswer())
        const { session } = request.accept({ statusCode: 200, body: sdp(localSdp(leg)) })
        return inCall(session, leg)
      },
    }
    request.delegate = {
      onCancel(cancel) {
        offer.cancelReason = cancel.getHeader('reason') ?? ''
        request.reject({ statusCode: 487 })
      },
    }
    offers.push(offer)
  }

  function openLeg() {
    const leg = openSeatLeg()
    legs.add(leg)
    return leg
  }

  function localSdp(leg: SeatLeg) {
    return toSeat(leg.peer.localDescription?.sdp ?? '')
  }

  function inCall(session: Session, leg: SeatLeg): TestCall {
    let isOver = false
    const call: TestCall = {
      session,
      leg,
      isOver: () => isOver,
      notified: [],
      identity: null,
      async hold(direction, isRestart = false) {
        leg.transceiver.setDirection(direction)
        await leg.peer.setLocalDescription(await leg.peer.createOffer({ iceRestart: isRestart }))
        return new Promise((resolve) => {
          session.invite(
            {
              onAccept(response) {
                response.ack()
                leg.peer.setRemoteDescription({ type: 'answer', sdp: response.message.body }).then(
                  () => resolve(200),
                  () => resolve(0),
                )
              },
              onReject: ({ message }) => resolve(message.statusCode ?? 0),
            },
            { extraHeaders: [contactHeader], body: sdp(localSdp(leg)) },
          )
        })
      },
      refer(target, replaces) {
        const named = replaces
          ? `?Replaces=${encodeURIComponent(`${replaces.callId};to-tag=${replaces.remoteTag};from-tag=${replaces.localTag}`)}`
          : ''
        session.refer(undefined, {
          extraHeaders: [contactHeader, `Refer-To: <sip:${target}@${realm}${named}>`],
        })
      },
      bye() {
        isOver = true
        session.bye()
      },
    }
    session.delegate = {
      onBye(request) {
        request.accept({ statusCode: 200 })
        isOver = true
      },
      onNotify(request) {
        request.accept({ statusCode: 200 })
        call.notified.push(request.message.body.trim())
      },
      onInvite(request) {
        call.identity = request.message.getHeader('p-asserted-identity') ?? null
        leg.peer
          .setRemoteDescription({ type: 'offer', sdp: request.message.body })
          .then(async () => leg.peer.setLocalDescription(await leg.peer.createAnswer()))
          .then(() => request.accept({ statusCode: 200, body: sdp(localSdp(leg)) }))
          .catch(() => request.reject({ statusCode: 488 }))
      },
    }
    return call
  }

  function register(expires = 60): Promise<number> {
    const message = core.makeOutgoingRequestMessage('REGISTER', new URI('sip', '', realm), self, self, {}, [
      `${contactHeader};expires=${expires}`,
    ])
    return new Promise((resolve) => {
      core.register(message, {
        onAccept: ({ message: reply }) => resolve(reply.statusCode ?? 0),
        onReject: ({ message: reply }) => resolve(reply.statusCode ?? 0),
      })
    })
  }

  return {
    offers,
    told,
    register,
    socket: () => socket,
    /** The sound of the call made or taken last. */
    lastLeg: () => [...legs].at(-1),
    async reconnect() {
      socket = await connect(url)
      listenTo(socket)
      return register()
    },
    /** Resolves with the call, or with the status that refused it. */
    async dial(number: string, headers: readonly string[] = []): Promise<TestCall | number> {
      const leg = openLeg()
      await leg.peer.setLocalDescription(await leg.peer.createOffer())
      const target = new URI('sip', number, realm)
      const message = core.makeOutgoingRequestMessage(
        'INVITE',
        target,
        self,
        target,
        {},
        [contactHeader, ...headers],
        sdp(localSdp(leg)),
      )
      return new Promise((resolve) => {
        core.invite(message, {
          onProgress({ message: progress }) {
            if (progress.statusCode === 183) {
              leg.peer.setRemoteDescription({ type: 'answer', sdp: progress.body }).catch(() => resolve(0))
            }
          },
          onAccept(response) {
            response.ack()
            leg.peer.setRemoteDescription({ type: 'answer', sdp: response.message.body }).then(
              () => resolve(inCall(response.session, leg)),
              () => resolve(0),
            )
          },
          onReject: ({ message: reply }) => resolve(reply.statusCode ?? 0),
        })
      })
    },
    async close() {
      socket.terminate()
      await Promise.all([...legs].map((leg) => leg.close()))
      core.dispose()
    },
  }
}

function connect(url: string): Promise<WebSocket> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, 'sip')
    socket.once('open', () => resolve(socket))
    socket.once('error', reject)
  })
}
