// Carries out what core wished: effect → adapter call, one switch. Nothing here decides anything.
import type { AuditId } from '../contract/ids.ts'
import type { SipAccount } from '../contract/softphone.ts'
import type { AccountId } from '../contract/ids.ts'
import type { RingKind } from '../contract/settings.ts'
import type { Effect } from '../core/effects.ts'
import type { WorkEvent } from '../core/workstation.ts'
import type { Clock, Phone, Records } from '../core/ports.ts'
import { unreachable } from '../core/unreachable.ts'
import type { Saver } from './keepSaving.ts'
import { keepSaving } from './keepSaving.ts'
import type { Notices } from './notices.ts'
import type { QueueTeller } from './queueTeller.ts'
import { queueTeller } from './queueTeller.ts'
import type { Text } from './text/catalogue.ts'

export type Ringer = {
  /** Rings on the ring device until stopped, in the tone of this kind of call. */
  start(kind: RingKind): void
  stop(): void
  /** A soft tick: the caller has hung up. */
  tick(): void
  /** Two short notes in the headset; resolves when they are over. */
  beep(): Promise<void>
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
  /** Something has come about that core must know. */
  tell(event: WorkEvent): void
  /** Runs what may wait until the screen shows what just happened. */
  soon(run: () => void): void
}

const stampOf = (clock: Clock) => ({ at: clock.now(), tick: clock.tick() })

export type EffectRunner = {
  run(effect: Effect): void
  /** Resolves when the queue has heard the last word, or will not any more. */
  queueTold(): Promise<void>
  /** Resolves when everything the calls left behind is on disk. */
  allSaved(): Promise<void>
}

export const effectRunner = (world: World): EffectRunner => {
  const queue = queueTeller(world)
  const saver = keepSaving(world)
  return {
    run: (effect) => carryOut(world, queue, saver, effect),
    queueTold: queue.told,
    allSaved: saver.allSaved,
  }
}

const carryOut = (world: World, queue: QueueTeller, saver: Saver, effect: Effect): void => {
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
    case 'turnRecording':
      return phone.turnRecording(effect.callId, effect.to)
    case 'sendDigits':
      return phone.sendDigits(effect.callId, effect.digits)
    case 'dialNumber':
      return phone.dial(effect.callId, effect.number, effect.callRef)
    case 'transferCall':
      return phone.transfer(effect.callId, effect.number)
    case 'handOverCall':
      return phone.handOver(effect.callId, effect.toCallId)
    case 'joinCalls':
      return phone.join(effect.callId, effect.withId)
    case 'partCalls':
      return phone.part(effect.callId, effect.withId)
    case 'tellQueue':
      return queue.tell(effect.word)
    case 'startRinging':
      return ringer.start(effect.kind)
    case 'answerLater': {
      const { callId, afterMs } = effect
      return void world.clock.after(afterMs, () =>
        world.tell({ type: 'autoAnswerDue', callId, ...stampOf(world.clock) }),
      )
    }
    case 'beepThenAnswer': {
      const { callId } = effect
      const answer = () => world.tell({ type: 'answerPressed', callId, ...stampOf(world.clock) })
      return void ringer.beep().then(answer, answer)
    }
    case 'stopRinging':
      return ringer.stop()
    case 'playTick':
      return ringer.tick()
    case 'journalCall': {
      const { record } = effect
      // The agent sees the ring before the disk does; nobody answers within one frame.
      const run = async () => {
        await new Promise<void>(world.soon)
        return records.journal(record)
      }
      return saver.save({ about: record.id, final: false, run })
    }
    case 'finishCall': {
      const { record } = effect
      return saver.save({ about: record.id, final: true, run: () => records.finish(record) })
    }
    case 'reportSeat':
      return world.reportSeat()
    case 'noteAudit': {
      const id = world.newAuditId()
      const at = world.clock.now()
      const { what, callId } = effect
      const note = { v: 1, id, rev: 1, agent: world.agent, what, callId, at } as const
      return saver.save({ about: id, final: true, run: () => records.noteAudit(note) })
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
