// [SESSION-14] An account its centre has closed: no caller notices. Whoever is on the line finishes the call and its form,
// then the seat signs them out by itself; the door says why.
import type { Problem } from '../../contract/answer.ts'
import type { Clock } from '../../core/ports.ts'
import { liveCalls } from '../../core/workstation.ts'
import type { SessionKeeper } from '../adapters/session.ts'
import type { Store } from '../store.ts'

type Parts = {
  readonly keeper: Pick<SessionKeeper, 'read' | 'subscribe'>
  readonly store: Pick<Store, 'read' | 'subscribe'>
  readonly clock: Pick<Clock, 'after'>
  /** Still at work: told once. */
  told(): void
  /** About to leave. */
  leaving(why: Problem): void
  /** As the person's own: it may have a reason to stay [SEAT-10], and is then asked again. */
  signOut(): Promise<void>
}

const againMs = 5_000

/** The answer ends it. */
export const leaveWhenClosed = ({ keeper, store, clock, told, leaving, signOut }: Parts): (() => void) => {
  let isTold = false
  let busy = false
  let cancel = (): void => undefined
  const isAtWork = (): boolean => {
    const { seat } = store.read()
    return liveCalls(store.read()).length > 0 || (seat.is === 'signedIn' && seat.wrapups.length > 0)
  }
  const look = async (): Promise<void> => {
    const why = keeper.read()?.closed
    if (!why || busy) return
    if (isAtWork()) {
      if (!isTold) told()
      isTold = true
      return
    }
    busy = true
    cancel()
    leaving(why)
    await signOut()
    busy = false
    if (keeper.read()?.closed) cancel = clock.after(againMs, () => void look())
  }
  const stops = [keeper, store].map((each) => each.subscribe(() => void look()))
  void look()
  return () => {
    cancel()
    for (const stop of stops) stop()
  }
}
