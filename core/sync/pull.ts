// Fetches what the centre has to tell: reference data, other seats' calls, what became of work orders.
//
//   off ──started──► looking (where were we?) ──► pulling ──page──► taking ──more──► pulling
//                       ▲                            │ no answer      │ all told
//                       └──────── woke, asked ── resting ◄────────────┘   asked meanwhile: looks again at once
import type { Answer, Problem } from '../../contract/answer.ts'
import type { PullAnswer, PullRequest } from '../../contract/sync.ts'
import type { MirrorCursor } from '../ports.ts'
import { unreachable } from '../unreachable.ts'
import { backoff, longestWaitMs } from './backoff.ts'
import type { Moment } from './settle.ts'

export const pullEveryMs = 60_000
const pageSize = 500

export type Puller = {
  readonly phase:
    | { readonly at: 'off' | 'resting' | 'looking' | 'taking' }
    | { readonly at: 'pulling'; readonly cursor: MirrorCursor }
  /** Asked for while under way: there may be something newer than the page in hand. */
  readonly again: boolean
  /** The page being taken was not the last one. */
  readonly more: boolean
  readonly failures: number
  readonly trouble: { readonly since: number; readonly problem: Problem } | null
  readonly lastPulledAt: number | null
}

export type PullEvent = Moment &
  (
    | { readonly type: 'started' }
    | { readonly type: 'stopped' }
    /** A nudge of the feed, a finished upload, a person. */
    | { readonly type: 'asked' }
    | { readonly type: 'cursorRead'; readonly answer: Answer<MirrorCursor> }
    | { readonly type: 'pulled'; readonly answer: Answer<PullAnswer> }
    | { readonly type: 'taken'; readonly answer: Answer<null> }
    | { readonly type: 'woke' }
  )

export type PullEffect =
  | { readonly do: 'readCursor' }
  | { readonly do: 'pull'; readonly request: PullRequest }
  | { readonly do: 'take'; readonly page: PullAnswer }
  | { readonly do: 'wake'; readonly afterMs: number }

type Step = [Puller, PullEffect[]]

export const newPuller: Puller = {
  phase: { at: 'off' },
  again: false,
  more: false,
  failures: 0,
  trouble: null,
  lastPulledAt: null,
}

const look = (state: Puller): Step => [
  { ...state, phase: { at: 'looking' }, again: false },
  [{ do: 'readCursor' }],
]

const pull = (state: Puller, cursor: MirrorCursor): Step => [
  { ...state, phase: { at: 'pulling', cursor } },
  [{ do: 'pull', request: { cursor: cursor.cursor, reference: cursor.reference, limit: pageSize } }],
]

const rest = (state: Puller, moment: Moment, problem: Problem): Step => {
  const failures = state.failures + 1
  const trouble = { since: state.trouble?.since ?? moment.at, problem }
  const afterMs =
    problem.code === 'not_signed_in'
      ? longestWaitMs
      : backoff(failures + 2, moment.random, problem.retryAfterMs)
  return [{ ...state, phase: { at: 'resting' }, again: false, failures, trouble }, [{ do: 'wake', afterMs }]]
}

export const stepPuller = (state: Puller, event: PullEvent): Step => {
  const { phase } = state
  switch (event.type) {
    case 'started':
      return phase.at === 'off' ? look(state) : [state, []]
    case 'stopped':
      return [{ ...newPuller, lastPulledAt: state.lastPulledAt }, []]
    case 'asked':
      if (phase.at === 'off') return [state, []]
      return phase.at === 'resting' ? look(state) : [{ ...state, again: true }, []]
    case 'woke':
      return phase.at === 'resting' ? look(state) : [state, []]
    case 'cursorRead':
      if (phase.at !== 'looking') return [state, []]
      return event.answer.ok ? pull(state, event.answer.value) : rest(state, event, event.answer.problem)
    case 'pulled': {
      if (phase.at !== 'pulling') return [state, []]
      if (!event.answer.ok) return rest(state, event, event.answer.problem)
      const page = event.answer.value
      const { cursor } = phase
      // The centre came back from a backup: what it told since then may be told anew, so all of it is asked for.
      if (cursor.epoch !== null && cursor.epoch !== page.epoch)
        return pull(state, { cursor: 0, reference: -1, epoch: page.epoch })
      return [{ ...state, phase: { at: 'taking' }, more: page.more }, [{ do: 'take', page }]]
    }
    case 'taken': {
      if (phase.at !== 'taking') return [state, []]
      if (!event.answer.ok) return rest(state, event, event.answer.problem)
      const told = { ...state, failures: 0, trouble: null, lastPulledAt: event.at }
      if (state.more || state.again) return look(told)
      return [{ ...told, phase: { at: 'resting' } }, [{ do: 'wake', afterMs: pullEveryMs }]]
    }
    default:
      return unreachable(event)
  }
}
