// Chance from a seed: the same seed throws the same numbers in the same order, for ever.

export type Dice = {
  /** 0 ≤ x < 1. */
  next(): number
  /** A whole number, both ends included. */
  between(from: number, to: number): number
  chance(probability: number): boolean
  pick<T>(from: readonly [T, ...T[]]): T
  /** Dice of their own for one part of the world: what others throw does not move them. */
  fork(): Dice
}

export const diceOf = (seed: number): Dice => {
  let state = (seed ^ 0x9e3779b9) >>> 0
  // mulberry32
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  for (let n = 0; n < 4; n++) next()
  return {
    next,
    between: (from, to) => from + Math.floor(next() * (to - from + 1)),
    chance: (probability) => next() < probability,
    pick: (from) => from[Math.floor(next() * from.length)] ?? from[0],
    fork: () => diceOf(Math.floor(next() * 2 ** 32)),
  }
}
