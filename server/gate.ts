// [SERVER-45] So many at a time, the others in the order in which they came: when hundreds of seats are back at once nobody is
// turned away for what only takes its turn, and nobody holds a connection of the database to wait with.

/** The answer lets the next one in, however often it is called; null: too long a wait. */
export type Gate = () => Promise<(() => void) | null>

export const openGate = (width: number, patienceMs: number): Gate => {
  let inside = 0
  const waiting = new Set<(enter: boolean) => void>()

  const pass = (): (() => void) => {
    inside += 1
    let isOut = false
    return () => {
      if (isOut) return
      isOut = true
      inside -= 1
      const [next] = waiting
      next?.(true)
    }
  }
  return () =>
    inside < width
      ? Promise.resolve(pass())
      : new Promise((resolve) => {
          const settle = (enter: boolean): void => {
            clearTimeout(timer)
            waiting.delete(settle)
            resolve(enter ? pass() : null)
          }
          const timer = setTimeout(() => settle(false), patienceMs)
          waiting.add(settle)
        })
}
