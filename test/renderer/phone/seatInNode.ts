// The real telephone in Node: SIP over a real WebSocket to a scripted PBX, sound left out, time by hand.
import type { CallId } from '../../../contract/ids.ts'
import type { SipAccount } from '../../../contract/softphone.ts'
import type { Clock, Phone } from '../../../core/ports.ts'
import type { PhoneEvent } from '../../../core/softphone/phoneEvent.ts'
import { sipPhone } from '../../../renderer/adapters/sipPhone.ts'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { fakeMedia, type FakeMedia } from '../../fakes/fakeMedia.ts'
import { manualClock } from '../../fakes/manualClock.ts'
import { startSipPeer, type SipPeer } from '../../fakes/sipPeer.ts'
import { anAccount } from '../../makers/anAccount.ts'
import { callId as nthCallId, morning } from '../../makers/stamps.ts'
import { until } from '../../pbx/until.ts'

type Told<T extends PhoneEvent['type']> = Extract<PhoneEvent, { type: T }>

export type NodeSeat = {
  readonly phone: Phone
  readonly peer: SipPeer
  readonly media: FakeMedia
  readonly told: PhoneEvent[]
  newCallId(): CallId
  next<T extends PhoneEvent['type']>(type: T, after?: number): Promise<Told<T>>
  links(): string[]
  untilLink(link: string, withinMs?: number): Promise<void>
  register(account?: SipAccount): Promise<void>
  /** A call from the peer, ringing at the seat. */
  ringing(
    invite?: Parameters<SipPeer['invite']>[0],
  ): Promise<{ call: ReturnType<SipPeer['invite']>; callId: CallId }>
  /** The same, answered and acknowledged. */
  talking(): Promise<{ call: ReturnType<SipPeer['invite']>; callId: CallId }>
  /** Lets time pass in small steps, and what was sent arrive. */
  pass(ms: number): Promise<void>
  stop(): Promise<void>
}

export const realClock: Clock = {
  now: () => Date.now(),
  tick: () => performance.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
}

/** Counts what goes through the sockets of this process, to know when nothing is on its way any more. */
export const counts = { opening: 0, sent: 0, received: 0 }
const RealSocket = globalThis.WebSocket
globalThis.WebSocket = class extends RealSocket {
  constructor(url: string | URL, protocols?: string | string[]) {
    super(url, protocols)
    this.addEventListener('message', () => void (counts.received += 1))
    counts.opening += 1
    let isOpening = true
    const opened = () => {
      if (isOpening) counts.opening -= 1
      isOpening = false
    }
    for (const end of ['open', 'close', 'error']) this.addEventListener(end, opened)
  }
  override send(data: Parameters<WebSocket['send']>[0]) {
    counts.sent += 1
    super.send(data)
  }
}

const STEP_MS = 250
/** What a cut or a hole swallowed never arrives. Counted in turns as well: on a busy computer they may be all of one turn. */
const DRAIN_LIMIT_MS = 40
const DRAIN_TURNS = 100

/** The agent's screen: who calls is shown there first, and read a turn later. */
export type Screen = Required<Pick<Parameters<typeof sipPhone>[0], 'foretell' | 'soon'>>
type Kept = Pick<Parameters<typeof sipPhone>[0], 'kept'>
const aScreen: Screen = { foretell: () => true, soon: setImmediate }

/** `clock` left out: time stands still until `pass`. */
export async function seatInNode(realTime?: Clock, screen: Screen & Kept = aScreen): Promise<NodeSeat> {
  const byHand = manualClock(morning)
  const clock = realTime ?? byHand
  const peer = await startSipPeer()
  const media = fakeMedia(() => clock.tick())
  let made = 0
  const newCallId = () => nthCallId((made += 1))
  const phone = sipPhone({ clock, newCallId, media, random: () => 0.5, ...screen })
  const told: PhoneEvent[] = []
  phone.listen((event) => told.push(event))

  const next = <T extends PhoneEvent['type']>(type: T, after = 0) =>
    until(type, () => told.slice(after).find((event): event is Told<T> => event.type === type))
  const links = () => told.flatMap((event) => (event.type === 'linkChanged' ? [event.link.link] : []))
  const untilLink = async (link: string, withinMs?: number) =>
    void (await until(`link ${link}`, () => links().at(-1) === link, withinMs))

  const before = { ...counts }
  async function drained() {
    const isQuiet = () => {
      const { taken, given } = peer.traffic()
      return counts.sent - before.sent === taken && counts.received - before.received === given
    }
    const until = Date.now() + DRAIN_LIMIT_MS
    let turns = 0
    do {
      await nextTurn()
      turns += 1
    } while (!isQuiet() && (turns < DRAIN_TURNS || Date.now() < until))
    if (isQuiet()) return
    const { taken, given } = peer.traffic()
    before.sent = counts.sent - taken
    before.received = counts.received - given
  }
  async function pass(ms: number) {
    for (let left = ms; left > 0; left -= STEP_MS) {
      byHand.advance(Math.min(STEP_MS, left))
      await drained()
    }
  }

  const seat: NodeSeat = {
    phone,
    peer,
    media,
    told,
    newCallId,
    next,
    links,
    untilLink,
    async register(account = anAccount([peer.url])) {
      phone.connect(account)
      await untilLink('registered')
    },
    async ringing(invite) {
      const after = told.length
      const call = peer.invite(invite)
      const { call: offered } = await next('offered', after)
      await call.response(180)
      return { call, callId: offered.callId }
    },
    async talking() {
      const { call, callId } = await seat.ringing()
      const after = told.length
      phone.answer(callId)
      await call.response(200)
      call.ack()
      await next('connected', after)
      return { call, callId }
    },
    pass,
    async stop() {
      const isOff = phone.disconnect()
      // The polite good-bye has a limit of its own.
      await Promise.race([isOff, drained().then(() => byHand.advance(2_000))])
      await peer.stop()
    },
  }
  return seat
}
