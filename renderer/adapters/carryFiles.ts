// [HAND-4] Attachments one person left on this computer, carried by the seat of the next behind the records: sealed as they
// lie, chunk by chunk. What arrived is noted in its owner's store. A refusal is not: a carrier may be turned away where the
// owner is not, whose own seat asks again and shows the centre's words.
import type { Answer } from '../../contract/answer.ts'
import { done, failed } from '../../contract/answer.ts'
import { chunkBytes, type AttachmentState } from '../../contract/attachments.ts'
import type { AccountId } from '../../contract/ids.ts'
import { neverTaken, notNow } from '../../core/attachments/attachments.ts'
import type { Clock } from '../../core/ports.ts'
import { toBase64 } from './base64.ts'
import type { CentreClient } from './centreClient.ts'
import { patiently, type Patience } from './patiently.ts'
import { openWaitingFiles, type WaitingFile, type WaitingFiles } from './waitingFiles.ts'

export type Carrier = Patience & {
  readonly call: CentreClient['call']
  readonly clock: Pick<Clock, 'now'>
  /** The centre's, as the session names it now. */
  epoch(): number
  /** Resolves when nobody is on the line, or it is to end. */
  lineIsFree(): Promise<void>
}

const carryFile = async (
  carrier: Carrier,
  account: AccountId,
  { id, head, chunks }: WaitingFile,
  chunkOf: WaitingFiles['chunk'],
): Promise<Answer<null>> => {
  const ask = async (next: () => Promise<Answer<AttachmentState>>) => {
    await carrier.lineIsFree()
    return carrier.isEnding() ? failed('failed', '') : patiently(next, carrier)
  }
  const { call } = carrier
  const begin = { account, id, head: toBase64(head), chunks }
  let answer = await ask(() => call('handover.begin', begin))
  while (answer.ok && !answer.value.whole) {
    const chunk = answer.value.received / chunkBytes
    const sealed = await chunkOf(id, chunk)
    if (!sealed) return failed('not_found', '')
    const piece = { account, id, chunk, sealed: toBase64(sealed) }
    const { received } = answer.value
    answer = await ask(() => call('handover.chunk', piece))
    // Spoilt on the way: the next time.
    if (answer.ok && !answer.value.whole && answer.value.received <= received) return failed('not_found', '')
  }
  return answer.ok ? done(null) : answer
}

/** How many of this person's still wait in this store, and how many go nowhere from here. */
export const carryFiles = async (
  carrier: Carrier,
  owner: AccountId,
  store: string,
): Promise<{ readonly waiting: number; readonly refused: number }> => {
  const left = await openWaitingFiles(store)
  if (!left) return { waiting: 0, refused: 0 }
  const { files, stay, chunk, arrived, close } = left
  let waiting = files.length
  let refused = stay
  try {
    for (const file of files) {
      const answer = await carryFile(carrier, owner, file, chunk)
      if (answer.ok) {
        await arrived(file.id, { epoch: carrier.epoch(), at: carrier.clock.now() })
        waiting -= 1
        continue
      }
      const { code } = answer.problem
      // Whoever works here now may be one who carries nothing: a handler, a duty leader.
      if (code === 'forbidden' || !(neverTaken.has(code) || notNow.has(code))) break
      if (neverTaken.has(code)) {
        waiting -= 1
        refused += 1
      }
    }
  } finally {
    close()
  }
  return { waiting, refused }
}
