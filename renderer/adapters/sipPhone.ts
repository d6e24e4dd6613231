// The telephone: puts line, registration, calls and sound together and keeps the promises of core's Phone port.
// SIP.js is spoken only here and in phone/; what an event means for the agent is core's.
import type { IncomingInviteRequest, IncomingRequestMessage } from 'sip.js/lib/core/index.js'
import { failed } from '../../contract/answer.ts'
import type { CallId } from '../../contract/ids.ts'
import type { SipAccount } from '../../contract/softphone.ts'
import type { Clock, Phone } from '../../core/ports.ts'
import type { OfferedCall, PhoneEvent, PhoneLink } from '../../core/softphone/phoneEvent.ts'
import type { SipCall, Told, Wiring } from './phone/call.ts'
import { readOffer } from './phone/callHeaders.ts'
import { explained } from './phone/explained.ts'
import { glimpse } from './phone/glimpse.ts'
import { inboundCall, type InboundCall } from './phone/inboundCall.ts'
import { joining } from './phone/joining.ts'
import { leftCalls, type KeptCalls } from './phone/leftCalls.ts'
import { keepLine, type LineKeeper } from './phone/lineKeeper.ts'
import type { CallMedia, Media } from './phone/media.ts'
import { outgoingCall } from './phone/outgoingCall.ts'
import { phoneTexts } from './phone/phoneTexts.ts'
import { pinger } from './phone/pinger.ts'
import { dialQueueCode } from './phone/queueCode.ts'
import { tryVoicePath } from './phone/voiceTrial.ts'
import { offeredRecording, recordingWord } from './phone/recording.ts'
import { registration, type Registration } from './phone/registration.ts'
import { isSecureServer, secured } from './phone/secureVoice.ts'
import { tracedSocket, type Traced } from './phone/sipTrace.ts'
import { timely } from './phone/timely.ts'
import { userAgent, type UserAgent } from './phone/userAgent.ts'

/** A polite good-bye may take this long; then the socket is closed anyway. */
const GOODBYE_MS = 1_000

/** One signed-in account: its identity in SIP, its registration and its line. */
type Seat = { readonly ua: UserAgent; readonly line: LineKeeper; readonly registration: Registration }

export function sipPhone(deps: {
  clock: Clock
  newCallId(): CallId
  media: Media
  random?: () => number
  onNetworkBack?: (run: () => void) => void
  /** Runs what may wait until the agent sees that it rings. */
  soon?: (run: () => void) => void
  /** Shows who is about to be offered, where that can be shown; true: it is, and reading the INVITE may wait for it. */
  foretell?: (call: OfferedCall) => boolean
  /** Told of every message that goes over the line. */
  traced?: Traced
  /** Where calls are kept that the next page must end, should this one crash. */
  kept?: KeptCalls
}): Phone {
  const { clock, media, newCallId } = deps
  const random = deps.random ?? Math.random
  const onNetworkBack = deps.onNetworkBack ?? ((run) => globalThis.addEventListener?.('online', run))
  const soon = deps.soon ?? ((run) => run())
  const foretell = (call: OfferedCall) => !isLeaving && deps.foretell?.(call) === true
  const calls = new Map<CallId, SipCall>()
  /** By SIP Call-ID, for a CANCEL that SIP.js no longer passes on. */
  const inbound = new Map<string, InboundCall>()
  let seat: Seat | null = null
  let isLeaving = false
  let tellListener: (event: PhoneEvent) => void = () => {}
  /** The call being offered this very moment, and what the listener wants done with it before it returns. */
  let offering: { callId: CallId; wish: 'answer' | 'busy' | 'decline' | null } | null = null
  /** Good-byes said while there was no line. */
  let postponed: (() => void)[] = []
  const sayPostponed = () => postponed.splice(0).forEach((run) => run())
  const left = leftCalls(deps.kept)
  const emit = (told: Told) => {
    tellListener({ ...told, at: clock.now(), tick: clock.tick() })
    if (told.type === 'connected') callsChanged()
  }
  /** As the browser gave it: what a call does with it goes through `secured` and `timely`. */
  const sounds = new Map<CallId, CallMedia>()
  const three = joining({ media, emit, sound: (callId) => sounds.get(callId) })
  media.onMicrophone((state, label, moved) =>
    emit({ type: 'microphoneChanged', microphone: state, label, moved }),
  )
  media.onEar((ear, moved) => emit({ type: 'earChanged', ear, moved }))
  onNetworkBack(() => seat?.line.tell({ type: 'nudged' }))

  const isLineGood = () => seat?.line.isRegistered() ?? false
  function whenLineGood(run: () => void) {
    // Who leaves has no other time: what there is of a line may still carry it.
    if (isLineGood() || isLeaving) run()
    else postponed.push(run)
  }

  function callsChanged() {
    seat?.line.tell({ type: 'talkingChanged', talking: calls.size > 0 })
    // A page that leaves does not know whether its good-byes still go out: the next one says them again.
    if (!isLeaving) left.note([...calls.values()].map((call) => call.session()))
  }

  function wiringOf(ua: UserAgent, callId: CallId, onOver: () => void): Wiring {
    const sound = media.open('voice')
    sounds.set(callId, sound)
    return {
      clock,
      random,
      ua,
      callId,
      media: timely(secured(sound), clock),
      isLineGood,
      emit,
      whenLineGood,
      onOver() {
        calls.delete(callId)
        sounds.delete(callId)
        three.part(callId)
        onOver()
        callsChanged()
      },
    }
  }

  function invited(ua: UserAgent, request: IncomingInviteRequest) {
    if (isLeaving) {
      request.reject({ statusCode: 480 })
      return
    }
    const callId = newCallId()
    const { message } = request
    const { extension, recordingCodes } = ua.account()
    const recording = offeredRecording(message, recordingCodes !== null)
    const offer = { ...readOffer(message, callId, extension), recording }
    for (const call of inbound.values()) call.offeredAnew(offer.callRef)
    // First of all the agent's screen; the PBX and the sound can wait a few milliseconds.
    const mine: typeof offering = { callId, wish: null }
    offering = mine
    emit({ type: 'offered', call: offer })
    offering = null
    if (mine.wish === 'busy' || mine.wish === 'decline') {
      // Nothing has been opened for it yet, so a flood of calls costs no more than its refusals.
      request.reject({ statusCode: mine.wish === 'busy' ? 486 : 603 })
      emit({ type: 'ended', callId, by: 'us', cause: null })
      return
    }
    const call = inboundCall(
      wiringOf(ua, callId, () => inbound.delete(message.callId)),
      request,
      offer,
    )
    calls.set(callId, call)
    inbound.set(message.callId, call)
    soon(callsChanged)
    soon(call.prepare)
    if (mine.wish === 'answer') call.answer()
  }

  function command(callId: CallId, wish: 'answer' | 'busy' | 'decline', run: (call: SipCall) => void) {
    const call = calls.get(callId)
    if (call) run(call)
    else if (offering?.callId === callId) offering.wish = wish
  }

  function cancelled(message: IncomingRequestMessage) {
    inbound.get(message.callId)?.cancelled(message)
  }

  function lineLost() {
    calls.forEach((call) => call.lineLost())
  }

  function lineBack() {
    sayPostponed()
    calls.forEach((call) => call.lineBack())
    if (seat !== null) void left.sayGoodBye(seat.ua)
  }

  function sit(account: SipAccount): Seat {
    const line = keepLine({
      clock,
      random,
      open: tracedSocket(deps.traced),
      received: (text) => glimpsed.received(text),
      register: (expiresMs, server) => register.send(expiresMs, server, (answer) => line.tell(answer)),
      dropped() {
        glimpsed.readAll()
        register.forget()
        lineLost()
      },
      ping: () => ping(),
      repairCalls: lineBack,
      // A line that has been replaced has nothing more to say.
      report: (link) =>
        seat?.line === line && emit({ type: 'linkChanged', link: explained(link, ua, clock) }),
    })
    const ua = userAgent(account, line, {
      invited: (request) => invited(ua, request),
      messaged(request) {
        const word = recordingWord(request)
        if (word) for (const call of calls.values()) call.recordingTold(word)
      },
      cancelled,
      answered: () => line.tell({ type: 'heard' }),
      dropped: (first) => emit({ type: 'messageDropped', first }),
    })
    const glimpsed = glimpse({ ua, soon, newCallId, foretell, isKnown: (callId) => inbound.has(callId) })
    const register = registration(ua)
    const ping = pinger(ua, line)
    return { ua, line, registration: register }
  }

  function hangUpAll() {
    calls.forEach((call) => call.hangUp())
  }

  async function leave(leaving: Seat) {
    hangUpAll()
    if (leaving.line.isRegistered()) {
      await new Promise<void>((resolve) => {
        const cancel = clock.after(GOODBYE_MS, resolve)
        leaving.registration.send(0, '', () => {
          cancel()
          resolve()
        })
      })
    }
    leaving.line.tell({ type: 'stopped' })
    leaving.ua.core.reset()
  }

  return {
    connect(account) {
      const servers = account.servers.filter(isSecureServer)
      if (servers.length === 0) {
        const link: PhoneLink = { link: 'notRegistered', why: 'untrusted', text: phoneTexts.notEncrypted }
        return emit({ type: 'linkChanged', link })
      }
      const old = seat
      media.warm()
      isLeaving = false
      if (old?.ua.renew(account) === true) {
        // The same seat with a fresh secret or other servers: its calls stay.
        old.line.tell({ type: 'asked', servers })
        return
      }
      postponed = []
      if (old !== null) void leave(old)
      seat = sit(account)
      seat.line.tell({ type: 'asked', servers })
    },
    async disconnect() {
      const leaving = seat
      if (leaving === null) return
      isLeaving = true
      sayPostponed()
      hangUpAll()
      media.rest()
      await leave(leaving)
      // Signed in again meanwhile: then this is somebody else's seat.
      if (seat === leaving) seat = null
    },
    dial(callId, number, callRef = null) {
      if (seat === null || calls.has(callId)) {
        emit({
          type: 'ended',
          callId,
          by: null,
          cause: { protocol: 'seat', code: 4, text: phoneTexts.notConnected },
        })
        return
      }
      const call = outgoingCall(
        wiringOf(seat.ua, callId, () => {}),
        number,
        callRef,
      )
      calls.set(callId, call)
      callsChanged()
      call.start()
    },
    answer: (callId) => command(callId, 'answer', (call) => call.answer()),
    reject: (callId, how) => command(callId, how, (call) => call.reject(how)),
    hangUp: (callId) => command(callId, 'decline', (call) => call.hangUp()),
    hold: (callId) => calls.get(callId)?.hold(),
    resume: (callId) => calls.get(callId)?.resume(),
    mute: (callId, muted) => calls.get(callId)?.mute(muted),
    turnRecording: (callId, to) => calls.get(callId)?.turnRecording(to),
    sendDigits: (callId, digits) => calls.get(callId)?.sendDigits(digits),
    transfer: (callId, number) => calls.get(callId)?.transfer(number),
    handOver: (callId, toCallId) => calls.get(callId)?.handOver(calls.get(toCallId) ?? null),
    join: three.join,
    part: three.part,
    tellQueue(code) {
      if (seat === null) return Promise.resolve(failed('unreachable', phoneTexts.queueNoAnswer))
      return dialQueueCode({ clock, media, ua: seat.ua, isLineGood: isLineGood() }, code)
    },
    useDevices: (devices) => media.useDevices(devices),
    nudge: () => seat?.line.tell({ type: 'nudged' }),
    checkSound: () => media.warm(),
    hearOn: (device) => media.hearOn(device),
    tryVoicePath(number) {
      if (seat === null || !isLineGood()) return Promise.resolve('untried')
      return tryVoicePath({ clock, media, ua: seat.ua }, number)
    },
    listen: (listener) => void (tellListener = listener),
  }
}
