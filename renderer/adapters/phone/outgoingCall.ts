// A call of ours, from the number to the dialog: offer, INVITE, ringing or announcement, answer or refusal.
import type { OutgoingInviteRequest } from 'sip.js/lib/core/index.js'
import { openDialog, type SipCall, type Wiring } from './call.ts'
import { endOfRefusal, seatCause } from './endCause.ts'
import { phoneTexts } from './phoneTexts.ts'
import { overdue, prepared } from './timely.ts'
import { sdpBody } from './userAgent.ts'

export type OutgoingCall = SipCall & { start(): void }

/** `callRef`: the call it is made for; the PBX hands it on, so that both seats' records carry one reference. */
export function outgoingCall(wiring: Wiring, number: string, callRef: string | null): OutgoingCall {
  const { callId, emit, media, ua } = wiring
  const dialog = openDialog(wiring, number)
  let outgoing: OutgoingInviteRequest | null = null
  let inviteId: string | null = null
  let isHeardOf = false
  let isCancelDue = false
  let progress: 'none' | 'ringing' | 'announcement' = 'none'

  function fail(code: number, text: string) {
    dialog.settle({ by: null, cause: seatCause(code, text) })
  }

  /** A CANCEL may only follow a first sign of life (RFC 3261 section 9.1); SIP.js loses one held back over a challenge. */
  function heardOf() {
    isHeardOf = true
    if (!isCancelDue) return
    isCancelDue = false
    outgoing?.cancel()
  }

  function cancel() {
    isCancelDue = true
    if (isHeardOf) heardOf()
  }

  function told(next: 'ringing' | 'announcement') {
    if (progress === next || progress === 'announcement') return
    progress = next
    media.setRingback(next === 'ringing')
    emit({ type: 'progressed', callId, announcement: next === 'announcement' })
  }

  async function invite() {
    if (!wiring.isLineGood()) return fail(4, phoneTexts.notConnected)
    const offer = await prepared(media, () => media.offer('sendrecv', false))
    if (dialog.isOver()) return
    const target = ua.addressOf(number)
    const message = ua.request('INVITE', target, target, {
      headers: [ua.contactHeader, ...referenceHeader(callRef)],
      body: sdpBody(offer),
    })
    inviteId = message.callId
    outgoing = ua.core.invite(message, {
      onTrying: heardOf,
      onProgress({ message: response }) {
        heardOf()
        if (dialog.isOver()) return
        if (!response.body) {
          if (response.statusCode === 180) told('ringing')
          return
        }
        told('announcement')
        // An announcement nobody can decode is no reason to end the call.
        media.accept(response.body, true).then(
          () => dialog.isOver() || media.setVoice({ speaks: false, hears: true }),
          () => {},
        )
      },
      onAccept(response) {
        response.ack()
        const { session } = response
        const { body } = response.message
        if (dialog.isOver()) {
          // Our CANCEL and their 200 crossed.
          session.bye()
          return
        }
        media.setRingback(false)
        dialog.attach(session, false)
        dialog.answered()
        if (!body) return dialog.leave({ by: null, cause: seatCause(3, phoneTexts.noSound) })
        media
          .accept(body, false)
          .then(dialog.connected, () => dialog.leave({ by: null, cause: seatCause(3, phoneTexts.noSound) }))
      },
      onReject: ({ message: response }) => dialog.settle(endOfRefusal(response)),
      onRedirect: ({ message: response }) => dialog.settle(endOfRefusal(response)),
    })
  }

  function hangUp() {
    if (dialog.isOver()) return
    if (!dialog.isConnected()) cancel()
    dialog.leave({ by: 'us', cause: null })
  }

  return {
    ...dialog.keys,
    start: () =>
      void invite().catch((problem: unknown) =>
        problem === overdue ? fail(6, phoneTexts.notPrepared) : fail(5, phoneTexts.badNumber),
      ),
    answer() {},
    reject: hangUp,
    hangUp,
    recordingTold(word) {
      if (word.inviteId === inviteId) dialog.recordingTold(word.is)
    },
    lineLost() {
      dialog.lineLost()
      if (dialog.isConnected()) return
      wiring.whenLineGood(cancel)
      dialog.settle({ by: null, cause: seatCause(2, phoneTexts.lineLost) })
    },
    lineBack: () => void dialog.lineBack(),
  }
}

/** It came from outside: only what can stand in a header line goes back out. */
const referenceHeader = (callRef: string | null): string[] =>
  callRef !== null && /^[\x21-\x7e]+$/.test(callRef) ? [`X-Call-Ref: ${callRef}`] : []
