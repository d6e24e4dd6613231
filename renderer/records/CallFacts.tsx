// The facts of a call in words: times, outcome, who ended it and why, how it sounded.
import { Button } from 'antd'
import { CornerDownRight } from 'lucide-react'
import type { CallRecord } from '../../contract/softphone.ts'
import { go } from '../app/route.ts'
import { clockTime, span } from '../kit/time.ts'
import { causeWord } from '../text/causes.ts'
import type { Text } from '../text/catalogue.ts'
import { useText } from '../text/catalogue.ts'
import { useWorkplace } from '../workplace.ts'
import styles from './CallDetail.module.css'
import { endWords } from './callWords.ts'
import { QualityCurve } from './QualityCurve.tsx'

/** The cause in words, with the code for whoever has to look it up. */
const causeOf = (record: CallRecord, text: Text): string | null => {
  const cause = record.endCause
  if (!cause) return null
  const code = cause.protocol === 'seat' ? text.records.ownCause : `${cause.protocol} ${cause.code}`
  return text.records.causeWords(causeWord(text.causes, cause), code)
}

const qualityOf = (record: CallRecord, { records }: Text): string | null => {
  const { quality } = record
  if (!quality) return null
  const { good, fair, poor } = records.qualityWords
  const word = quality.mos >= 4 ? good : quality.mos >= 3.6 ? fair : poor
  return records.qualityIs(
    word,
    quality.mos.toFixed(1),
    `${(quality.loss * 100).toFixed(1)}%`,
    `${Math.round(quality.jitterMs)} ms`,
  )
}

const recordingOf = ({ recording }: CallRecord, { records }: Text): string | null => {
  if (!recording) return null
  const { pauses } = recording
  if (pauses.length === 0) return records.recordedWhole
  return records.recordedBut(pauses.length, span(pauses.reduce((sum, { ms }) => sum + ms, 0)))
}

/** Records of before this was kept know nothing of it. */
const transferOf = ({ transfer }: CallRecord, { records }: Text): string | null =>
  transfer
    ? records.transferWords[transfer.kind]([transfer.name, transfer.number].filter((part) => part).join('·'))
    : null

export const CallFacts = ({ record }: { readonly record: CallRecord }) => {
  const text = useText()
  const { records } = text
  const { reference } = useWorkplace()
  const rang = (record.answeredAt ?? record.endedAt) - record.offeredAt
  const reason =
    reference.hangUpReasons.find((row) => row.code === record.hangUpReason)?.zh ?? record.hangUpReason
  const first = record.direction === 'outbound' ? records.dialled : records.offered
  const end = endWords(record, records)
  const rows: readonly (readonly [string, string | null])[] = [
    [first, clockTime(record.offeredAt)],
    [records.place, record.place],
    [records.queue, record.queue],
    [records.waited, record.queuedMs === null || record.queuedMs === 0 ? null : span(record.queuedMs)],
    [records.rang, span(rang)],
    [records.talked, record.talkMs > 0 ? span(record.talkMs) : null],
    [records.held, record.holdMs > 0 ? span(record.holdMs) : null],
    [records.afterCall, record.wrapupMs === null ? null : span(record.wrapupMs)],
    [records.outcomeIs, end.outcome],
    [records.passedBy, record.passedBy],
    [records.transferred, transferOf(record, text)],
    [records.recorded, recordingOf(record, text)],
    [records.threeWay, record.threeWay ? records.threeWayWas : null],
    [records.ended, end.ended],
    [records.cause, causeOf(record, text)],
    [records.hangUpReason, reason],
    [records.seat, [...new Set<string>([record.agent, record.seat])].join('·')],
    [records.reference, record.callRef],
    [records.leg, record.legId],
    [records.quality, qualityOf(record, text)],
  ]
  return (
    <section className={styles.section} aria-label={records.facts}>
      <dl>
        {rows.map(([label, value]) =>
          value === null || value === '' ? null : (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ),
        )}
      </dl>
      {record.quality?.curve ? <QualityCurve curve={record.quality.curve} /> : null}
      {record.madeFor ? (
        <Button
          type="link"
          size="small"
          icon={<CornerDownRight size={13} aria-hidden="true" />}
          onClick={() => record.madeFor && go('records', record.madeFor)}
        >
          {records.openCaller}
        </Button>
      ) : null}
      {record.quality?.heard === false ? <p className={styles.warn}>{records.unheard}</p> : null}
    </section>
  )
}
