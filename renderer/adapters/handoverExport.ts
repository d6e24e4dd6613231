// All that waits on this computer as one handover file. Nothing here is opened. One chunk of an attachment at a time is in
// memory: what is written lies in the browser's blobs.
import type { Answer } from '../../contract/answer.ts'
import { done, failed } from '../../contract/answer.ts'
import { HandoverHead, type SealedFile, type SealedRow } from '../../contract/handover.ts'
import type { AccountId } from '../../contract/ids.ts'
import { handoverBody, handoverText } from '../../core/sync/handover.ts'
import { sha256OfText, toBase64 } from './base64.ts'
import type { HandoverErrand, HandoverFileParts } from './handoverFile.ts'
import { unsentOf } from './unsentRows.ts'
import { openWaitingFiles, type WaitingFile, type WaitingFiles } from './waitingFiles.ts'

/** What an export tells who made it. */
export type ExportTold = {
  /** Things in it, attachments in it, and how many of them are of which earlier person. */
  readonly count: number
  readonly files: number
  readonly others: readonly { readonly account: string; readonly waiting: number; readonly files: number }[]
  /** Whose work, and whose attachments, could not be read: they are not in it. */
  readonly unread: readonly string[]
  readonly filesUnread: readonly string[]
  /** Attachments refused or broken, of everybody: they are not in it. */
  readonly stay: number
}
export type Exported = { readonly name: string; readonly content: Blob; readonly told: ExportTold }

type Person = { owner: AccountId; rows: readonly SealedRow[]; waiting: WaitingFiles | null }
type Sealed = { readonly file: SealedFile; readonly lines: readonly Blob[] }

export const openExport = (
  { name: ownName, account, centreId, journal: ownJournal, journalOf, others, clock }: HandoverFileParts,
  errand: HandoverErrand,
): (() => Promise<Answer<Exported>>) => {
  const peopleHere = async (unread: string[]): Promise<Answer<Person[]>> => {
    const own = await unsentOf(ownName, ownJournal, clock)
    if (!own.ok) return own
    const people: Person[] = [{ owner: account, rows: own.value, waiting: await openWaitingFiles(ownName) }]
    for (const { owner, name } of await others()) {
      const journal = await journalOf(name)
      const found = await unsentOf(name, journal, clock)
      journal?.close()
      if (!found.ok) unread.push(owner)
      people.push({ owner, rows: found.ok ? found.value : [], waiting: await openWaitingFiles(name) })
    }
    return done(people)
  }
  /** null: it was taken away meanwhile, or is to end. */
  const sealedFile = async (
    { id, head, chunks }: WaitingFile,
    chunk: WaitingFiles['chunk'],
    read: () => void,
  ): Promise<Sealed | null> => {
    const sums: string[] = []
    const lines: Blob[] = []
    for (let at = 0; at < chunks; at += 1) {
      const sealed = errand.isEnding() ? null : await chunk(id, at)
      if (!sealed) return null
      const line = toBase64(sealed)
      sums.push(await sha256OfText(line))
      lines.push(new Blob([line, '\n']))
      read()
    }
    return { file: { id, head: toBase64(head), sums }, lines }
  }
  const partOf = async (
    { owner, rows }: Person,
    files: readonly Sealed[],
    more: number,
  ): Promise<BlobPart[]> => {
    const body = handoverBody(
      rows,
      files.map(({ file }) => file),
    )
    const head = HandoverHead.parse({
      // Without attachments an older program reads it too.
      handover: files.length > 0 ? 2 : 1,
      centre: centreId,
      account: owner,
      count: rows.length,
      files: files.length,
      madeAt: clock.now(),
      more,
      sha256: await sha256OfText(body),
    })
    return [handoverText(head, body), ...files.flatMap(({ lines }) => lines)]
  }
  const written = async (people: readonly Person[], unread: readonly string[]): Promise<Exported> => {
    const all = people
      .flatMap(({ waiting }) => waiting?.files ?? [])
      .reduce((sum, { chunks }) => sum + chunks, 0)
    let chunksRead = 0
    const read = (): void => errand.reached((chunksRead += 1) / all)
    const filled: { person: Person; files: Sealed[] }[] = []
    for (const person of people) {
      const files: Sealed[] = []
      for (const file of person.waiting?.files ?? []) {
        const sealed = person.waiting ? await sealedFile(file, person.waiting.chunk, read) : null
        if (sealed) files.push(sealed)
      }
      if (person.owner === account || person.rows.length + files.length > 0) filled.push({ person, files })
    }
    const content = await Promise.all(
      filled.map(({ person, files }, place) => partOf(person, files, filled.length - 1 - place)),
    )
    return {
      name: `hotline-${account}.handover`,
      content: new Blob(content.flat()),
      told: {
        count: filled.reduce((sum, { person }) => sum + person.rows.length, 0),
        files: filled.reduce((sum, { files }) => sum + files.length, 0),
        others: filled.slice(1).map(({ person, files }) => ({
          account: person.owner,
          waiting: person.rows.length,
          files: files.length,
        })),
        unread,
        filesUnread: people.filter(({ waiting }) => !waiting).map(({ owner }) => owner),
        stay: people.reduce((sum, { waiting }) => sum + (waiting?.stay ?? 0), 0),
      },
    }
  }
  const exported = async (): Promise<Answer<Exported>> => {
    const unread: string[] = []
    const people = await peopleHere(unread)
    if (!people.ok) return people
    try {
      const file = await written(people.value, unread)
      return errand.isEnding() ? failed('failed', '已停下，没有导出') : done(file)
    } catch {
      return failed('failed', '附件读到一半读不下去，没有导出；请再试一次')
    } finally {
      for (const { waiting } of people.value) waiting?.close()
    }
  }

  return exported
}
