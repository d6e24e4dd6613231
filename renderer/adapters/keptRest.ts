// [SEAT-11] Keeps the agent's "not ready" through a reload or a crash of the page, for this window only: the queue must
// not ring an empty chair. A reason's code is all that is kept; signing out forgets it.
import type { Seat } from '../../core/seat/seat.ts'

export type KeptRest = {
  /** The reason that held when the page went away; null: ready, or nobody was signed in. */
  reason(): string | null
  keep(seat: Seat): void
}

export const keptRest = (
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>,
  store: string,
): KeptRest => {
  const key = `rest.${store}`
  const reason = (): string | null => {
    try {
      return storage.getItem(key)
    } catch {
      return null
    }
  }
  let last = reason()
  return {
    reason,
    keep(seat) {
      const next = seat.is === 'signedIn' && seat.rest.is === 'notReady' ? seat.rest.reason : null
      if (next === last) return
      last = next
      try {
        if (next === null) storage.removeItem(key)
        else storage.setItem(key, next)
      } catch {
        // A browser that keeps nothing only costs the agent one more press.
      }
    },
  }
}
