// The centre's word on a row → the row's fate. Nothing is ever dropped: a row leaves only when the centre has it,
// otherwise it waits, or is parked for a person. The words are contract/sync.ts PushVerdict.
import type { PushAnswer, PushVerdict } from '../../contract/sync.ts'
import type { OutboxFate, OutboxRow } from '../ports.ts'
import { unreachable } from '../unreachable.ts'
import { backoff } from './backoff.ts'

/** A newer centre must come first; asking more often is noise. */
export const tooNewWaitMs = 10 * 60_000
/** Is a row put off until `dueAt` to be sent now? An instant too far away comes from a clock that was wrong. */
export const isDue = (dueAt: number, now: number): boolean => dueAt <= now || dueAt > now + tooNewWaitMs

/** So long is kept what the centre acknowledged, in case it comes back from a backup. */
export const sentKeptMs = 7 * 86_400_000

/** So often may the centre fail on one row, while it stores others, before a person should look. */
export const patience = 8

const failedText = '中心多次处理失败，内容已存在本机；请核对后重试或联系管理员'

type Said = Extract<OutboxFate, { fate: 'remove' }>['said']

export type Moment = { readonly at: number; readonly random: number }

/**
 * The centre failed on this very row. `othersPass`: it stored others since it last did, so the fault is this row's;
 * without that proof a row is never parked, however long the centre is broken.
 */
export const failOne = (row: OutboxRow, moment: Moment, othersPass: boolean): OutboxFate => {
  const { seq, id, kind } = row
  const attempts = row.attempts + 1
  if (attempts >= patience && othersPass)
    return { seq, id, kind, fate: 'park', text: failedText, field: null, at: moment.at }
  const dueAt = moment.at + backoff(attempts, moment.random, undefined)
  return { seq, id, kind, fate: 'wait', dueAt, attempts }
}

/** `verdict` null: the answer did not mention this row. `said`: when and under which epoch it answered. */
export const settle = (
  row: OutboxRow,
  verdict: PushVerdict | null,
  moment: Moment,
  othersPass: boolean,
  said: Said,
): OutboxFate => {
  const { seq, id, kind, attempts } = row
  if (!verdict) return failOne(row, moment, othersPass)
  switch (verdict.verdict) {
    case 'stored':
    case 'duplicate':
      return { seq, id, kind, fate: 'remove', number: verdict.number ?? null, said }
    case 'refused': {
      const text = verdict.text ?? '中心不接收这一条，内容已存在本机；请核对后重试'
      return { seq, id, kind, fate: 'park', text, field: verdict.field ?? null, at: moment.at }
    }
    case 'too_new':
      return { seq, id, kind, fate: 'wait', dueAt: moment.at + tooNewWaitMs, attempts }
    case 'busy':
      return failOne(row, moment, othersPass)
    default:
      return unreachable(verdict.verdict)
  }
}

/** The words on these rows. What went along only to tell numbers [SERVER-57] is taken even where no row is. */
export const wordsOn = (
  rows: readonly OutboxRow[],
  verdicts: readonly PushVerdict[],
): ReadonlyMap<string, PushVerdict> => {
  const ids = new Set(rows.map((row) => row.id))
  return new Map(verdicts.filter(({ id }) => ids.has(id)).map((verdict) => [verdict.id, verdict]))
}

/** A whole batch. `othersPass` before it: the centre stored something since it last failed on a row alone. */
export const settleAll = (
  rows: readonly OutboxRow[],
  { verdicts, serverNow, epoch }: Omit<PushAnswer, 'centre'>,
  moment: Moment,
  othersPass: boolean,
): readonly OutboxFate[] => {
  const words = wordsOn(rows, verdicts)
  const said = { at: serverNow, epoch }
  const passes = [...words.values()].some(({ verdict }) => verdict === 'stored' || verdict === 'duplicate')
  return rows.map((row) => settle(row, words.get(row.id) ?? null, moment, passes || othersPass, said))
}
