// [DESK-8] [DESK-19] What would be left behind: forms not filed, of whatever day, and attachments the centre does not have.
import type { Records } from '../../core/ports.ts'
import type { Attachments } from '../adapters/attachmentsPort.ts'
import type { DraftBook } from '../wrapup/draftBook.ts'

export type Undone = {
  /** Of calls that are over. */
  unfiled(): number
  files(): number
  stop(): void
}

type Parts = {
  readonly book: Pick<DraftBook, 'list' | 'subscribe'>
  readonly records: Pick<Records, 'drafts'>
  readonly attachments: Pick<Attachments, 'waiting' | 'listen'>
}

/** `changed`: one of the counts may be another one. */
export const watchUndone = ({ book, records, attachments }: Parts, changed: () => void): Undone => {
  /** Drafts on disk, open or not. */
  let drafts: readonly string[] = []
  let files = 0
  let isOver = false
  const told = (): void => (isOver ? undefined : changed())
  const readDrafts = async (): Promise<void> => {
    const answer = await records.drafts()
    if (answer.ok) drafts = answer.value.map(({ callId }) => callId)
    told()
  }
  const countFiles = async (): Promise<void> => {
    const answer = await attachments.waiting()
    if (answer.ok) files = answer.value
    told()
  }
  const leaves = [book.subscribe(() => void readDrafts()), attachments.listen(() => void countFiles())]
  void readDrafts()
  void countFiles()
  return {
    unfiled() {
      const open = book.list()
      const closed = drafts.filter((id) => !open.some(({ callId }) => callId === id))
      return closed.length + open.filter((session) => session.read().facts.over).length
    },
    files: () => files,
    stop() {
      isOver = true
      for (const leave of leaves) leave()
    },
  }
}
