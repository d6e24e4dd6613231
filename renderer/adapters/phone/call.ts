// What inbound and outgoing calls have in common: one end, one voice, one SIP dialog with its hold, transfer and repair.
// How a call begins is inboundCall.ts and outgoingCall.ts; what it all means for the agent is core's.
import { SessionState, type IncomingInviteRequest, type Session } from 'sip.js/lib/core/index.js'
import type { CallId } from '../../../contract/ids.ts'
import type { Clock } from '../../../core/ports.ts'
import type { PhoneEvent } from '../../../core/softphone/phoneEvent.ts'
import type { RecordingState } from '../../../core/softphone/recording.ts'
import { watchCall } from './callWatch.ts'
import { assertedParty, isInternal } from './callHeaders.ts'
import { endOfBye, seatCause, type End } from './endCause.ts'
import type { CallMedia } from './media.ts'
import { phoneTexts } from './phoneTexts.ts'
import { recorder, type RecordingWord } from './recording.ts'
import { reinviter } from './reinvite.ts'
import { transferCall, type Consulted } from './transfer.ts'
import { sdpBody, type UserAgent } from './userAgent.ts'

/** A PhoneEvent without its stamp. */
export type Told = PhoneEvent extends infer One
  ? One extends PhoneEvent
    ? Omit<One, 'at' | 'tick'>
    : never
  : never

export type Wiring = {
  readonly clock: Clock
  readonly random: () => number
  readonly ua: UserAgent
  readonly callId: CallId
  readonly media: CallMedia
  readonly isLineGood: () => boolean
  readonly emit: (told: Told) => void
  /** Runs now, or once the line is back: a good-bye the PBX has yet to hear. */
  readonly whenLineGood: (run: () => void) => void
  readonly onOver: () => void
}

/** What the Phone port can ask of any call. */
export type SipCall = {
  answer(): void
  reject(how: 'busy' | 'decline'): void
  hangUp(): void
  hold(): void
  resume(): void
  mute(muted: boolean): void
  turnRecording(to: RecordingState): void
  /** The PBX said something of the recording of a call; only the one it is about listens. */
  recordingTold(word: RecordingWord): void
  sendDigits(digits: string): void
  transfer(number: string): void
  /** Puts the other sides of both calls through to each other; null: the other one is gone already. */
  handOver(to: Consulted | null): void
  /** null: no dialog, or not any more. */
  session(): Session | null
  lineLost(): void
  lineBack(): void
}

/** No ACK to our answer for so long: nobody is there. */
const ACK_LIMIT_MS = 10_000

export function openDialog(wiring: Wiring, number: string) {
  const { clock, ua, callId, media, emit } = wiring
  let session: Session | null = null
  let isOver = false
  let isConnected = false
  let isAnswered = false
  let isHeld = false
  /** What the PBX has agreed to: until it takes a call back it sends nothing. */
  let isOnHold = false
  let holds = 0
  let isMuted = false
  let otherNumber = number
  let cancelAckLimit = () => {}
  /** Our offer went out in a 200; the answer comes with the ACK. */
  let awaitsAnswerInAck = false

  const watch = watchCall({
    clock,
    media,
    expected() {
      const hears = isConnected && !isHeld && !isOnHold
      return { hears, speaks: hears && !isMuted }
    },
    isLineGood: wiring.isLineGood,
    measured: (quality) => emit({ type: 'qualityMeasured', callId, quality }),
    repair: () => reinvites.repair(),
    giveUp: (reason) => leave({ by: null, cause: seatCause(2, phoneTexts[reason]) }),
  })
  const recording = recorder(wiring)
  const reinvites = reinviter({
    ...wiring,
    session: () => (isOver ? null : session),
    direction: () => (isHeld ? 'sendonly' : 'sendrecv'),
    gone: (cause) => leave({ by: null, cause }),
    repaired() {
      watch.repaired()
      recording.broughtOver()
    },
  })

  function voice() {
    media.setVoice({ speaks: isAnswered && !isHeld && !isMuted, hears: isAnswered && !isHeld })
  }

  /** Tells the end, once; says nothing to the other side. */
  function settle({ by, cause }: End) {
    if (isOver) return
    isOver = true
    cancelAckLimit()
    recording.stop()
    const quality = watch.stop()
    media.close()
    if (quality !== null && isConnected) emit({ type: 'qualityMeasured', callId, quality })
    emit({ type: 'ended', callId, by, cause })
    wiring.onOver()
  }

  /** Says BYE as soon as it may be said. */
  function bye() {
    const ending = session
    session = null
    if (ending === null) return
    // A BYE may not overtake the ACK to our answer (RFC 3261 section 15); onAck sends it then.
    if (ending.sessionState === SessionState.AckWait) {
      ending.delegate = { onAck: () => sendBye(ending), onAckTimeout: () => sendBye(ending) }
      return
    }
    if (ending.sessionState === SessionState.Confirmed) wiring.whenLineGood(() => sendBye(ending))
  }

  /** Ends the call from our side, whoever wanted it. */
  function leave(end: End) {
    if (isOver) return
    bye()
    settle(end)
  }

  function connected() {
    if (isConnected || isOver) return
    isConnected = true
    cancelAckLimit()
    voice()
    watch.start()
    emit({ type: 'connected', callId })
  }

  /** The dialog is there. `offered`: our 200 carried an offer, the ACK must bring the answer. */
  function attach(confirmed: Session, offered: boolean) {
    session = confirmed
    awaitsAnswerInAck = offered
    if (confirmed.sessionState === SessionState.AckWait) {
      cancelAckLimit = clock.after(ACK_LIMIT_MS, () =>
        leave({ by: null, cause: seatCause(1, phoneTexts.notAcknowledged) }),
      )
    }
    confirmed.delegate = {
      onAck({ message }) {
        if (awaitsAnswerInAck) {
          awaitsAnswerInAck = false
          if (!message.body) return leave({ by: null, cause: seatCause(3, phoneTexts.noSound) })
          media
            .accept(message.body, false)
            .then(connected, () => leave({ by: null, cause: seatCause(3, phoneTexts.noSound) }))
          return
        }
        connected()
      },
      onBye(request) {
        request.accept({ statusCode: 200 })
        session = null
        settle(endOfBye(request.message))
      },
      onInfo: (request) => void request.accept({ statusCode: 200 }),
      onNotify(request) {
        request.accept({ statusCode: 200 })
        transfers.notified(request.message)
      },
      onInvite(request) {
        const party = assertedParty(request.message)
        const { body } = request.message
        const direction = isHeld ? 'sendonly' : 'sendrecv'
        const ready = body ? media.answer(body, direction) : media.offer(direction, false)
        ready
          .then((sdp) => agreeAgain(request, sdp))
          // The call goes on as it was agreed before.
          .catch(() => isOver || request.reject({ statusCode: 488 }))
        if (party !== null && party.number !== otherNumber) {
          otherNumber = party.number
          const internal = isInternal(party.number, ua.account().extension)
          emit({ type: 'otherSideChanged', callId, ...party, internal })
        }
      },
    }
  }

  /** Our side of a re-INVITE; without an offer in it ours goes out now and the answer comes with the ACK. */
  function agreeAgain(request: IncomingInviteRequest, sdp: string) {
    if (isOver) return
    awaitsAnswerInAck = !request.message.body
    request.accept({ statusCode: 200, extraHeaders: [ua.contactHeader], body: sdpBody(sdp) })
  }

  const transfers = transferCall({
    ...wiring,
    session: () => (isOver ? null : session),
    done: () => leave({ by: 'us', cause: null }),
  })

  async function setHold(wanted: boolean) {
    if (!isConnected || isOver) return
    holds += 1
    const mine = holds
    isHeld = wanted
    // The agent must be sure at once that nobody hears: the PBX is told after.
    voice()
    const isDone = await reinvites.renegotiate()
    if (isOver) return
    if (isDone) {
      isOnHold = wanted
      emit({ type: wanted ? 'heldByUs' : 'resumedByUs', callId })
      return
    }
    // Asked for something else meanwhile: what becomes of that says who hears whom.
    if (mine === holds) {
      isHeld = isOnHold
      voice()
    }
    emit({ type: 'holdFailed', callId, wanted: wanted ? 'held' : 'talking' })
  }

  return {
    settle,
    leave,
    bye,
    attach,
    connected,
    /** We said 200 or heard it: from now on both may speak as soon as there is a path. */
    answered() {
      isAnswered = true
      voice()
    },
    isOver: () => isOver,
    isConnected: () => isConnected,
    /** What the agent can do with any call that is connected. */
    keys: {
      session: () => (isConnected && !isOver ? session : null),
      hold: () => void setHold(true),
      resume: () => void setHold(false),
      mute(muted: boolean) {
        isMuted = muted
        voice()
      },
      turnRecording: (to: RecordingState) => void (isConnected && !isOver && recording.turn(to)),
      sendDigits: (digits: string) => void (isConnected && media.sendDigits(digits)),
      transfer: (target: string) => void (isConnected && transfers.start(target)),
      handOver: (to: Consulted | null) => void (isConnected && transfers.handOver(to)),
    },
    recordingTold: (is: RecordingState) => void (isOver || recording.told(is)),
    lineLost() {
      recording.lineLost()
      reinvites.lineLost()
    },
    lineBack: () => isConnected && reinvites.repair(),
  }
}

function sendBye(session: Session) {
  try {
    session.bye()
  } catch {
    // SIP.js refuses a BYE in a dialog that is already gone, which is all we want.
  }
}
