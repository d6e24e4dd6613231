// The handover file at the seat: written or handed in, one at a time, with how far it is and what came of it.
import type { Answer } from '../../contract/answer.ts'
import { done, failed } from '../../contract/answer.ts'
import type { AccountId } from '../../contract/ids.ts'
import type { Clock, SecondJournal } from '../../core/ports.ts'
import type { CentreClient } from './centreClient.ts'
import { openErrand, type Errand, type Going } from './errand.ts'
import { openExport, type Exported, type ExportTold } from './handoverExport.ts'
import { openImport, type Taken } from './handoverImport.ts'
import type { StoreHere } from './storesHere.ts'

export type HandoverFileParts = {
  /** Of this person's store. */
  readonly name: string
  readonly account: AccountId
  readonly centreId: string
  /** This person's second journal; null: there is none. */
  readonly journal: Pick<SecondJournal, 'read'> | null
  /** The one an earlier person left here. */
  readonly journalOf: (store: string) => Promise<Pick<SecondJournal, 'read' | 'close'> | null>
  /** Who else worked on this computer. */
  readonly others: () => Promise<readonly StoreHere[]>
  readonly clock: Clock
  readonly call: CentreClient['call']
}

type Stage = 'exporting' | 'checking' | 'taking'
export type HandoverErrand = Errand<Stage>

export type HandoverOutcome = { readonly exported: Answer<ExportTold> } | { readonly imported: Answer<Taken> }

export type HandoverFiles = {
  /** The file of all that waits or was refused on this computer, whoever wrote it. */
  exported(): Promise<Answer<Exported>>
  /** Hands in such a file, of whomever. */
  imported(file: Blob): Promise<Answer<Taken>>
  /** Which of both goes on; it says so to the listeners. */
  errand(): Going<Stage> | null
  /** What came of the last one; null: there was none, or it still goes on. */
  last(): HandoverOutcome | null
  /** The file just exported did not get onto a disk. */
  notSaved(why: string): void
  /** What goes on is to end. */
  end(): void
  /** Attachments are handed in between calls. */
  lineIsBusy(busy: boolean): void
}

export const openHandoverFiles = (parts: HandoverFileParts, tell: () => void): HandoverFiles => {
  const errand = openErrand<Stage>(parts.clock, tell)
  const exported = openExport(parts, errand)
  const imported = openImport(parts, errand)
  let last: HandoverOutcome | null = null

  const oneAtATime = async <T>(
    stage: Stage,
    work: () => Promise<Answer<T>>,
    outcome: (answer: Answer<T>) => HandoverOutcome,
  ): Promise<Answer<T>> => {
    const answer = await errand.run(stage, async () => {
      last = null
      const found = await work()
      last = outcome(found)
      return found
    })
    return answer ?? failed('busy', '正在导出或导入，请等它结束')
  }

  return {
    exported: () =>
      oneAtATime('exporting', exported, (answer) => ({
        exported: answer.ok ? done(answer.value.told) : answer,
      })),
    imported: (file) =>
      oneAtATime(
        'checking',
        () => imported(file),
        (answer) => ({ imported: answer }),
      ),
    errand: errand.going,
    last: () => last,
    notSaved(why) {
      last = { exported: failed('failed', why) }
      tell()
    },
    end: errand.end,
    lineIsBusy: errand.lineIsBusy,
  }
}
