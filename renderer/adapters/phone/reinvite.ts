// Changes a live call: hold, resume, and the ICE restart that brings it over to a new connection. One at a time, in
// order; retries where both sides asked at once (491); what cannot be repaired is handed back as gone.
import { SessionDialog, type Session } from 'sip.js/lib/core/index.js'
import type { EndCause } from '../../../contract/softphone.ts'
import type { MediaDirection } from './media.ts'
import type { Wiring } from './call.ts'
import { seatCause, sipCause } from './endCause.ts'
import { phoneTexts } from './phoneTexts.ts'
import { sdpBody } from './userAgent.ts'

/** Hold and resume settle within this (F22). */
const SETTLE_MS = 6_000
/** A call not brought over within this is ended (F03). */
export const REPAIR_LIMIT_MS = 15_000
const REPAIR_AGAIN_MS = 1_000
const BYE_BEHIND_MS = 1_000

/** status 0: nothing came in time. */
type Outcome = { readonly ok: true } | { readonly ok: false; readonly status: number }

export type Reinviter = {
  /** Agrees anew in the present direction, without a line when it is back. False: the call is as it was. */
  renegotiate(): Promise<boolean>
  /** Brings the call over to the present connection. */
  repair(): void
  /** What is under way will never be answered. */
  lineLost(): void
}

export function reinviter(
  wiring: Wiring & {
    session(): Session | null
    direction(): MediaDirection
    gone(cause: EndCause): void
    repaired(): void
  },
): Reinviter {
  const { clock, media, ua } = wiring
  let turn: Promise<unknown> = Promise.resolve()
  let isRepairing = false
  let abandon = () => {}
  let losses = 0
  /** Agreements that met no line: the offer that brings the call over carries the direction they are about. */
  let carried: (() => void)[] = []
  /** Number of a re-INVITE whose answer went down with its connection. */
  let orphan: number | null = null

  /**
   * The PBX may have said 200 to a re-INVITE on the connection that was lost: until it hears an ACK it refuses every
   * other one for half a minute, which is longer than a caller waits.
   */
  function release(session: Session) {
    if (orphan === null || !(session instanceof SessionDialog)) return
    const ack = session.createOutgoingRequestMessage('ACK', { cseq: orphan })
    orphan = null
    ack.setViaHeader(`z9hG4bKlate${ua.host.slice(0, 6)}${clock.tick()}`, ua.core.transport.protocol)
    ua.core.transport.send(ack.toString()).catch(() => {})
  }

  /** Runs after whatever was asked before. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const next = turn.then(work, work)
    turn = next.catch(() => {})
    return next
  }

  const wait = (ms: number) => new Promise<void>((resolve) => void clock.after(ms, resolve))

  async function ask(restart: boolean, limitMs: number): Promise<Outcome> {
    const session = wiring.session()
    if (session === null) return { ok: false, status: 481 }
    release(session)
    let offer: string
    try {
      offer = await media.offer(wiring.direction(), restart)
    } catch {
      return { ok: false, status: 0 }
    }
    return new Promise((resolve) => {
      let isLate = false
      const cancelLimit = clock.after(limitMs, () => {
        isLate = true
        refused(0)
      })
      const settle = (outcome: Outcome) => {
        cancelLimit()
        abandon = () => {}
        resolve(outcome)
      }
      const refused = (status: number) => {
        media.rollback().then(
          () => settle({ ok: false, status }),
          () => settle({ ok: false, status }),
        )
      }
      try {
        const outgoing = session.invite(
          {
            onAccept(response) {
              response.ack()
              // They took the change we have given up: ask once more for how it is meant now.
              if (isLate) return void renegotiate()
              const { body } = response.message
              if (!body) return refused(488)
              media.accept(body, false).then(
                () => settle({ ok: true }),
                () => refused(488),
              )
            },
            onReject: ({ message }) => refused(message.statusCode ?? 500),
            onRedirect: ({ message }) => refused(message.statusCode ?? 302),
          },
          { extraHeaders: [ua.contactHeader], body: sdpBody(offer) },
        )
        abandon = () => {
          outgoing.dispose()
          // SIP.js would keep the dialog's one place for a re-INVITE taken for half a minute.
          if (session instanceof SessionDialog) session.reinviteUserAgentClient = undefined
          orphan = outgoing.message.cseq
          refused(0)
        }
      } catch {
        // The other side's re-INVITE is under way: the same as if it had said 491.
        refused(491)
      }
    })
  }

  /** RFC 3261 section 14.1: who made the Call-ID waits 2.1–4 s, the other 0–2 s, so that one of the two is first. */
  function glarePauseMs(session: Session): number {
    const isOurs = session.callId.startsWith(ua.core.configuration.sipjsId)
    return isOurs ? 2_100 + wiring.random() * 1_900 : wiring.random() * 2_000
  }

  function renegotiate(): Promise<boolean> {
    return new Promise((tell) => void inTurn(() => agree(tell)).catch(() => tell(false)))
  }

  async function agree(tell: (agreed: boolean) => void) {
    const until = clock.tick() + SETTLE_MS
    const before = losses
    for (;;) {
      // What was asked before waits for the line: this is told after it, though the line may be back by now.
      if (!wiring.isLineGood() || losses > before || carried.length > 0) {
        carried.push(() => tell(true))
        return
      }
      const session = wiring.session()
      if (session === null) return tell(false)
      const outcome = await ask(false, until - clock.tick())
      if (outcome.ok) return tell(true)
      if (outcome.status === 481) {
        await forgotten()
        return tell(false)
      }
      if (!wiring.isLineGood() || losses > before) continue
      const pauseMs = glarePauseMs(session)
      const isGlare = outcome.status === 491 || outcome.status === 500
      if (!isGlare || clock.tick() + pauseMs >= until) return tell(false)
      await wait(pauseMs)
    }
  }

  /** 481: the PBX has no such call. It may keep a BYE back until our re-INVITE is answered: one right behind says who ended it. */
  async function forgotten() {
    await wait(BYE_BEHIND_MS)
    wiring.gone(sipCause(481))
  }

  function repaired() {
    const agreed = carried
    carried = []
    for (const tell of agreed) tell()
    wiring.repaired()
  }

  return {
    renegotiate,
    lineLost() {
      losses += 1
      abandon()
    },
    repair() {
      if (isRepairing) return
      isRepairing = true
      const until = clock.tick() + REPAIR_LIMIT_MS
      inTurn(async () => {
        while (wiring.session() !== null && wiring.isLineGood()) {
          const outcome = await ask(true, Math.max(REPAIR_AGAIN_MS, until - clock.tick()))
          if (outcome.ok) return repaired()
          // Lost again: the next connection begins its own repair.
          if (!wiring.isLineGood()) return
          // 408 and 503 are SIP.js's own words for no answer.
          if (outcome.status === 481) return forgotten()
          if (clock.tick() + REPAIR_AGAIN_MS >= until) {
            return wiring.gone(seatCause(2, phoneTexts.lineLost))
          }
          await wait(REPAIR_AGAIN_MS)
        }
      })
        .catch(() => wiring.gone(seatCause(2, phoneTexts.lineLost)))
        .finally(() => (isRepairing = false))
    },
  }
}
