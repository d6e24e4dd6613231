// A call to us, from INVITE to the dialog. The answer is made while it rings, so that pressing the key only sends it.
import type { IncomingInviteRequest, IncomingRequestMessage } from 'sip.js/lib/core/index.js'
import type { EndCause } from '../../../contract/softphone.ts'
import type { OfferedCall } from '../../../core/softphone/phoneEvent.ts'
import { openDialog, type SipCall, type Wiring } from './call.ts'
import { endOfCancel, seatCause, sipCause } from './endCause.ts'
import { phoneTexts } from './phoneTexts.ts'
import { overdue, prepared } from './timely.ts'
import { sdpBody } from './userAgent.ts'

export type InboundCall = SipCall & {
  /** Tells the PBX it rings and prepares the answer; separate, so that the agent is told first. */
  prepare(): void
  /** The caller gave up, perhaps while our 200 was on its way. */
  cancelled(message: IncomingRequestMessage): void
  /** The PBX offers a call with this reference; if it is this one, this leg is the dead one. */
  offeredAnew(callRef: string | null): void
}

/** After the line was lost the PBX can no longer tell us that the caller gave up; it may ring on for so long. */
const ORPHAN_MS = 15_000

export function inboundCall(
  wiring: Wiring,
  request: IncomingInviteRequest,
  offered: OfferedCall,
): InboundCall {
  const { clock, media } = wiring
  const dialog = openDialog(wiring, offered.number)
  const offer = request.message.body
  let phase: 'ringing' | 'answering' | 'answered' = 'ringing'
  let isReady = false
  let isOrphan = false

  function refuse(status: number) {
    try {
      request.reject({ statusCode: status })
    } catch {
      // Already cancelled: the PBX has its answer.
    }
  }

  function accept() {
    if (dialog.isOver() || phase === 'answered') return
    phase = 'answered'
    try {
      const { session } = request.accept({ statusCode: 200, body: sdpBody(media.described()) })
      dialog.attach(session, !offer)
      dialog.answered()
    } catch {
      dialog.settle({ by: 'them', cause: null })
    }
  }

  function ready() {
    isReady = true
    if (phase === 'answering') accept()
  }

  function notReady(problem: unknown) {
    if (dialog.isOver()) return
    // [PHONE-29] The caller goes elsewhere; with a format we lack, as the PBX decides.
    if (problem === overdue) giveBack(480, seatCause(6, phoneTexts.notPrepared))
    else giveBack(488, sipCause(488))
  }

  function giveBack(status: number, cause: EndCause) {
    refuse(status)
    dialog.settle({ by: null, cause })
  }

  function abandon() {
    if (phase !== 'ringing' || dialog.isOver()) return
    giveBack(480, seatCause(2, phoneTexts.lineLost))
  }

  return {
    ...dialog.keys,
    prepare() {
      if (dialog.isOver()) return
      request.progress({ statusCode: 180 })
      const make = () => (offer ? media.answer(offer, 'sendrecv') : media.offer('sendrecv', false))
      prepared(media, make).then(ready, notReady)
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
      if (isReady) accept()
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
    lineLost() {
      dialog.lineLost()
      if (phase === 'answered' || dialog.isOver()) return
      // It can still be answered over the next connection. But that the caller gives up is told to the old one, so it
      // must not ring on for ever.
      isOrphan = true
      clock.after(ORPHAN_MS, abandon)
    },
    lineBack: () => void dialog.lineBack(),
    recordingTold({ callRef, is }) {
      if (callRef === offered.callRef && offered.recording) dialog.recordingTold(is)
    },
    offeredAnew(callRef) {
      if (isOrphan && phase === 'ringing' && callRef !== null && callRef === offered.callRef) abandon()
    },
  }
}
