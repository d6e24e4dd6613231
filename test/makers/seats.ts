// A workstation at work: events folded into a state, with the effects each one asked for.
import type { AccountId, Extension } from '../../contract/ids.ts'
import type { Effect } from '../../core/effects.ts'
import type { OfferedCall } from '../../core/softphone/phoneEvent.ts'
import type { WorkEvent, Workstation } from '../../core/workstation.ts'
import { newWorkstation, step } from '../../core/workstation.ts'
import { at, callId } from './stamps.ts'

export const anOffer = (n: number, over: Partial<OfferedCall> = {}): OfferedCall => ({
  callId: callId(n),
  number: `1380000${String(8000 + n)}`,
  name: null,
  place: '北京',
  queue: '12351',
  callRef: `rig-${n}`,
  legId: `leg-${n}`,
  queuedMs: 21_000,
  internal: false,
  ...over,
})

export const signedIn: WorkEvent = {
  type: 'signedIn',
  holder: { agent: '1001' as AccountId, seat: '1001' as Extension, practice: false },
  policy: { secondCall: 'show', ringSeconds: 20 },
  ...at(0),
}

export const registered: WorkEvent = { type: 'linkChanged', link: { link: 'registered' }, ...at(10) }

/** Folds events; returns the last state and all effects in order. */
export const play = (
  events: readonly WorkEvent[],
  from?: Workstation,
): { state: Workstation; effects: Effect[] } => {
  let state = from ?? newWorkstation(at(0))
  const effects: Effect[] = []
  for (const event of events) {
    const [next, wished] = step(state, event)
    state = next
    effects.push(...wished)
  }
  return { state, effects }
}

/** A ready seat with a registered telephone. */
export const aReadySeat = (
  over: Partial<Extract<WorkEvent, { type: 'signedIn' }>['policy']> = {},
): Workstation =>
  play([{ ...signedIn, policy: { secondCall: 'show', ringSeconds: 20, ...over } }, registered]).state
