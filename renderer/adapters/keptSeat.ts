// [SEAT-11] [SEAT-12] Keeps "not ready" and the calls an agent still has to write up through a reload or a crash of the
// page, for this window only: the queue must not ring an empty chair, nor an agent in the middle of a form. Codes and
// ids are all that is kept; signing out forgets them.
import { z } from 'zod'
import { CallId } from '../../contract/ids.ts'
import { isConnected } from '../../core/softphone/call.ts'
import { writesForm } from '../../core/softphone/lines.ts'
import type { Workstation } from '../../core/workstation.ts'

const Kept = z.object({ reason: z.string().nullable(), wrapups: z.array(CallId) })
type Kept = z.infer<typeof Kept>

export type KeptSeat = {
  /** As it was when the page went away. `wrapups` also names calls that were on the line then; the form in front first. */
  read(): Kept
  keep(state: Pick<Workstation, 'seat' | 'calls' | 'openForm'>): void
}

const nothing: Kept = { reason: null, wrapups: [] }

const keptOf = ({ seat, calls, openForm }: Pick<Workstation, 'seat' | 'calls' | 'openForm'>): Kept => {
  if (seat.is === 'signedOut') return nothing
  const onTheLine = calls.filter((call) => isConnected(call) && writesForm(call))
  const open = [...seat.wrapups, ...onTheLine.map((call) => call.id)]
  return {
    reason: seat.rest.is === 'notReady' ? seat.rest.reason : null,
    wrapups: [...open.filter((id) => id === openForm), ...open.filter((id) => id !== openForm)],
  }
}

const parsed = (text: string | null): Kept => {
  try {
    return Kept.parse(JSON.parse(text ?? 'null'))
  } catch {
    return nothing
  }
}

export const keptSeat = (
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>,
  store: string,
): KeptSeat => {
  const key = `seat.${store}`
  const stored = (): string | null => {
    try {
      return storage.getItem(key)
    } catch {
      return null
    }
  }
  let last = stored()
  return {
    read: () => parsed(stored()),
    keep(state) {
      const kept = keptOf(state)
      const next = kept.reason === null && kept.wrapups.length === 0 ? null : JSON.stringify(kept)
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
