// The uploader waits: from which failure on, how long, and when longer.
import type { Problem } from '../../contract/answer.ts'
import { backoff } from './backoff.ts'
import type { Moment } from './settle.ts'
import type { UploadEvent, Uploader, UploadStep } from './uploaderState.ts'

/** `probe`: a tiny question comes before the next batch. */
export const wait = (state: Uploader, problem: Problem, moment: Moment, probe: boolean): UploadStep => {
  const failures = state.failures + 1
  const afterMs = backoff(failures, moment.random, problem.retryAfterMs)
  // Where one of the two is too old, how long is our own patience.
  const isOurs = problem.code === 'too_new' || problem.code === 'too_old'
  const asked = problem.retryAfterMs !== undefined && !isOurs
  const trouble = { since: state.trouble?.since ?? moment.at, problem }
  return [
    {
      ...state,
      failures,
      trouble,
      suspect: null,
      phase: { at: 'waiting', probe, until: moment.at + afterMs, asked },
    },
    [{ do: 'wake', afterMs }],
  ]
}

/** [SYNC-6] A batch sent ahead goes again whatever became of it; a wait asked for in its answer is kept all the same. */
export const waitLonger = (
  state: Uploader,
  { answer, at, random }: Extract<UploadEvent, { type: 'answered' }>,
): UploadStep => {
  const { phase } = state
  const asked = answer.ok ? undefined : answer.problem.retryAfterMs
  if (phase.at !== 'waiting' || asked === undefined) return [state, []]
  const afterMs = backoff(state.failures, random, asked)
  if (at + afterMs <= phase.until) return [state, []]
  return [{ ...state, phase: { ...phase, until: at + afterMs, asked: true } }, [{ do: 'wake', afterMs }]]
}
