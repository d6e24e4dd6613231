// The real telephone in Node: SIP over a real WebSocket to a scripted PBX, sound left out, time optionally by hand.
import type { CallId } from '../../../contract/ids.ts'
import type { SipAccount } from '../../../contract/softphone.ts'
import type { Clock, Phone } from '../../../core/ports.ts'
import type { PhoneEvent } from '../../../core/softphone/phoneEvent.ts'
import { sipPhone } from '../../../renderer/adapters/sipPhone.ts'
import { fakeMedia, type FakeMedia } from '../../fakes/fakeMedia.ts'
import { startSipPeer, type SipPeer } from '../../fakes/sipPeer.ts'
import { anAccount } from '../../makers/anAccount.ts'
import { callId as nthCallId } from '../../makers/stamps.ts'
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
  stop(): Promise<void>
}

/** Real time, but what takes long in life may be made short: `pace` 0.1 lets a second pass in a tenth. */
export function pacedClock(pace: number): Clock {
  const startedAt = performance.now()
  return {
    now: () => Date.now(),
    tick: () => (performance.now() - startedAt) / pace,
    after(ms, run) {
      const timer = setTimeout(run, ms * pace)
      return () => clearTimeout(timer)
    },
  }
}

export async function seatInNode(clock: Clock = pacedClock(1)): Promise<NodeSeat> {
  const peer = await startSipPeer()
  const media = fakeMedia(() => clock.tick())
  let made = 0
  const newCallId = () => nthCallId((made += 1))
  const phone = sipPhone({ clock, newCallId, media, random: () => 0.5 })
  const told: PhoneEvent[] = []
  phone.listen((event) => told.push(event))

  const next = <T extends PhoneEvent['type']>(type: T, after = 0) =>
    until(type, () => told.slice(after).find((event): event is Told<T> => event.type === type))
  const links = () => told.flatMap((event) => (event.type === 'linkChanged' ? [event.link.link] : []))
  const untilLink = async (link: string, withinMs?: number) =>
    void (await until(`link ${link}`, () => links().at(-1) === link, withinMs))

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
    async stop() {
      await phone.disconnect()
      await peer.stop()
    },
  }
  return seat
}
