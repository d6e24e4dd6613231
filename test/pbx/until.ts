// Waiting for a condition by asking again; the only way tests here wait for the world.
import { setTimeout as pause } from 'node:timers/promises'

/** The first answer that is neither false, null nor undefined. A `what` that is asked for says how things stand at the end. */
export async function until<T>(
  what: string | (() => string),
  question: () => T | Promise<T>,
  withinMs = 10_000,
  everyMs = 25,
): Promise<Exclude<NonNullable<T>, false>> {
  const startedAt = Date.now()
  for (;;) {
    const answer = await question()
    if (isYes(answer)) return answer
    if (Date.now() - startedAt > withinMs)
      throw new Error(`Waited ${withinMs} ms for ${typeof what === 'string' ? what : what()}.`)
    await pause(everyMs)
  }
}

const isYes = <T>(answer: T): answer is Exclude<NonNullable<T>, false> =>
  answer !== false && answer !== null && answer !== undefined
