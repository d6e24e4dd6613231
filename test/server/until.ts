// Waiting for a condition, instead of sleeping and hoping.
// Of Node itself: it goes on where a test makes the world's time stand still.
import { setTimeout as pause } from 'node:timers/promises'

const pollMs = 15

/** Resolves as soon as `holds` does; fails naming what was waited for. */
export const until = async (
  holds: () => boolean | Promise<boolean>,
  what: string,
  limitMs = 10_000,
): Promise<void> => {
  const end = performance.now() + limitMs
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`waited ${limitMs} ms in vain: ${what}`)
    await pause(pollMs)
  }
}
