// Unsent work of several people goes to the centre piece by piece as it is read (a handover file, a copied data folder), on
// whatever way (a seat's requests, the centre's own command line); what became of each person's things is counted up.
import type { Answer, Problem } from '../../contract/answer.ts'
import type { AttachmentState } from '../../contract/attachments.ts'
import { chunkBytes } from '../../contract/attachments.ts'
import type { HandedFile, HandoverFileState, HandoverHead, SealedRow } from '../../contract/handover.ts'
import type { AccountId } from '../../contract/ids.ts'
import type { PushVerdict } from '../../contract/sync.ts'
import { neverTaken, notNow } from '../attachments/attachments.ts'
import { portions } from './handover.ts'

/** Whose things come now, with their rows; then each chunk of their files, file by file. */
export type HandedPiece =
  | { readonly head: Pick<HandoverHead, 'account'>; readonly rows: readonly SealedRow[] }
  | { readonly file: HandedFile; readonly chunk: number; readonly sealed: string }

/** `later`: not taken now, or not to its end; the file is to be handed in again. */
export type FileFate = {
  readonly id: string
  readonly fate: 'stored' | 'duplicate' | 'refused' | 'later'
  readonly text: string | null
}
export type PartTaken = {
  readonly account: AccountId
  readonly verdicts: readonly PushVerdict[]
  readonly files: readonly FileFate[]
}
export type HandedIn = {
  readonly parts: readonly PartTaken[]
  /** Why it went no further, and the rest was not handed in; null: all of it was. */
  readonly stopped: Problem | 'cancelled' | 'changed' | null
}

export type HandoverDoor = {
  rows(account: AccountId, rows: SealedRow[]): Promise<Answer<readonly PushVerdict[]>>
  begin(account: AccountId, file: HandedFile): Promise<Answer<HandoverFileState>>
  chunk(
    account: AccountId,
    id: HandedFile['id'],
    chunk: number,
    sealed: string,
  ): Promise<Answer<AttachmentState>>
  /** Asked before each step: somebody wants it to end here. */
  isCancelled(): boolean
}

type Open = { account: AccountId; verdicts: PushVerdict[]; files: FileFate[] }

/** One person's files, chunk by chunk. */
const filesInto = (part: Open, door: HandoverDoor) => {
  /** What the centre has of the file at hand; null: nothing more of it is to be sent. */
  let received: number | null = null
  const settled = (id: string, fate: FileFate['fate'], text: string | null = null): null => {
    part.files.splice(-1, 1, { id, fate, text })
    received = null
    return null
  }
  const failing = (id: string, problem: Problem): Problem | null => {
    if (neverTaken.has(problem.code)) return settled(id, 'refused', problem.text)
    settled(id, 'later', problem.text)
    return notNow.has(problem.code) ? null : problem
  }
  return async (file: HandedFile, chunk: number, sealed: string): Promise<Problem | null> => {
    const { id } = file
    if (chunk === 0) {
      part.files.push({ id, fate: 'later', text: null })
      const begun = await door.begin(part.account, file)
      if (!begun.ok) return failing(id, begun.problem)
      if (begun.value.whole) return settled(id, begun.value.had ? 'duplicate' : 'stored')
      received = begun.value.received
    }
    if (received !== chunk * chunkBytes) return null
    const answer = await door.chunk(part.account, id, chunk, sealed)
    if (!answer.ok) return failing(id, answer.problem)
    if (answer.value.whole) return settled(id, 'stored')
    received = answer.value.received
    return null
  }
}

const rowsInto = async (
  part: Open,
  rows: readonly SealedRow[],
  door: HandoverDoor,
): Promise<HandedIn['stopped']> => {
  for (const portion of portions(rows)) {
    if (door.isCancelled()) return 'cancelled'
    const answer = await door.rows(part.account, portion)
    if (!answer.ok) return answer.problem
    part.verdicts.push(...answer.value)
  }
  return null
}

/** [HAND-2] */
export const handIn = async (
  pieces: AsyncIterable<HandedPiece | null>,
  door: HandoverDoor,
): Promise<HandedIn> => {
  const parts: Open[] = []
  let take: ReturnType<typeof filesInto> = async () => null
  for await (const piece of pieces) {
    if (door.isCancelled()) return { parts, stopped: 'cancelled' }
    if (!piece) return { parts, stopped: 'changed' }
    let stopped: HandedIn['stopped']
    if ('head' in piece) {
      const part: Open = { account: piece.head.account, verdicts: [], files: [] }
      parts.push(part)
      take = filesInto(part, door)
      stopped = await rowsInto(part, piece.rows, door)
    } else stopped = await take(piece.file, piece.chunk, piece.sealed)
    if (stopped !== null) return { parts, stopped }
  }
  return { parts, stopped: null }
}
