// A telephone whose other side is the test: ring it, hang up on it, take its line away. It keeps the promises of the
// Phone port (test/suites/phoneSuite.ts runs on it and on the real one); what a PBX would do by itself it does at once.
import { done, failed, type Answer } from '../../contract/answer.ts'
import type { CallId } from '../../contract/ids.ts'
import type { CallQuality, EndCause, SipAccount } from '../../contract/softphone.ts'
import type { Devices, Phone } from '../../core/ports.ts'
import type { OfferedCall, PhoneEvent, PhoneLink } from '../../core/softphone/phoneEvent.ts'
import type { Ear, MicrophoneState, Moved, VoicePath } from '../../core/softphone/sound.ts'

type Told = PhoneEvent extends infer One ? (One extends PhoneEvent ? Omit<One, 'at' | 'tick'> : never) : never

type FakeCall = {
  phase: 'ringing' | 'dialling' | 'connected'
  held: boolean
  muted: boolean
  digits: string
  number: string
}

export type FakePhone = {
  readonly phone: Phone
  /** Somebody calls. Missing parts of the offer are filled in as for a worker from the queue. */
  ring(offer: { callId: CallId } & Partial<OfferedCall>): void
  /** They hang up, or give up while it still rings. */
  theyHangUp(callId: CallId, cause?: EndCause | null): void
  /** The network or the PBX ends it. */
  callBreaks(callId: CallId, cause?: EndCause | null): void
  /** The other side of an outgoing call rings (or an announcement plays), answers, or refuses. */
  itRings(callId: CallId, announcement?: boolean): void
  theyAnswer(callId: CallId): void
  theyRefuse(callId: CallId, code: number): void
  /** A consultation or a transfer elsewhere puts somebody else on the line. */
  becomes(callId: CallId, number: string, name: string | null, internal?: boolean): void
  measure(callId: CallId, quality: CallQuality): void
  /** No socket to the PBX; live calls go on. */
  dropLink(): void
  /** Registered again. */
  restoreLink(): void
  /** Any state of the line, e.g. a wrong secret. */
  setLink(link: PhoneLink): void
  microphone(state: MicrophoneState, label?: string, moved?: Moved): void
  ear(ear: Ear, moved?: Moved): void
  dropMessage(first: string): void
  /** What the PBX does next, instead of what was asked of it. */
  readonly plan: {
    hold: 'works' | 'fails'
    /** Blind and attended. 'waits': nobody has answered there yet. */
    transfer: 'works' | 'fails' | 'waits'
    join: 'works' | 'fails'
    recording: 'works' | 'fails'
    /** 'waits': theyAnswer() or theyRefuse() will say. */
    dial: 'answers' | 'waits'
    answer: 'acknowledged' | 'unheard'
    queue: 'hears' | 'silent'
    voicePath: VoicePath
  }
  /** For assertions. */
  readonly account: () => SipAccount | null
  readonly devices: () => Devices | null
  readonly calls: () => ReadonlyMap<CallId, Readonly<FakeCall>>
  readonly queueCodes: readonly string[]
  readonly transferredTo: readonly string[]
  /** The call each dialled number was dialled for, as the PBX was told. */
  readonly dialledFor: ReadonlyMap<string, string | null>
  readonly joined: () => readonly CallId[]
  /** Devices the agent agreed to, and how often sound was looked at. */
  readonly agreed: readonly string[]
  readonly checks: () => number
  readonly nudges: () => number
}

/** `stamp`: the test's clock, so that spans come out as the test means them. */
export function fakePhone(stamp = () => ({ at: Date.now(), tick: performance.now() })): FakePhone {
  let listener: (event: PhoneEvent) => void = () => {}
  let account: SipAccount | null = null
  let devices: Devices | null = null
  let link: PhoneLink = { link: 'off' }
  /** Wished for without a line. */
  let carried: (() => void)[] = []
  const calls = new Map<CallId, FakeCall>()
  const queueCodes: string[] = []
  const transferredTo: string[] = []
  const dialledFor = new Map<string, string | null>()
  let joined: readonly CallId[] = []
  const agreed: string[] = []
  let checks = 0
  let nudges = 0
  const plan: FakePhone['plan'] = {
    hold: 'works',
    transfer: 'works',
    join: 'works',
    recording: 'works',
    dial: 'waits',
    answer: 'acknowledged',
    queue: 'hears',
    voicePath: 'open',
  }

  const emit = (told: Told) => listener({ ...told, ...stamp() })
  /** What the PBX answers comes after the command has returned. */
  const later = (run: () => void) => queueMicrotask(run)

  function setLink(next: PhoneLink) {
    link = next
    emit({ type: 'linkChanged', link })
    if (link.link !== 'registered') return
    const due = carried
    carried = []
    due.forEach(later)
  }

  function end(callId: CallId, by: 'us' | 'them' | null, cause: EndCause | null) {
    if (!calls.delete(callId)) return
    emit({ type: 'ended', callId, by, cause })
    part(callId)
  }

  function part(of: CallId) {
    const [callId, withId] = joined
    if (!callId || !withId || !joined.includes(of)) return
    joined = []
    emit({ type: 'parted', callId, withId })
  }

  /** Only while the call is still there and in this phase. */
  function within(callId: CallId, phase: FakeCall['phase'], run: (call: FakeCall) => void) {
    const call = calls.get(callId)
    if (call?.phase === phase) run(call)
  }

  function connected(callId: CallId, from: 'ringing' | 'dialling') {
    within(callId, from, (call) => {
      call.phase = 'connected'
      emit({ type: 'connected', callId })
    })
  }

  function setHold(callId: CallId, held: boolean) {
    const turn = () =>
      within(callId, 'connected', (call) => {
        if (plan.hold === 'fails') {
          emit({ type: 'holdFailed', callId, wanted: held ? 'held' : 'talking' })
          return
        }
        call.held = held
        emit({ type: held ? 'heldByUs' : 'resumedByUs', callId })
      })
    if (link.link === 'registered') later(turn)
    else carried.push(turn)
  }

  const connectedNumber = (callId: CallId): string | null => {
    const call = calls.get(callId)
    return call?.phase === 'connected' ? call.number : null
  }

  /** `to` null: there is nobody any more. */
  function putThrough(callId: CallId, to: () => string | null, alsoEnds?: CallId) {
    later(() =>
      within(callId, 'connected', () => {
        const number = to()
        if (plan.transfer === 'waits') return
        if (plan.transfer === 'fails' || number === null) {
          emit({ type: 'transferFailed', callId, text: '转接未成功' })
          return
        }
        transferredTo.push(number)
        emit({ type: 'transferred', callId })
        end(callId, 'us', null)
        if (alsoEnds) end(alsoEnds, 'us', null)
      }),
    )
  }

  const begun = { held: false, muted: false, digits: '' }

  const phone: Phone = {
    connect(next) {
      account = next
      emit({ type: 'microphoneChanged', microphone: 'opening', label: '', moved: null })
      emit({ type: 'microphoneChanged', microphone: 'live', label: 'Headset', moved: null })
      setLink({ link: 'connecting' })
      later(() => link.link === 'connecting' && setLink({ link: 'registered' }))
    },
    disconnect() {
      for (const callId of calls.keys()) end(callId, 'us', null)
      account = null
      setLink({ link: 'off' })
      return Promise.resolve()
    },
    dial(callId, number, callRef = null) {
      dialledFor.set(number, callRef)
      calls.set(callId, { ...begun, phase: 'dialling', number })
      if (link.link !== 'registered') {
        end(callId, null, { protocol: 'seat', code: 4, text: '话机未连接' })
      } else if (plan.dial === 'answers') {
        later(() => {
          within(callId, 'dialling', () => emit({ type: 'progressed', callId, announcement: false }))
          connected(callId, 'dialling')
        })
      }
    },
    answer(callId) {
      if (plan.answer === 'acknowledged') later(() => connected(callId, 'ringing'))
    },
    reject: (callId) => within(callId, 'ringing', () => end(callId, 'us', null)),
    hangUp: (callId) => end(callId, 'us', null),
    hold: (callId) => setHold(callId, true),
    resume: (callId) => setHold(callId, false),
    mute: (callId, muted) => within(callId, 'connected', (call) => void (call.muted = muted)),
    turnRecording(callId, to) {
      later(() =>
        within(callId, 'connected', () =>
          plan.recording === 'works' && link.link === 'registered'
            ? emit({ type: 'recordingChanged', callId, is: to, mayPause: true })
            : emit({ type: 'recordingUnchanged', callId }),
        ),
      )
    },
    sendDigits: (callId, digits) => within(callId, 'connected', (call) => void (call.digits += digits)),
    transfer: (callId, number) => putThrough(callId, () => number),
    handOver: (callId, toCallId) => putThrough(callId, () => connectedNumber(toCallId), toCallId),
    join(callId, withId) {
      later(() => {
        if (!calls.has(callId) || !calls.has(withId) || joined.length > 0) return
        if (plan.join === 'fails') return emit({ type: 'joinFailed', callId, withId, text: '三方未接通' })
        joined = [callId, withId]
        emit({ type: 'joined', callId, withId })
      })
    },
    part,
    tellQueue(code): Promise<Answer<null>> {
      if (link.link !== 'registered' || plan.queue === 'silent') {
        return Promise.resolve(failed('unreachable', '话务系统没有回应'))
      }
      queueCodes.push(code)
      return Promise.resolve(done(null))
    },
    useDevices: (next) => void (devices = next),
    nudge: () => void (nudges += 1),
    checkSound: () => void (checks += 1),
    hearOn: (device) => void agreed.push(device),
    tryVoicePath: () => Promise.resolve(link.link === 'registered' ? plan.voicePath : 'untried'),
    listen: (next) => void (listener = next),
  }

  return {
    phone,
    plan,
    queueCodes,
    transferredTo,
    dialledFor,
    joined: () => joined,
    agreed,
    checks: () => checks,
    nudges: () => nudges,
    account: () => account,
    devices: () => devices,
    calls: () => calls,
    ring(offer) {
      const call: OfferedCall = {
        number: '13800008001',
        name: null,
        place: null,
        queue: '12351',
        callRef: `fake-${offer.callId}`,
        legId: null,
        queuedMs: null,
        internal: false,
        ...offer,
      }
      calls.set(call.callId, { ...begun, phase: 'ringing', number: call.number })
      emit({ type: 'offered', call })
    },
    theyHangUp: (callId, cause = { protocol: 'Q.850', code: 16, text: '正常挂断' }) =>
      end(callId, 'them', cause),
    callBreaks: (callId, cause = { protocol: 'seat', code: 2, text: '与话务系统的连接中断' }) =>
      end(callId, null, cause),
    itRings: (callId, announcement = false) =>
      within(callId, 'dialling', () => emit({ type: 'progressed', callId, announcement })),
    theyAnswer: (callId) => connected(callId, 'dialling'),
    theyRefuse: (callId, code) =>
      within(callId, 'dialling', () => end(callId, 'them', { protocol: 'SIP', code, text: '' })),
    becomes: (callId, number, name, internal = false) =>
      within(callId, 'connected', () => emit({ type: 'otherSideChanged', callId, number, name, internal })),
    measure: (callId, quality) =>
      within(callId, 'connected', () => emit({ type: 'qualityMeasured', callId, quality })),
    dropLink: () => setLink({ link: 'disconnected', retryAt: stamp().at + 1_000, attempt: 1 }),
    restoreLink: () => setLink({ link: 'registered' }),
    setLink,
    microphone: (state, label = 'Headset', moved = null) =>
      emit({ type: 'microphoneChanged', microphone: state, label, moved }),
    ear: (next, moved = null) => emit({ type: 'earChanged', ear: next, moved }),
    dropMessage: (first) => emit({ type: 'messageDropped', first }),
  }
}
