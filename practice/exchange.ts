// The practice exchange: a SIP-over-WebSocket server on loopback that stands in for the PBX.
// It owns sockets, lines and commands; what happens in calls is decided by ring, dialled and transfer.
import { randomBytes } from 'node:crypto'
import { constructOutgoingResponse, IncomingRequestMessage, Parser } from 'sip.js/lib/core/index.js'
import { RTCDtlsTransport } from 'werift'
import { WebSocketServer, type WebSocket } from 'ws'
import {
  PersonaCard,
  type PracticeAccount,
  type PracticeCommand,
  type PracticeConfiguration,
  type PracticeEvent,
  type PracticeProblem,
} from '../contract/practice.ts'
import { unreachable } from '../core/unreachable.ts'
import { endConversation, listen } from './conversation.ts'
import { dialled } from './dialled.ts'
import { openDigestGate } from './digest.ts'
import type { Switchboard } from './far.ts'
import { isReachable, openLine, silentLoggers, type Line } from './line.ts'
import { leave, register, type Reply } from './registrar.ts'
import { ringPersona } from './ring.ts'
import { openRounds } from './round.ts'
import { transfer } from './transfer.ts'
import { loadCast } from './voices.ts'

/** SIP messages are a few kilobytes; anything longer is no seat. */
const MAX_MESSAGE = 64 * 1024

export type Exchange = {
  /** ws://127.0.0.1:PORT */
  url: string
  realm: string
  personas: PersonaCard[]
  /** Carries the command out; its result comes as a `done` or `refused` event. */
  obey(command: PracticeCommand): void
  close(): Promise<void>
}

export async function startExchange(
  configuration: PracticeConfiguration,
  onEvent: (event: PracticeEvent) => void,
): Promise<Exchange> {
  const { realm } = configuration
  const loggers = silentLoggers()
  const parserLog = loggers.getLogger('parser')
  const gate = openDigestGate(realm)
  const run = randomBytes(3).toString('hex')
  let refs = 0
  let faults = 0
  const board: Switchboard = {
    configuration,
    cast: loadCast(configuration.voices),
    lines: new Map(),
    rooms: new Map(),
    all: new Set(),
    emit(event) {
      onEvent(event)
      rounds.notice(event)
    },
    fault(what) {
      faults += 1
      onEvent({ event: 'fault', what, count: faults, at: Date.now() })
    },
    nextRef() {
      refs += 1
      return `practice-${run}-${refs}`
    },
    refer: (conversation, call, request) => transfer(board, conversation, call, request),
  }
  const rounds = openRounds(board, cut)

  function admit(account: PracticeAccount) {
    const line = board.lines.get(account.extension)
    if (line) Object.assign(line, { password: account.password, name: account.name })
    else {
      const opened = openLine(account, realm, (from, request) => dialled(board, from, request))
      board.lines.set(account.extension, opened)
    }
  }
  configuration.accounts.forEach(admit)

  // The first certificate takes 100 ms and more: made before the first call, not in it.
  await RTCDtlsTransport.SetupCertificate()
  const server = new WebSocketServer({
    host: '127.0.0.1',
    port: configuration.port,
    maxPayload: MAX_MESSAGE,
    handleProtocols: (offered) => (offered.has('sip') ? 'sip' : false),
  })
  server.on('connection', (socket) => {
    socket.on('message', (data: Buffer) => {
      try {
        receive(socket, data.toString('utf8'))
      } catch {
        board.fault('message not processed')
      }
    })
    socket.on('error', () => board.fault('socket error'))
    socket.on('close', () => {
      for (const line of board.lines.values()) {
        if (line.socket === socket) leave(line, 'socketClosed', board.emit)
      }
    })
  })
  await new Promise((resolve, reject) => {
    server.once('listening', resolve)
    server.once('error', reject)
  })
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : configuration.port

  function receive(socket: WebSocket, text: string) {
    // Keep-alive of RFC 5626: two line ends are answered by one.
    if (/^[\r\n]*$/.test(text)) {
      socket.send('\r\n')
      return
    }
    const message = Parser.parseMessage(text, parserLog)
    if (!message) {
      board.fault('message not parsed')
      return
    }
    const line = [...board.lines.values()].find((one) => one.socket === socket)
    if (!(message instanceof IncomingRequestMessage)) {
      line?.response(message)
      return
    }
    const reply = (options: Reply) => socket.send(constructOutgoingResponse(message, options).message)
    try {
      request(socket, line, message, reply)
    } catch {
      board.fault('request not processed')
      if (message.method !== 'ACK') reply({ statusCode: 500 })
    }
  }

  function request(
    socket: WebSocket,
    line: Line | undefined,
    message: IncomingRequestMessage,
    reply: (options: Reply) => void,
  ) {
    if (message.method === 'REGISTER') {
      reply(register(message, socket, board.lines, gate, board.emit))
    } else if (line) line.request(message)
    else if (message.method === 'OPTIONS') reply({ statusCode: 200 })
    else if (message.method !== 'ACK') reply({ statusCode: 403 })
  }

  function cut(extension: string) {
    board.lines.get(extension)?.socket?.terminate()
  }

  function obey(command: PracticeCommand): PracticeProblem | string | null {
    switch (command.do) {
      case 'ring': {
        const line = board.lines.get(command.extension)
        const persona = board.cast.personas.find(({ code }) => code === command.persona)
        if (!line) return problem('unknownSeat')
        if (!persona) return problem('unknownPersona')
        if (!isReachable(line)) return problem('seatAway')
        return ringPersona(board, line, persona, command.waitedSeconds)
      }
      case 'ringMixed':
        if (!board.lines.has(command.extension)) return problem('unknownSeat')
        return rounds.start(command) ? null : problem('roundRunning')
      case 'stopMixed':
        rounds.stop(command.extension)
        return null
      case 'cut':
        if (!board.lines.has(command.extension)) return problem('unknownSeat')
        cut(command.extension)
        return null
      case 'hangUp':
      case 'listen': {
        const found = [...board.all].filter(({ ref }) => ref === command.call)
        if (found.length === 0) return problem('unknownCall')
        for (const conversation of found) {
          if (command.do === 'hangUp') endConversation(board, conversation, 'caller')
          else listen(board, conversation, command.on)
        }
        return command.call
      }
      case 'admit':
        admit(command.account)
        return null
      case 'close':
        close().catch(() => board.fault('not closed'))
        return null
      default:
        return unreachable(command)
    }
  }

  async function close() {
    rounds.stopAll()
    for (const conversation of board.all) endConversation(board, conversation, 'exchange')
    for (const line of board.lines.values()) if (line.expiry) clearTimeout(line.expiry)
    const closed = new Promise((resolve) => server.close(resolve))
    for (const socket of server.clients) socket.close(1001)
    const impatience = setTimeout(() => server.clients.forEach((socket) => socket.terminate()), 500)
    await closed
    clearTimeout(impatience)
    for (const line of board.lines.values()) line.core.dispose()
  }

  return {
    url: `ws://127.0.0.1:${port}`,
    realm,
    personas: board.cast.personas.map((persona) => PersonaCard.parse(persona)),
    obey(command) {
      const result = obey(command)
      const id = command.id ?? null
      if (typeof result === 'object' && result) board.emit({ event: 'refused', id, problem: result })
      else board.emit({ event: 'done', id, call: result })
    },
    close,
  }
}

const PROBLEMS = {
  unknownSeat: '练习总机里没有这个分机，请重新签入',
  seatAway: '话路没接上，电话打不进来，请稍等重连',
  unknownPersona: '没有这位模拟来电人，请另选一位',
  unknownCall: '这通电话已经结束',
  badCommand: '练习总机看不懂这个请求，没有执行',
  roundRunning: '这一轮还没打完，先停下再开始',
} satisfies Record<PracticeProblem['code'], string>

export function problem(code: PracticeProblem['code']): PracticeProblem {
  return { code, text: PROBLEMS[code] }
}
