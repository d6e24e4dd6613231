// A call of the list in words, one place for the screen and the exported file: nothing stands there that is not seen here.
import type { Reference } from '../../contract/reference.ts'
import type { CallRecord, CallSummary } from '../../contract/softphone.ts'
import { maskNumber } from '../../core/privacy/mask.ts'
import { wasTurnedAway } from '../../core/softphone/callEnd.ts'
import { isoDay, hourMinute, span } from '../kit/time.ts'
import type { Text } from '../text/catalogue.ts'

type Words = Text['records']
type Named = Pick<Reference, 'categories' | 'topics' | 'dispositions'>

/** Calls among ourselves and consultations have no form to be written. */
const unwritten = (call: CallSummary, words: Words): string => {
  if (call.madeFor) return words.consult
  return call.outcome === 'answered' && call.direction !== 'internal' ? words.unfiled : ''
}

/** [CALL-8] What became of a call, in lists. A missed one may have rung or heard the engaged tone: its record says which. */
export const outcomeWord = (
  { outcome, endedBy }: Pick<CallSummary, 'outcome' | 'endedBy'>,
  words: Words,
): string => (outcome === 'rejected' && endedBy === 'system' ? words.engaged : words.outcome[outcome])

type End = Pick<CallRecord, 'outcome' | 'endedBy' | 'endCause' | 'transfer'>

/** [CALL-6] [CALL-8] [CALL-13] What became of a call and who ended it; no line broke where it rang out or was sent back. */
export const endWords = (record: End, words: Words): { readonly outcome: string; readonly ended: string } => {
  const { outcome, endedBy, endCause, transfer } = record
  if (wasTurnedAway(endCause)) return { outcome: words.engaged, ended: words.sentBack }
  if (outcome === 'missed' && endCause?.protocol !== 'seat')
    return { outcome: words.rangOut, ended: words.takenBack }
  const ended = transfer ? words.endedByTransfer : words.endedBy[endedBy]
  return { outcome: outcomeWord(record, words), ended }
}

export const callWords = (call: CallSummary, words: Words, reference: Named) => {
  const category = reference.categories.find((row) => row.code === call.category)?.zh ?? null
  const topic = reference.topics.find((row) => row.code === call.topic)?.zh
  const disposition = reference.dispositions.find((row) => row.code === call.disposition)?.zh
  const answered = call.outcome === 'answered'
  return {
    direction: words.direction[call.direction],
    /** null: nobody has written a name. */
    name: call.callerName || null,
    number: call.number === '' ? words.withheld : maskNumber(call.number),
    category,
    about: category === null ? unwritten(call, words) : (topic ?? call.gist ?? ''),
    result: answered ? (disposition ?? words.outcome.answered) : outcomeWord(call, words),
    talk: call.talkMs > 0 ? span(call.talkMs) : '',
    agent: call.agent,
  }
}

/** [EXPORT-1] The columns of exporting.callHead; the day is written out, a file is read on another one. */
export const callRow = (
  call: CallSummary,
  { records, exporting }: Pick<Text, 'records' | 'exporting'>,
  reference: Named,
): readonly string[] => {
  const said = callWords(call, records, reference)
  return [
    `${isoDay(call.offeredAt)} ${hourMinute(call.offeredAt)}`,
    said.direction,
    said.name ?? '',
    said.number,
    said.category ?? '',
    said.about,
    said.result,
    said.talk,
    said.agent,
    call.ticketId === null ? '' : exporting.yes,
  ]
}
