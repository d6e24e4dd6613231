// A PBX made of text: a WebSocket server that speaks just enough SIP to be told, test by test, what to answer and what
// to do wrong. It registers seats and pings back by itself; everything else is the test's.
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { WebSocketServer, type WebSocket } from 'ws'
import { until } from '../pbx/until.ts'

export type SipText = {
  readonly text: string
  /** "INVITE", or "200" of a response. */
  readonly what: string
  readonly method: string
  readonly body: string
  header(name: string): string
}

export type PeerRequest = SipText & {
  reply(status: number | string, parts?: Parts): void
}

type Parts = { headers?: readonly string[]; body?: string }

const FINGERPRINT = `a=fingerprint:sha-256 ${Array.from({ length: 32 }, () => 'AB').join(':')}`
export const SDP = `v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 0\r\n${FINGERPRINT}\r\n`

export type PeerCall = {
  readonly callId: string
  /** The next response with this status; each is handed out once. */
  response(status: number): Promise<SipText>
  ack(parts?: Parts): void
  cancel(parts?: Parts): void
  /** A request inside the call. */
  request(method: string, parts?: Parts): void
}

export type SipPeer = {
  readonly url: string
  /** The next request of this method, each handed out once. */
  next(method: string, withinMs?: number): Promise<PeerRequest>
  /** Everything the seat has sent, in order. */
  readonly heard: readonly SipText[]
  /** Answers requests of this method until told otherwise; null: leaves them to next(). */
  answer(method: string, how: ((request: PeerRequest) => void) | null): void
  invite(parts?: Parts & { from?: string; target?: string }): PeerCall
  /** Anything, as it is. */
  send(text: string | Buffer): void
  connections(): number
  /** Of these, those not closed yet. */
  open(): number
  /** Texts taken in and given out so far. */
  traffic(): { readonly taken: number; readonly given: number }
  /** Closes every connection; new ones are let in. */
  cut(): void
  /** The newest connection. */
  present(): WebSocket | null
  /** What `run` sends goes over this connection. */
  over(connection: WebSocket | null, run: () => void): void
  /** Nothing goes in or out any more on the open connections. */
  hole(): void
  stop(): Promise<void>
}

export async function startSipPeer(): Promise<SipPeer> {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0, handleProtocols: () => 'sip' })
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const heard: SipText[] = []
  const unread: PeerRequest[] = []
  const answers = new Map<string, (request: PeerRequest) => void>()
  let live: WebSocket | null = null
  let accepted = 0
  let taken = 0
  let given = 0
  let calls = 0
  let contact = 'sip:1001@nowhere.invalid'

  answers.set('REGISTER', (request) => {
    const isChallenged = request.header('Authorization') !== ''
    if (!isChallenged) {
      request.reply(401, {
        headers: ['WWW-Authenticate: Digest realm="pbx", nonce="n1", algorithm=MD5, qop="auth"'],
      })
      return
    }
    contact = /<([^>]*)>/.exec(request.header('Contact'))?.[1] ?? contact
    request.reply(200, { headers: [`Contact: ${request.header('Contact')}`] })
  })
  answers.set('OPTIONS', (request) => request.reply(200))

  server.on('connection', (socket) => {
    accepted += 1
    live = socket
    socket.on('message', (data: Buffer) => {
      taken += 1
      if (holes.has(socket)) return
      const message = read(data.toString('utf8'))
      heard.push(message)
      if (/^\d/.test(message.what)) return
      const request: PeerRequest = {
        ...message,
        reply: (status, parts) => send(responseTo(message, status, parts)),
      }
      const how = answers.get(message.what)
      if (how) how(request)
      else unread.push(request)
    })
  })
  const holes = new Set<WebSocket>()

  function send(text: string | Buffer) {
    if (!live || holes.has(live)) return
    given += 1
    live.send(text)
  }

  return {
    url: `ws://127.0.0.1:${port}/ws`,
    heard,
    send,
    async next(method, withinMs) {
      const found = await until(`a ${method}`, () => unread.find(({ what }) => what === method), withinMs)
      unread.splice(unread.indexOf(found), 1)
      return found
    },
    answer(method, how) {
      if (how) answers.set(method, how)
      else answers.delete(method)
    },
    invite(parts = {}) {
      calls += 1
      const mine = calls
      const callId = `peer-call-${mine}`
      const branch = `z9hG4bKpeer${mine}`
      const from = parts.from ?? '"Wang" <sip:13900001001@pbx.test>'
      const target = parts.target ?? contact
      const given = new Set<SipText>()
      let cseq = 100
      let toTag = ''
      const lines = (method: string, number: number, via: string, to: string) => [
        `${method} ${target} SIP/2.0`,
        `Via: SIP/2.0/WS 127.0.0.1;branch=${via}`,
        `From: ${from};tag=peer${mine}`,
        `To: <sip:1001@pbx.test>${to}`,
        `Call-ID: ${callId}`,
        `CSeq: ${number} ${method}`,
        'Max-Forwards: 70',
      ]
      const whole = (head: string[], more: Parts) => withBody([...head, ...(more.headers ?? [])], more.body)
      const sdp = { ...parts, body: parts.body ?? SDP }
      send(whole([...lines('INVITE', 100, branch, ''), 'Contact: <sip:peer@127.0.0.1;transport=ws>'], sdp))
      const dialogTo = () => (toTag === '' ? '' : `;tag=${toTag}`)
      return {
        callId,
        async response(status) {
          const found = await until(`a ${status}`, () =>
            heard.find(
              (one) =>
                one.what === String(status) &&
                one.method === 'INVITE' &&
                one.header('Call-ID') === callId &&
                !given.has(one),
            ),
          )
          given.add(found)
          toTag = /;tag=([^;\s]+)/.exec(found.header('To'))?.[1] ?? toTag
          return found
        },
        ack: (more = {}) => send(whole(lines('ACK', cseq, `${branch}ack${cseq}`, dialogTo()), more)),
        cancel: (more = {}) => send(whole(lines('CANCEL', 100, branch, ''), more)),
        request(method, more = {}) {
          cseq += 1
          const head = lines(method, cseq, `z9hG4bKin${mine}x${cseq}`, dialogTo())
          send(whole([...head, 'Contact: <sip:peer@127.0.0.1;transport=ws>'], more))
        },
      }
    },
    connections: () => accepted,
    open: () => server.clients.size,
    traffic: () => ({ taken, given }),
    cut() {
      for (const socket of server.clients) socket.terminate()
    },
    present: () => live,
    over(connection, run) {
      const present = live
      live = connection
      run()
      live = present
    },
    hole() {
      for (const socket of server.clients) holes.add(socket)
    },
    async stop() {
      for (const socket of server.clients) socket.terminate()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function read(text: string): SipText {
  const end = text.indexOf('\r\n\r\n')
  const head = text.slice(0, end)
  const [first = ''] = head.split('\r\n')
  const header = (name: string) => new RegExp(`^${name} *: *(.*?)\\r?$`, 'im').exec(head)?.[1] ?? ''
  const [word = '', status = ''] = first.split(' ')
  return {
    text,
    what: word === 'SIP/2.0' ? status : word,
    method: header('CSeq').split(' ')[1] ?? '',
    body: text.slice(end + 4),
    header,
  }
}

function responseTo(request: SipText, status: number | string, parts: Parts = {}): string {
  const line = typeof status === 'number' ? `SIP/2.0 ${status} -` : `SIP/2.0 ${status}`
  const to = request.header('To')
  const isTrying = line.startsWith('SIP/2.0 100')
  return withBody(
    [
      line,
      `Via: ${request.header('Via')}`,
      `From: ${request.header('From')}`,
      `To: ${to.includes(';tag=') || isTrying ? to : `${to};tag=peer`}`,
      `Call-ID: ${request.header('Call-ID')}`,
      `CSeq: ${request.header('CSeq')}`,
      ...(request.method === 'INVITE' ? ['Contact: <sip:peer@127.0.0.1;transport=ws>'] : []),
      ...(parts.headers ?? []),
    ],
    parts.body,
  )
}

function withBody(lines: readonly string[], body = ''): string {
  const type = body === '' ? [] : ['Content-Type: application/sdp']
  return [...lines, ...type, `Content-Length: ${Buffer.byteLength(body)}`, '', body].join('\r\n')
}
