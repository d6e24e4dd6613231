// A call to us, from INVITE to the dialog. The answer is made while it rings, so that pressing the key only sends it.
import type { IncomingInviteRequest, IncomingRequestMessage } from 'sip.js/lib/core/index.js'
import { openDialog, type SipCall, type Wiring } from './call.ts'
import { endOfCancel, seatCause } from './endCause.ts'
import { phoneTexts, statusTexts } from './phoneTexts.ts'
import { sdpBody } from './userAgent.ts'

export type InboundCall = SipCall & {
  /** Tells the PBX it rings and prepares the answer; separate, so that the agent is told first. */
  prepare(): void
  /** The caller gave up; `isTooLate`: our 200 was on its way already. */
  cancelled(message: IncomingRequestMessage): void
}

export function inboundCall(wiring: Wiring, request: IncomingInviteRequest, number: string): InboundCall {
  const { media } = wiring
  const dialog = openDialog(wiring, number)
  const offer = request.message.body
  let phase: 'ringing' | 'answering' | 'answered' = 'ringing'

  function refuse(status: number) {
    try {
      request.reject({ statusCode: status })
    } catch {
      // Already cancelled: the PBX has its answer.
    }
  }

  function accept(sdp: string) {
    if (dialog.isOver() || phase === 'answered') return
    phase = 'answered'
    try {
      const { session } = request.accept({ statusCode: 200, body: sdpBody(sdp) })
      dialog.attach(session, !offer)
      dialog.answered()
    } catch {
      dialog.settle({ by: 'them', cause: null })
    }
  }

  return {
    prepare() {
      request.progress({ statusCode: 180 })
      const made = offer ? media.answer(offer, 'sendrecv') : media.offer('sendrecv', false)
      made.then(
        (sdp) => phase === 'answering' && accept(sdp),
        () => {
          if (dialog.isOver()) return
          refuse(488)
          dialog.settle({ by: null, cause: { protocol: 'SIP', code: 488, text: statusTexts[488] ?? '' } })
        },
      )
    },
    cancelled(message) {
      if (dialog.isOver()) return
      if (phase === 'answered') {
        // The two crossed: the PBX answers our 200 with ACK, which our BYE must wait for.
        dialog.leave(endOfCancel(message))
        return
      }
      dialog.settle(endOfCancel(message))
      refuse(487)
    },
    answer() {
      if (phase !== 'ringing' || dialog.isOver()) return
      phase = 'answering'
      const ready = media.readyAnswer()
      if (ready !== null) accept(ready)
    },
    reject(how) {
      if (phase === 'answered' || dialog.isOver()) return
      refuse(how === 'busy' ? 486 : 603)
      dialog.settle({ by: 'us', cause: null })
    },
    hangUp() {
      if (dialog.isOver()) return
      if (phase !== 'answered') refuse(603)
      dialog.leave({ by: 'us', cause: null })
    },
    hold: () => dialog.setHold(true),
    resume: () => dialog.setHold(false),
    mute: (muted) => dialog.mute(muted),
    sendDigits: (digits) => void dialog.sendDigits(digits),
    transfer: (target) => void dialog.transfer(target),
    lineLost() {
      dialog.lineLost()
      // The PBX drops an unanswered call with its connection and offers it anew.
      if (!dialog.isConnected() && phase !== 'answered') {
        dialog.settle({ by: null, cause: seatCause(2, phoneTexts.lineLost) })
      }
    },
    lineBack: () => void dialog.lineBack(),
  }
}
