// What the centre has answered and what is still to be written down of it: rows it has are taken off the disk when the
// sending rests, because deleting thousands of them would hold up the reading of the next ones. If the window dies before,
// they are sent again and are duplicates.
import type { Answer } from '../../contract/answer.ts'
import type { Clock, Outbox, OutboxFate } from '../../core/ports.ts'

export type Acknowledged = {
  /** One batch, not on the disk yet. Answers with those of rows no batch before it told of. */
  owe(fates: readonly OutboxFate[]): readonly OutboxFate[]
  /** Of all batches that nobody has begun to write down, each row once. */
  owed(): readonly OutboxFate[]
  /** Nothing is on its way any more. */
  rest(): void
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
  let batches: { readonly fates: readonly OutboxFate[]; readonly fresh: readonly OutboxFate[] }[] = []
  /** Rows that leave, by seq. What is urgent goes first, and once more where it stands: it leaves once. */
  const leaving = new Set<number>()
  let owedSince = 0
  let isSettling = false
  /** More was asked for while it was at it. */
  let asked = false

  const settleNow = async (): Promise<void> => {
    const now = batches
    batches = []
    for (let at = 0; at < now.length; at += batchesTogether) {
      const together = now.slice(at, at + batchesTogether)
      const answer = await outbox.settle(together.flatMap(({ fates }) => fates))
      for (const _ of together) settled(answer)
    }
  }
  return {
    owe(fates) {
      if (batches.length === 0) owedSince = clock.tick()
      const fresh = fates.filter(({ seq }) => !leaving.has(seq))
      for (const { seq, fate } of fresh) if (fate !== 'wait') leaving.add(seq)
      batches.push({ fates, fresh })
      return fresh
    },
    owed: () => batches.flatMap(({ fresh }) => fresh),
    rest: () => leaving.clear(),
    // [SYNC-27] What was refused or put off a person may look at, and finds it so after a power cut.
    isDue: () =>
      batches.length > 0 &&
      (clock.tick() - owedSince >= longestOwedMs ||
        batches.some(({ fates }) => fates.some(({ fate }) => fate !== 'remove'))),
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
