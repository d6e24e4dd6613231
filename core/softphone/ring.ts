// How the seat rings for the calls it has, and whether the program answers one by itself.
import type { RingKind } from '../../contract/settings.ts'
import type { Effect } from '../effects.ts'
import type { Call } from './call.ts'
import { isLive } from './call.ts'

/** [AUDIO-7] `busy`: another line is in hand, so it may only ask softly. */
export const ringKind = (call: Pick<Call, 'direction' | 'queue'>, busy: boolean): RingKind => {
  if (busy) return 'second'
  if (call.direction === 'internal') return 'internal'
  return call.queue === null ? 'direct' : 'queue'
}

/** Neither sent back nor, its beep sounding in the headset, as good as answered. */
const asks = (call: Call): boolean =>
  call.phase.is === 'ringing' && call.ending === null && call.autoAnswer?.isDue !== true

const isInHand = (call: Call): boolean =>
  isLive(call) && (call.phase.is !== 'ringing' || call.autoAnswer?.isDue === true)

/** Marks what rings beside a line in hand: nobody sits before it idle [SEAT-4], and it is not answered by itself [AUDIO-8]. */
export const besideLines = (calls: readonly Call[]): readonly Call[] => {
  const isNew = (call: Call): boolean => call.phase.is === 'ringing' && !call.rangBeside && !isInHand(call)
  if (!calls.some(isInHand) || !calls.some(isNew)) return calls
  return calls.map((call) => (isNew(call) ? { ...call, rangBeside: true, autoAnswer: null } : call))
}

/** [AUDIO-8] Not ready any more, or not fit: what counts down waits for a hand. Once its beep sounds it is as good as answered. */
export const countingDown = (calls: readonly Call[], ready: boolean): readonly Call[] =>
  ready || !calls.some(({ autoAnswer }) => autoAnswer?.isDue === false)
    ? calls
    : calls.map((call) => (call.autoAnswer?.isDue === false ? { ...call, autoAnswer: null } : call))

/** [AUDIO-11] What the bell sounds like for these calls; null: it is silent. */
const bellFor = (calls: readonly Call[]): RingKind | null => {
  const first = calls.find(asks)
  return first ? ringKind(first, calls.some(isInHand)) : null
}

/** [AUDIO-11] What is to be done about the bell when the calls have moved. */
export const bellTurned = (before: readonly Call[], after: readonly Call[]): Effect[] => {
  const was = bellFor(before)
  const kind = bellFor(after)
  if (was === kind) return []
  return [
    ...(was === null ? [] : [{ do: 'stopRinging' } as const]),
    ...(kind === null ? [] : [{ do: 'startRinging', kind } as const]),
  ]
}

export type AutoAnswer = {
  /** Policy; null: never. */
  readonly afterMs: number | null
  /** The queue may offer this seat a call [SEAT-3]. */
  readonly ready: boolean
}

/** [AUDIO-8] The call with the instant at which it will be answered by itself, if it will be. */
export const answersItself = (call: Call, { afterMs, ready }: AutoAnswer): [Call, Effect[]] => {
  if (afterMs === null || !ready || call.queue === null) return [call, []]
  const autoAnswer = { tick: call.offeredTick + afterMs, isDue: false }
  return [{ ...call, autoAnswer }, [{ do: 'answerLater', callId: call.id, afterMs }]]
}
