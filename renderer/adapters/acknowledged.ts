// What the centre has answered and what is still to be written down of it: rows it has are taken off the disk when the
// sending rests, because deleting thousands of them would hold up the reading of the next ones. If the window dies before,
// they are sent again and are duplicates.
import type { Answer } from '../../contract/answer.ts'
import type { Clock, Outbox, OutboxFate } from '../../core/ports.ts'

export type Acknowledged = {
  /** One batch, not on the disk yet. */
  owe(fates: readonly OutboxFate[]): void
  /** Of all batches that nobody has begun to write down. */
  owed(): readonly OutboxFate[]
  /** Sending must not put it off any longer. */
  isDue(): boolean
  isSettling(): boolean
  /** Writes all of it down; each batch is told when it is done. */
  settle(): void
}

/** A transaction of many more might outlast the store's limit on a slow disk. */
const batchesTogether = 4
/** So long at most somebody who looks on waits for the official number of a work order. */
const longestOwedMs = 3_000

export const keepAcknowledged = (
  outbox: Pick<Outbox, 'settle'>,
  clock: Pick<Clock, 'tick'>,
  settled: (answer: Answer<null>) => void,
): Acknowledged => {
  let batches: (readonly OutboxFate[])[] = []
  let owedSince = 0
  let isSettling = false
  /** More was asked for while it was at it. */
  let asked = false

  const settleNow = async (): Promise<void> => {
    const now = batches
    batches = []
    for (let at = 0; at < now.length; at += batchesTogether) {
      const together = now.slice(at, at + batchesTogether)
      const answer = await outbox.settle(together.flat())
      for (const _ of together) settled(answer)
    }
  }
  return {
    owe(fates) {
      if (batches.length === 0) owedSince = clock.tick()
      batches.push(fates)
    },
    owed: () => batches.flat(),
    // [SYNC-27] What was refused or put off a person may look at, and finds it so after a power cut.
    isDue: () =>
      batches.length > 0 &&
      (clock.tick() - owedSince >= longestOwedMs ||
        batches.some((fates) => fates.some(({ fate }) => fate !== 'remove'))),
    isSettling: () => isSettling,
    settle() {
      asked = batches.length > 0
      if (isSettling || !asked) return
      isSettling = true
      void (async () => {
        while (asked) {
          asked = false
          await settleNow()
        }
        isSettling = false
      })()
    },
  }
}
