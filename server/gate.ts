// [SERVER-45] So many at a time, the others in the order in which they came: when hundreds of seats are back at once nobody is
// turned away for what only takes its turn, and nobody holds a connection of the database to wait with.

/** Lets the next one in, however often it is called. */
export type Leave = () => void

export interface Gate {
  /** A place, at once or after waiting; a number: it would take, or took, too long: how many ms it may still be. */
  enter(): Promise<Leave | number>
  /** How long one who came now would wait, as far as can be seen. */
  waitMs(): number
  /** Nobody waits. */
  isClear(): boolean
  /** `run` is called whenever nobody waits any more. */
  whenClear(run: () => void): void
}

/** How much one stay counts for what is usual. */
const weight = 0.1

/** `before`: nobody enters here while somebody waits there. */
export const openGate = (width: number, patienceMs: number, before: Gate | null = null): Gate => {
  let inside = 0
  let usualMs = 0
  const waiting = new Set<(enter: boolean) => void>()
  const followers: (() => void)[] = []

  const isFree = (): boolean => inside < width && (before === null || before.isClear())
  const letIn = (): void => {
    for (const settle of waiting) {
      if (!isFree()) return
      settle(true)
    }
    for (const run of followers) run()
  }
  before?.whenClear(letIn)

  const pass = (): Leave => {
    inside += 1
    const enteredAt = performance.now()
    let isOut = false
    return () => {
      if (isOut) return
      isOut = true
      inside -= 1
      const stayedMs = performance.now() - enteredAt
      usualMs = usualMs === 0 ? stayedMs : usualMs + weight * (stayedMs - usualMs)
      letIn()
    }
  }
  const waitMs = (): number =>
    isFree() ? 0 : ((waiting.size + 1) * usualMs) / width + (before?.waitMs() ?? 0)

  return {
    enter: async () => {
      if (isFree() && waiting.size === 0) return pass()
      const foreseenMs = waitMs()
      if (foreseenMs > patienceMs) return foreseenMs
      return new Promise((resolve) => {
        const settle = (enter: boolean): void => {
          clearTimeout(timer)
          waiting.delete(settle)
          resolve(enter ? pass() : waitMs())
        }
        const timer = setTimeout(() => settle(false), patienceMs)
        waiting.add(settle)
      })
    },
    waitMs,
    isClear: () => waiting.size === 0,
    whenClear: (run) => {
      followers.push(run)
    },
  }
}
