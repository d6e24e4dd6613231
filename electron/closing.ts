// What to ask before the window closes. Typed text is on disk in any case (the page sees to that); the question
// keeps a caller from being cut off and an agent from forgetting a form.
import type { IpcInput } from '../contract/ipc.ts'
import { words } from './words.ts'

export type SeatState = IpcInput<'window.showState'>

/** Somebody is on the line, or about to be. */
export const isLive = ({ onCall, ringing }: SeatState): boolean => onCall || ringing

/** Sentences to put to the agent, the gravest first; none: close without asking. */
export function reasonsToStay(state: SeatState): readonly string[] {
  return [
    ...(state.onCall ? [words.closing.onCall] : []),
    ...(state.ringing ? [words.closing.ringing] : []),
    ...(state.unfiled > 0 ? [words.closing.unfiled(state.unfiled)] : []),
    ...(state.waiting > 0 ? [words.closing.waiting(state.waiting)] : []),
  ]
}
