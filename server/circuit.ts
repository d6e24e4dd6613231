// [SERVER-39] A question the database takes too long over is not asked by everybody at once: after three in a row at one
// address of the table, that address answers "not now" by itself for a while, then lets one request try again. The
// other addresses go on, and no connection is held by people who would only wait.

const patience = 3
const restMs = 5_000

export interface Circuit {
  /** 0: go on. Otherwise how long to wait. */
  wait(name: string): number
  /** The database answered, whatever it said. */
  answered(name: string): void
  tooSlow(name: string): void
}

interface State {
  readonly slow: number
  /** Nobody gets through before, but one who then tries. */
  readonly shutUntil: number
}

export const openCircuit = (now: () => number): Circuit => {
  const states = new Map<string, State>()
  return {
    wait(name) {
      const state = states.get(name)
      if (state === undefined || state.slow < patience) return 0
      const left = state.shutUntil - now()
      if (left > 0) return left
      // Whoever comes now tries it; the others wait for what becomes of it.
      states.set(name, { ...state, shutUntil: now() + restMs })
      return 0
    },
    answered(name) {
      states.delete(name)
    },
    tooSlow(name) {
      const slow = (states.get(name)?.slow ?? 0) + 1
      states.set(name, { slow, shutUntil: now() + restMs })
    },
  }
}
