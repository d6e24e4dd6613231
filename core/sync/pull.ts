// Fetches what the centre has to tell: reference data, other seats' calls, what became of work orders.
//
//   off ──started──► looking (where were we?) ──► pulling ──page──► taking ──more──► pulling
//                       ▲                            │ no answer      │ all told
//                       └──────── woke, asked ── resting ◄────────────┘   asked meanwhile: looks again at once
//   A page of another epoch: sendingAgain (what the centre may have lost waits again), then all is pulled anew.
import type { Answer, Problem } from '../../contract/answer.ts'
import type { PullRequest } from '../../contract/sync.ts'
import type { MirrorCursor, PulledPage } from '../centrePorts.ts'
import { unreachable } from '../unreachable.ts'
import { backoff, longestWaitMs } from './backoff.ts'
import { nextSize, sizeAfterSilence } from './pace.ts'
import type { Moment } from './settle.ts'

export const pullEveryMs = 60_000
const largestPage = 500

export type Puller = {
  readonly phase:
    | { readonly at: 'off' | 'looking' | 'taking' }
    /** `until`: the centre asked not to be asked sooner; 0: it did not. */
    | { readonly at: 'resting'; readonly until: number }
    | { readonly at: 'pulling'; readonly cursor: MirrorCursor }
    | { readonly at: 'sendingAgain'; readonly page: PulledPage; readonly isFirst: boolean }
  /** Asked for while under way: there may be something newer than the page in hand. */
  readonly again: boolean
  /** The page being taken was not the last one. */
  readonly more: boolean
  readonly failures: number
  /** Changes asked for at a time. */
  readonly size: number
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
    | { readonly type: 'pulled'; readonly answer: Answer<PulledPage>; readonly tookMs: number }
    | { readonly type: 'sentAgain'; readonly answer: Answer<null> }
    | { readonly type: 'taken'; readonly answer: Answer<null> }
    | { readonly type: 'woke' }
  )

export type PullEffect =
  | { readonly do: 'readCursor' }
  | { readonly do: 'pull'; readonly request: PullRequest }
  | { readonly do: 'sendAgain'; readonly epoch: number }
  | { readonly do: 'take'; readonly page: PulledPage }
  | { readonly do: 'wake'; readonly afterMs: number }

type Step = [Puller, PullEffect[]]

export const newPuller: Puller = {
  phase: { at: 'off' },
  again: false,
  more: false,
  failures: 0,
  size: largestPage,
  trouble: null,
  lastPulledAt: null,
}

const look = (state: Puller): Step => [
  { ...state, phase: { at: 'looking' }, again: false },
  [{ do: 'readCursor' }],
]

const pull = (state: Puller, cursor: MirrorCursor): Step => [
  { ...state, phase: { at: 'pulling', cursor } },
  [{ do: 'pull', request: { cursor: cursor.cursor, reference: cursor.reference, limit: state.size } }],
]

const take = (state: Puller, page: PulledPage): Step => [
  { ...state, phase: { at: 'taking' }, more: page.more },
  [{ do: 'take', page }],
]

const rest = (state: Puller, moment: Moment, problem: Problem): Step => {
  const failures = state.failures + 1
  const trouble = { since: state.trouble?.since ?? moment.at, problem }
  const afterMs =
    problem.code === 'not_signed_in'
      ? longestWaitMs
      : backoff(failures + 2, moment.random, problem.retryAfterMs)
  const until = problem.retryAfterMs === undefined ? 0 : moment.at + afterMs
  return [
    { ...state, phase: { at: 'resting', until }, again: false, failures, trouble },
    [{ do: 'wake', afterMs }],
  ]
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
      if (phase.at !== 'resting') return [{ ...state, again: true }, []]
      // [SYNC-6] It will be asked when the time it named is over.
      return event.at < phase.until ? [state, []] : look(state)
    case 'woke':
      return phase.at === 'resting' ? look(state) : [state, []]
    case 'cursorRead':
      if (phase.at !== 'looking') return [state, []]
      return event.answer.ok ? pull(state, event.answer.value) : rest(state, event, event.answer.problem)
    case 'pulled': {
      if (phase.at !== 'pulling') return [state, []]
      if (!event.answer.ok) {
        const size = sizeAfterSilence(state.size, event.tookMs)
        return rest({ ...state, size }, event, event.answer.problem)
      }
      const paced = { ...state, size: nextSize(state.size, largestPage, event.tookMs) }
      const page = event.answer.value
      const { cursor } = phase
      // The centre came back from a backup, or has never told anything here though it may have taken something.
      if (cursor.epoch !== page.epoch) {
        const isFirst = cursor.cursor === 0 && cursor.epoch === null
        const phase: Puller['phase'] = { at: 'sendingAgain', page, isFirst }
        return [{ ...paced, phase }, [{ do: 'sendAgain', epoch: page.epoch }]]
      }
      return take(paced, page)
    }
    case 'sentAgain':
      if (phase.at !== 'sendingAgain') return [state, []]
      if (!event.answer.ok) return rest(state, event, event.answer.problem)
      return phase.isFirst ? take(state, phase.page) : look(state)
    case 'taken': {
      if (phase.at !== 'taking') return [state, []]
      if (!event.answer.ok) return rest(state, event, event.answer.problem)
      const told = { ...state, failures: 0, trouble: null, lastPulledAt: event.at }
      if (state.more || state.again) return look(told)
      return [{ ...told, phase: { at: 'resting', until: 0 } }, [{ do: 'wake', afterMs: pullEveryMs }]]
    }
    default:
      return unreachable(event)
  }
}
