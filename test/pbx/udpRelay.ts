// A UDP relay between a seat and the PBX, so that a test can break the sound and nothing else: block, lose, delay, or
// make every present path useless as a change of network does. sipRelay.ts puts its addresses into the descriptions.
import { createSocket, type Socket } from 'node:dgram'

/** "127.0.0.1:20004" */
export type Address = string

export interface UdpRelay {
  /** The relay's address for what is reached at `address`: whoever sends there is passed on. */
  standIn: (address: Address) => Promise<Address>
  /** Nothing passes, either way, until heal(). */
  block: () => void
  /** Each packet is lost with this probability, and comes up to `jitterMs` late, out of order too. */
  impair: (how: { loss?: number; jitterMs?: number }) => void
  heal: () => void
  /** The network has changed: every address known so far leads nowhere, for ever. New descriptions get new ones. */
  move: () => void
  /** Voice packets (not ICE, not DTLS) passed on to the address so far, and those that came from it. */
  voiceTo: (address: Address) => Voice
  voiceFrom: (address: Address) => Voice
  /** The longest pause is counted anew from here. */
  forgetPauses: () => void
  close: () => void
}

export interface Voice {
  packets: number
  /** performance.now() of the last one; the longest pause between two, in ms. */
  lastAt: number
  longestPauseMs: number
}

const NO_VOICE: Voice = { packets: 0, lastAt: 0, longestPauseMs: 0 }

interface Leg {
  target: Address
  socket: Socket
  at: Address
}

export function startUdpRelay(random: () => number = Math.random): UdpRelay {
  let legs = new Map<Address, Promise<Leg>>()
  const all = new Set<Socket>()
  const arrived = new Map<Address, Voice>()
  const sent = new Map<Address, Voice>()
  let blocked = false
  let loss = 0
  let jitterMs = 0

  const open = (target: Address): Promise<Leg> =>
    new Promise((settle, fail) => {
      const socket = createSocket('udp4')
      all.add(socket)
      socket.once('error', fail)
      // On every address: a seat's own address need not be the loopback one.
      socket.bind(0, () => {
        socket.on('error', () => {})
        settle({ target, socket, at: `127.0.0.1:${socket.address().port}` })
      })
      const mine = legs
      socket.on('message', (packet, from) => {
        if (mine === legs) pass(packet, `${from.address}:${from.port}`, target)
      })
    })
  /** What is reached through `address` sends from there too, so that each side sees one steady address of the other. */
  const legOf = (address: Address): Promise<Leg> => {
    const known = legs.get(address) ?? open(address)
    legs.set(address, known)
    return known
  }
  const pass = (packet: Buffer, from: Address, target: Address): void => {
    if (blocked || random() < loss) return
    const send = (): void =>
      void legOf(from).then(({ socket }) => {
        if (blocked || !all.has(socket)) return
        const [, host = '', port = ''] = /^(\d+\.\d+\.\d+\.\d+):(\d+)$/.exec(target) ?? []
        // An IPv6 address or a name of the browser's own: the PBX could not have reached it either.
        if (host === '') return
        socket.send(packet, Number(port), host, () => {})
        if (!isVoice(packet)) return
        count(arrived, target)
        count(sent, from)
      })
    if (jitterMs === 0) send()
    else setTimeout(send, random() * jitterMs)
  }
  const count = (voice: Map<Address, Voice>, address: Address): void => {
    const lastAt = performance.now()
    const before = voice.get(address) ?? { packets: 0, lastAt, longestPauseMs: 0 }
    const longestPauseMs = Math.max(before.longestPauseMs, lastAt - before.lastAt)
    voice.set(address, { packets: before.packets + 1, lastAt, longestPauseMs })
  }
  const close = (): void => {
    for (const socket of all) socket.close()
    all.clear()
  }
  return {
    standIn: async (address) => (await legOf(address)).at,
    block: () => void (blocked = true),
    impair(how) {
      loss = how.loss ?? 0
      jitterMs = how.jitterMs ?? 0
    },
    heal() {
      blocked = false
      loss = 0
      jitterMs = 0
    },
    move() {
      legs = new Map()
      close()
    },
    voiceTo: (address) => arrived.get(address) ?? NO_VOICE,
    voiceFrom: (address) => sent.get(address) ?? NO_VOICE,
    forgetPauses() {
      const lastAt = performance.now()
      for (const voice of [arrived, sent])
        for (const [address, { packets }] of voice) voice.set(address, { packets, lastAt, longestPauseMs: 0 })
    },
    close,
  }
}

/** RFC 7983: the first byte tells STUN (0–3), DTLS (20–63) and RTP (128–191) apart; RTCP has types 64–95 next. */
function isVoice(packet: Buffer): boolean {
  const [first = 0, second = 0] = packet
  const type = second & 0x7f
  return first >= 128 && first <= 191 && (type < 64 || type > 95)
}
