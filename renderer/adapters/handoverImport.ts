// A handover file handed in to the centre, of whomever. Read twice: whole and ours, before anything of it is taken; one chunk of
// its attachments at a time is in memory.
import type { Answer } from '../../contract/answer.ts'
import { done, failed } from '../../contract/answer.ts'
import type { HandoverAnswer, SealedRow } from '../../contract/handover.ts'
import type { AccountId } from '../../contract/ids.ts'
import { handIn, type HandedIn, type PartTaken } from '../../core/sync/handIn.ts'
import { checkHandover, readHandover } from '../../core/sync/handover.ts'
import { sha256OfText } from './base64.ts'
import type { HandoverErrand, HandoverFileParts } from './handoverFile.ts'
import { patiently } from './patiently.ts'

/** `later`: not taken now, the file is to be handed in again. */
export type Counted = Readonly<Record<'stored' | 'duplicate' | 'refused' | 'later', number>>
export type Imported = { readonly account: string; readonly things: Counted; readonly files: Counted }
export type Taken = { readonly people: readonly Imported[]; readonly stopped: HandedIn['stopped'] }

const sliceBytes = 1 << 20

export const pushSealed = async (
  { call, clock, centreId }: Pick<HandoverFileParts, 'call' | 'clock' | 'centreId'>,
  account: AccountId,
  rows: SealedRow[],
): Promise<Answer<HandoverAnswer>> => {
  const answer = await call('handover.push', { clientNow: clock.now(), account, rows })
  return answer.ok && answer.value.centre !== centreId
    ? failed('not_ours', '这里已是另一个中心，没有交出去')
    : answer
}

const countOf = (verdicts: readonly string[]): Counted => {
  const of = (...which: string[]): number => verdicts.filter((verdict) => which.includes(verdict)).length
  return {
    stored: of('stored'),
    duplicate: of('duplicate'),
    refused: of('refused'),
    later: of('later', 'too_new', 'busy'),
  }
}
const importedOf = ({ account, verdicts, files }: PartTaken): Imported => ({
  account,
  things: countOf(verdicts.map(({ verdict }) => verdict)),
  files: countOf(files.map(({ fate }) => fate)),
})

export const openImport = (
  parts: HandoverFileParts,
  errand: HandoverErrand,
): ((file: Blob) => Promise<Answer<Taken>>) => {
  const { centreId, call } = parts
  /** A file that cannot be read on is one that is cut. */
  async function* piecesOf(file: Blob): AsyncGenerator<string, void> {
    for (let at = 0; at < file.size && !errand.isEnding(); at += sliceBytes) {
      const piece = await file
        .slice(at, at + sliceBytes)
        .text()
        .catch(() => null)
      if (piece === null) return
      yield piece
      errand.reached((at + sliceBytes) / file.size)
    }
  }
  const handedIn = (file: Blob): Promise<HandedIn> =>
    handIn(readHandover(piecesOf(file), sha256OfText), {
      async rows(owner, rows) {
        const answer = await patiently(() => pushSealed(parts, owner, rows), errand)
        return answer.ok ? done(answer.value.verdicts) : answer
      },
      async begin(owner, file) {
        await errand.lineIsFree()
        return patiently(() => call('handover.begin', { account: owner, ...file }), errand)
      },
      async chunk(owner, id, chunk, sealed) {
        await errand.lineIsFree()
        return patiently(() => call('handover.chunk', { account: owner, id, chunk, sealed }), errand)
      },
      isCancelled: errand.isEnding,
    })
  const imported = async (file: Blob): Promise<Answer<Taken>> => {
    const heads = await checkHandover(piecesOf(file), sha256OfText)
    if (errand.isEnding()) return done({ people: [], stopped: 'cancelled' })
    if (!heads) return failed('bad_input', '这不是完好的交接文件，没有导入；请重新导出或换一份')
    if (heads.some(({ centre }) => centre !== centreId))
      return failed('bad_input', '这份交接文件是另一个中心的，没有导入')
    errand.turnTo('taking')
    const { parts: taken, stopped } = await handedIn(file)
    return done({
      people: taken.filter(({ verdicts, files }) => verdicts.length + files.length > 0).map(importedOf),
      stopped: stopped !== null && errand.isEnding() ? 'cancelled' : stopped,
    })
  }
  return imported
}
