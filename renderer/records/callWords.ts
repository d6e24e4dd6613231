// A call of the list in words, one place for the screen and the exported file: nothing stands there that is not seen here.
import type { Reference } from '../../contract/reference.ts'
import type { CallRecord, CallSummary } from '../../contract/softphone.ts'
import { maskNumber } from '../../core/privacy/mask.ts'
import { wasTurnedAway } from '../../core/softphone/callEnd.ts'
import { isoDay, hourMinute, span } from '../kit/time.ts'
import { whyUnreached } from '../softphone/callWords.ts'
import type { Text } from '../text/catalogue.ts'

type Words = Text['records']
type Named = Pick<Reference, 'categories' | 'topics' | 'dispositions'>

/** Calls among ourselves and consultations have no form to be written. */
const unwritten = (call: CallSummary, words: Words): string => {
  if (call.madeFor) return words.consult
  return call.outcome === 'answered' && call.direction !== 'internal' ? words.unfiled : ''
}

type End = Pick<CallSummary, 'outcome' | 'endedBy' | 'endCause'>

/** A missed call rang out, or its line broke; nobody knows where its cause was not told. */
const hasRungOut = ({ outcome, endCause }: End): boolean =>
  outcome === 'missed' && endCause !== undefined && endCause?.protocol !== 'seat'

/** [CALL-6] [CALL-8] What became of a call. */
const becameOf = (call: End, words: Words): string => {
  const { outcome, endedBy, endCause } = call
  if (wasTurnedAway(endCause) || (outcome === 'rejected' && endedBy === 'system')) return words.engaged
  return hasRungOut(call) ? words.rangOut : words.outcome[outcome]
}

/** [CALL-13] The same in lists, where no cause stands beside it: of a call that reached nobody they say why. */
export const outcomeWord = (call: End, text: Pick<Text, 'records' | 'causes'>): string =>
  whyUnreached(text, call) ?? becameOf(call, text.records)

/** [CALL-6] [CALL-8] [CALL-13] What became of a call and who ended it; no line broke where it rang out or was sent back. */
export const endWords = (
  record: Pick<CallRecord, 'outcome' | 'endedBy' | 'endCause' | 'transfer'>,
  words: Words,
): { readonly outcome: string; readonly ended: string } => {
  const outcome = becameOf(record, words)
  if (wasTurnedAway(record.endCause)) return { outcome, ended: words.sentBack }
  if (hasRungOut(record)) return { outcome, ended: words.takenBack }
  return { outcome, ended: record.transfer ? words.endedByTransfer : words.endedBy[record.endedBy] }
}

export const callWords = (call: CallSummary, text: Pick<Text, 'records' | 'causes'>, reference: Named) => {
  const words = text.records
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
    result: answered ? (disposition ?? words.outcome.answered) : outcomeWord(call, text),
    talk: call.talkMs > 0 ? span(call.talkMs) : '',
    agent: call.agent,
  }
}

/** [EXPORT-1] The columns of exporting.callHead; the day is written out, a file is read on another one. */
export const callRow = (
  call: CallSummary,
  text: Pick<Text, 'records' | 'causes' | 'exporting'>,
  reference: Named,
): readonly string[] => {
  const said = callWords(call, text, reference)
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
    call.ticketId === null ? '' : text.exporting.yes,
  ]
}
