// [SEAT-10] May the person sign out just now? Asked before anything is taken down; the sentence is the catalogue's.
import type { Clock } from '../../core/ports.ts'

/** A little longer than the store gives one save. */
const savingLimitMs = 6_000

/** The calls are counted last: one may come while the disk is waited for. */
export const reasonToStay = async (seat: {
  readonly clock: Pick<Clock, 'after'>
  allSaved(): Promise<void>
  callsOnLine(): number
}): Promise<'signOutUnsaved' | 'signOutOnCall' | null> => {
  const isSaved = await new Promise<boolean>((resolve) => {
    const cancel = seat.clock.after(savingLimitMs, () => resolve(false))
    void seat.allSaved().then(() => {
      cancel()
      resolve(true)
    })
  })
  if (!isSaved) return 'signOutUnsaved'
  return seat.callsOnLine() > 0 ? 'signOutOnCall' : null
}
