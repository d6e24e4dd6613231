// Holds the workstation's state for the screens. dispatch(event) → step → effects, one after another;
// the effects themselves are carried out in runEffects.ts.
import { useSyncExternalStore } from 'react'
import type { Effect } from '../core/effects.ts'
import type { Stamp } from '../core/softphone/phoneEvent.ts'
import type { WorkEvent, Workstation } from '../core/workstation.ts'
import { newWorkstation, ringingCall, step } from '../core/workstation.ts'

/** Draws what is about to be; true: it has. */
export type Draw = (now: Workstation, next: Workstation) => boolean

export type Store = {
  read(): Workstation
  dispatch(event: WorkEvent): void
  /** Nothing happens yet: who draws beforehand is told what the state is about to be. True: somebody has drawn it. */
  foretell(event: WorkEvent): boolean
  foresee(draw: Draw): () => void
  subscribe(listener: () => void): () => void
}

export const createStore = (stamp: Stamp, run: (effect: Effect) => void): Store => {
  let state = newWorkstation(stamp)
  const listeners = new Set<() => void>()
  const drawing = new Set<Draw>()
  return {
    read: () => state,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    foretell(event) {
      const [next] = step(state, event)
      return [...drawing].some((draw) => draw(state, next))
    },
    foresee(draw) {
      drawing.add(draw)
      return () => drawing.delete(draw)
    },
    dispatch(event) {
      const [next, effects] = step(state, event)
      state = next
      // Effects first: an answer must leave before the screen is drawn.
      for (const effect of effects) run(effect)
      for (const listener of listeners) listener()
    },
  }
}

export type Shown = Pick<Store, 'read' | 'subscribe'>

const startsToRing = (before: Workstation, now: Workstation): boolean =>
  ringingCall(now) !== null && ringingCall(before) === null

/**
 * The state as everything but the ringing row sees it: the same, but when it begins to ring that row is drawn first and
 * the rest one frame later. Whatever happens in that frame is shown at once.
 */
export const behindTheBar = (
  store: Store,
  soon: (run: () => void) => void,
  waits: (before: Workstation, now: Workstation) => boolean = startsToRing,
): Shown => {
  let shown = store.read()
  const listeners = new Set<() => void>()
  const show = () => {
    if (shown === store.read()) return
    shown = store.read()
    for (const listener of listeners) listener()
  }
  store.subscribe(() => {
    if (waits(shown, store.read())) soon(show)
    else show()
  })
  return {
    read: () => shown,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** The part of the state a screen shows; it is drawn again only when that part changes. */
export const useStore = <T>(store: Shown, select: (state: Workstation) => T): T =>
  useSyncExternalStore(store.subscribe, () => select(store.read()))
