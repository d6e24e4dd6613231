// How a call rings, and whether the program answers it by itself.
import type { RingKind } from '../../contract/settings.ts'
import type { Effect } from '../effects.ts'
import type { Call } from './call.ts'

/** [AUDIO-7] `busy`: another line is in hand, so it may only ask softly. */
export const ringKind = (call: Pick<Call, 'direction' | 'queue'>, busy: boolean): RingKind => {
  if (busy) return 'second'
  if (call.direction === 'internal') return 'internal'
  return call.queue === null ? 'direct' : 'queue'
}

export type AutoAnswer = {
  /** Policy; null: never. */
  readonly afterMs: number | null
  /** The agent has said ready, and nothing speaks against a call. */
  readonly ready: boolean
  readonly busy: boolean
}

/** [AUDIO-8] The call as it rings, with the instant at which it will be answered by itself, if it will be. */
export const rings = (call: Call, { afterMs, ready, busy }: AutoAnswer): [Call, Effect[]] => {
  const ring: Effect = { do: 'startRinging', kind: ringKind(call, busy) }
  if (afterMs === null || !ready || busy || call.queue === null) return [call, [ring]]
  const answer: Effect = { do: 'answerLater', callId: call.id, afterMs }
  return [{ ...call, autoAnswerTick: call.offeredTick + afterMs }, [ring, answer]]
}
