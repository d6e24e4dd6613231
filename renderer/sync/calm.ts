// Changes that come faster than anybody can read: the first is followed at once, a crowd of them by one look at its end.
import type { Clock } from '../../core/ports.ts'

/** Lists that follow the store are read anew this often at most. */
export const calmMs = 500

/** `look` runs at once, then again `calmMs` after it is through if something changed meanwhile. The answers: tell, stop. */
export const calmly = (
  clock: Pick<Clock, 'after'>,
  look: () => void | Promise<void>,
): { readonly changed: () => void; readonly stop: () => void } => {
  let isResting = false
  let isDue = false
  let cancelRest = () => {}
  let isOver = false
  const rest = () => {
    if (isOver) return
    cancelRest = clock.after(calmMs, () => {
      isResting = false
      if (isDue) changed()
    })
  }
  const changed = () => {
    isDue = isResting
    if (isResting || isOver) return
    isResting = true
    const looking = look()
    if (looking) void looking.then(rest)
    else rest()
  }
  return {
    changed,
    stop() {
      isOver = true
      cancelRest()
    },
  }
}
