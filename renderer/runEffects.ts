// Carries out what core wished: effect → adapter call, one switch. Nothing here decides anything.
import type { AuditId } from '../contract/ids.ts'
import type { SipAccount } from '../contract/softphone.ts'
import type { AccountId } from '../contract/ids.ts'
import type { Answer } from '../contract/answer.ts'
import type { Effect, QueueWord } from '../core/effects.ts'
import type { Clock, Phone, Records } from '../core/ports.ts'
import { unreachable } from '../core/unreachable.ts'
import type { Notices } from './notices.ts'
import type { Text } from './text/catalogue.ts'

export type Ringer = {
  /** Rings on the ring device until stopped. */
  start(): void
  stop(): void
  /** A soft tick: the caller has hung up. */
  tick(): void
}

export type World = {
  readonly agent: AccountId
  /** null: this account has no telephone. */
  readonly sip: SipAccount | null
  readonly phone: Phone
  readonly records: Records
  readonly ringer: Ringer
  readonly notices: Notices
  readonly clock: Clock
  text(): Text
  newAuditId(): AuditId
  reportSeat(): void
}

export type EffectRunner = {
  run(effect: Effect): void
  /** Resolves when the queue has heard the last word, or will not any more. */
  queueTold(): Promise<void>
}

export const effectRunner = (world: World): EffectRunner => {
  let last: Promise<void> = Promise.resolve()
  return {
    run: (effect) =>
      carryOut(world, effect, (word) => {
        last = word
      }),
    queueTold: () => last,
  }
}

const carryOut = (world: World, effect: Effect, told: (word: Promise<void>) => void): void => {
  const { phone, records, ringer } = world
  switch (effect.do) {
    case 'answerCall':
      return phone.answer(effect.callId)
    case 'rejectCall':
      return phone.reject(effect.callId, effect.how)
    case 'hangUpCall':
      return phone.hangUp(effect.callId)
    case 'holdCall':
      return phone.hold(effect.callId)
    case 'resumeCall':
      return phone.resume(effect.callId)
    case 'muteCall':
      return phone.mute(effect.callId, effect.muted)
    case 'sendDigits':
      return phone.sendDigits(effect.callId, effect.digits)
    case 'dialNumber':
      return phone.dial(effect.callId, effect.number)
    case 'transferCall':
      return phone.transfer(effect.callId, effect.number)
    case 'tellQueue':
      return told(tellQueue(world, effect.word, 1))
    case 'startRinging':
      return ringer.start()
    case 'stopRinging':
      return ringer.stop()
    case 'playTick':
      return ringer.tick()
    case 'journalCall':
      return sayIfFailed(world, records.journal(effect.record))
    case 'finishCall':
      return sayIfFailed(world, records.finish(effect.record))
    case 'reportSeat':
      return world.reportSeat()
    case 'noteAudit': {
      const id = world.newAuditId()
      const at = world.clock.now()
      const { what, callId } = effect
      return sayIfFailed(world, records.noteAudit({ v: 1, id, rev: 1, agent: world.agent, what, callId, at }))
    }
    case 'tell':
      return world.notices.tell(
        `${world.text().app.told[effect.text]}${effect.detail ? ` ${effect.detail}` : ''}`,
        true,
      )
    case 'noteAnomaly':
      // Kept in the browser's own performance timeline for the diagnostics; holds no personal data.
      performance.mark(`anomaly: ${effect.what}`)
      return
    default:
      return unreachable(effect)
  }
}

/** What could not be saved is said at once: the agent must know before the next call. */
const sayIfFailed = (world: World, saving: Promise<Answer<null>>): void => {
  void saving.then((answer) => {
    if (!answer.ok) world.notices.tell(answer.problem.text, true)
  })
}

const codeOf = (sip: SipAccount, word: QueueWord): string | null => sip.queueCodes?.[word] ?? null

/** The queue must know; a lost word is repeated after 1, 2 and 4 s, then said. The farewell is said once. */
const tellQueue = async (world: World, word: QueueWord, attempt: number): Promise<void> => {
  const code = world.sip && codeOf(world.sip, word)
  if (code === null) return
  const answer = await world.phone.tellQueue(code)
  if (answer.ok || word === 'signOut') return
  if (attempt < 4)
    world.clock.after(1000 * 2 ** (attempt - 1), () => void tellQueue(world, word, attempt + 1))
  else world.notices.tell(world.text().app.told.queueUntold, true)
}
