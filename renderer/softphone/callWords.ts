// A call in the words of the bar: its state, its sound, the other side.
import type { CallOutcome, CallQuality, CallSummary, EndCause, EndCode } from '../../contract/softphone.ts'
import type { Call } from '../../core/softphone/call.ts'
import { maskNumber } from '../../core/privacy/mask.ts'
import type { Text } from '../text/catalogue.ts'
import { causeWord } from '../text/causes.ts'

/** [E] of the estimate: 4 and more is good, under 3.1 people ask "what did you say". */
export const qualityLevel = (quality: CallQuality | null): 0 | 1 | 2 | 3 | 4 | null => {
  if (quality === null) return null
  if (!quality.heard) return 0
  if (quality.mos >= 4) return 4
  if (quality.mos >= 3.6) return 3
  return quality.mos >= 3.1 ? 2 : 1
}

export const qualityWord = (t: Text['softphone'], quality: CallQuality | null): string => {
  if (quality === null) return t.quality.none
  if (!quality.heard) return t.quality.unheard
  const words = { 1: 'bad', 2: 'poor', 3: 'fair', 4: 'good' } as const
  const level = qualityLevel(quality)
  return level === null || level === 0
    ? t.quality.none
    : t.qualityOf(t.quality[words[level]], quality.mos.toFixed(1))
}

/** What is happening on this line, for lists and for the ear. */
export const stateWord = (t: Text, call: Call): string => {
  const { phase } = call
  switch (phase.is) {
    case 'ringing':
      return t.seat.phase.ringing
    case 'answering':
      return t.softphone.answering
    case 'dialling':
      return phase.announcement
        ? t.softphone.announcement
        : phase.ringback
          ? t.softphone.ringback
          : t.softphone.calling
    case 'talking':
      return t.seat.phase.onCall
    case 'held':
      return t.seat.phase.held
    default:
      return endedWord(t.softphone, call)
  }
}

export const endedWord = (t: Text['softphone'], call: Call): string => {
  if (call.phase.is !== 'ended') return ''
  const { outcome, by } = call.phase
  if (call.transfer) return t.transferredTo(call.transfer.name ?? maskNumber(call.transfer.number))
  return outcome === 'answered' || outcome === 'interrupted' ? t.endedBy[by] : t.outcome[outcome]
}

/** Normal clearing needs no explaining. */
const normal: Readonly<Record<EndCause['protocol'], readonly number[]>> = {
  SIP: [200],
  'Q.850': [0, 16, 31],
  seat: [],
}

/** What the word for the outcome says already. */
const told: Partial<Record<CallOutcome, typeof normal>> = {
  busy: { SIP: [486], 'Q.850': [17], seat: [] },
  noAnswer: { SIP: [408], 'Q.850': [19], seat: [] },
}

/** [CALL-13] Why it ended, when that is more than somebody hanging up and more than its outcome; null otherwise. */
export const whyWord = (
  t: Pick<Text, 'causes'>,
  outcome: CallOutcome,
  cause: EndCode | null,
): string | null => {
  if (cause === null) return null
  const { protocol, code } = cause
  const said = normal[protocol].includes(code) || told[outcome]?.[protocol].includes(code) === true
  return said ? null : causeWord(t.causes, cause)
}

const unreached: readonly CallOutcome[] = ['busy', 'noAnswer', 'failed']
/** We gave up ourselves. */
const cancelled = 487

/** [CALL-13] Why a call reached nobody, when that is more than its outcome; null otherwise. */
export const whyUnreached = (
  t: Pick<Text, 'causes'>,
  { outcome, endCause }: Pick<CallSummary, 'outcome' | 'endCause'>,
): string | null =>
  unreached.includes(outcome) && endCause?.code !== cancelled ? whyWord(t, outcome, endCause ?? null) : null
