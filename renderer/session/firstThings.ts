// What must be there before anybody can work: reference data, and records of the calls that were interrupted.
import type { CallId } from '../../contract/ids.ts'
import type { Reference } from '../../contract/reference.ts'
import type { Clock, Records } from '../../core/ports.ts'
import { recovered } from '../../core/sync/recover.ts'
import type { SyncLoop } from '../adapters/syncLoop.ts'
import type { Notices } from '../notices.ts'

/** How long a first sign-in waits for categories, departments and limits from the centre. */
const referenceLimitMs = 20_000

/** What the seat has, or what the first pull brings; null: nothing came in time. */
export const firstReference = async (
  records: Records,
  sync: SyncLoop,
  clock: Clock,
): Promise<Reference | null> => {
  const kept = await records.reference()
  if (kept.ok && kept.value) return kept.value
  return new Promise((resolve) => {
    const end = (found: Reference | null) => {
      stopLooking()
      cancel()
      resolve(found)
    }
    const cancel = clock.after(referenceLimitMs, () => end(null))
    const stopLooking = sync.subscribe(() => {
      if (sync.status().lastPulledAt === null) return
      void records.reference().then((answer) => {
        if (answer.ok && answer.value) end(answer.value)
      })
    })
  })
}

/** [CALL-5] Calls the program was in the middle of when it stopped become records that say so. */
export const recoverInterrupted = async (records: Records, notices: Notices): Promise<void> => {
  const unfinished = await records.unfinished()
  if (!unfinished.ok) return notices.tell(unfinished.problem.text, true)
  for (const record of unfinished.value) {
    const answer = await records.finish(recovered(record))
    if (!answer.ok) notices.tell(answer.problem.text, true)
  }
}

/** Of these calls the ones whose form still waits: it may have been filed while the call was on the line. */
export const unfiled = async (records: Records, ids: readonly CallId[]): Promise<readonly CallId[]> => {
  const found = await Promise.all(ids.map((id) => records.read(id)))
  return ids.filter((_, at) => {
    const answer = found[at]
    return answer?.ok && answer.value && answer.value.answeredAt !== null && answer.value.filedAt === null
  })
}
