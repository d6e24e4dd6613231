// How many rows wait, between two counts: what the centre has answered is taken off at once, what is put makes the number
// out of date.
import type { OutboxCounts, OutboxFate } from '../ports.ts'

/** `outdated`: more was put since, which may not be among them. */
export type CountedSoFar = OutboxCounts & { readonly outdated: boolean }

/**
 * Counts after these fates, each of another row; what was not counted is not taken off. The age of the oldest row is right
 * again at the next count.
 */
export const without = <T extends OutboxCounts>(counts: T, fates: readonly OutboxFate[]): T => {
  const counted = fates.filter(({ seq }) => seq <= counts.newest)
  const removed = counted.filter(({ fate }) => fate === 'remove').length
  const parked = counted.filter(({ fate }) => fate === 'park').length
  const waiting = Math.max(0, counts.waiting - removed - parked)
  return {
    ...counts,
    waiting,
    parked: counts.parked + parked,
    oldestPutAt: waiting === 0 ? null : counts.oldestPutAt,
  }
}

export const sameCounts = (a: CountedSoFar | null, b: CountedSoFar): boolean =>
  a !== null &&
  a.waiting === b.waiting &&
  a.parked === b.parked &&
  a.oldestPutAt === b.oldestPutAt &&
  a.newest === b.newest &&
  a.unsure === b.unsure &&
  a.outdated === b.outdated
