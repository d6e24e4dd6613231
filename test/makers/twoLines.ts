// A worker on one line and somebody who was asked on the other, as lists of events.
import { commands, handOverEvent } from '../../core/commands.ts'
import type { WorkEvent, Workstation } from '../../core/workstation.ts'
import { aReadySeat, anOffer, play } from './seats.ts'
import { at, callId } from './stamps.ts'

export const on = (n: number, type: string, ms: number, more = {}): WorkEvent =>
  ({ type, callId: callId(n), ...more, ...at(ms) }) as WorkEvent
export const ends = (n: number, ms: number, by: 'us' | 'them', code = 16) =>
  on(n, 'ended', ms, { by, cause: by === 'us' ? null : { protocol: 'SIP', code, text: '对方忙' } })
export const worker = (n: number, ms: number): WorkEvent[] => [
  { type: 'offered', call: anOffer(n), ...at(ms) },
  on(n, 'answerPressed', ms + 1000),
  on(n, 'connected', ms + 1010),
]
export const consultation = (ms: number): WorkEvent => ({
  type: 'dialPressed',
  callId: callId(2),
  number: '6001',
  name: '职工服务部',
  internal: true,
  madeFor: callId(1),
  ...at(ms),
})
const asked: WorkEvent[] = [...worker(1, 0), consultation(5000), on(1, 'heldByUs', 5050)]
export const consulting: WorkEvent[] = [...asked, on(2, 'connected', 8000)]
export const joinedBoth: WorkEvent[] = [
  ...consulting,
  { type: 'threeWayPressed', ...at(9000) },
  on(1, 'resumedByUs', 9020),
  on(1, 'joined', 9030, { withId: callId(2) }),
]
export const dos = (effects: readonly { do: string }[]) => effects.map((effect) => effect.do)
/** What the events after `before` make of the seat. */
export const after = (before: WorkEvent[], ...events: WorkEvent[]) =>
  play(events, play(before, aReadySeat()).state)
export const phases = (state: Workstation) => state.calls.map((call) => call.phase.is)
export const pressed = (state: Workstation, name: 'swap' | 'threeWay', ms: number): WorkEvent => {
  const event = commands[name].does(state, at(ms))
  if (!event) throw new Error(`${name} may not run`)
  return event
}
export const handOver = (state: Workstation, ms: number): WorkEvent => {
  const event = handOverEvent(state, at(ms))
  if (!event) throw new Error('nothing to hand over')
  return event
}
