// The uploader as lists of events: what its tests tell it, in one word each.
import type { Problem } from '../../../contract/answer.ts'
import { done, failed } from '../../../contract/answer.ts'
import type { PushAnswer, PushVerdict } from '../../../contract/sync.ts'
import type { OutboxRow } from '../../../core/ports.ts'
import { stepUploader } from '../../../core/sync/uploader.ts'
import type { UploadEffect, UploadEvent, Uploader } from '../../../core/sync/uploaderState.ts'
import { batchBytes, newUploader } from '../../../core/sync/uploaderState.ts'
import { aRow, aVerdict } from '../../makers/rows.ts'
import { morning } from '../../makers/stamps.ts'

export type Bare<E> = E extends unknown ? Omit<E, 'at' | 'random'> : never
export type Given = Bare<UploadEvent> & { at?: number; random?: number }

export const fold = (events: readonly Given[], from: Uploader = newUploader): [Uploader, UploadEffect[]] => {
  let state = from
  let effects: UploadEffect[] = []
  for (const event of events) {
    ;[state, effects] = stepUploader(state, { at: morning, random: 0.5, ...event })
  }
  return [state, effects]
}

export const rowsRead = (ticket: number, ...rows: OutboxRow[]): Given => ({
  type: 'rowsRead',
  ticket,
  rows: done(rows),
})
export const answer = (verdicts: readonly PushVerdict[]): PushAnswer => ({
  centre: 'c',
  epoch: 0,
  serverNow: morning,
  verdicts: [...verdicts],
})
export const stored = (ticket: number, rows: readonly OutboxRow[], tookMs = 100): Given => ({
  type: 'answered',
  ticket,
  answer: done(answer(rows.map((row) => aVerdict(row)))),
  tookMs,
})
export const fails = (
  ticket: number,
  code: Problem['code'],
  more: { retryAfterMs?: number } = {},
): Given => ({
  type: 'answered',
  ticket,
  answer: failed(code, '试验', more),
  tookMs: 100,
})
export const read = (ticket: number, after: number, limit: number): UploadEffect => ({
  do: 'read',
  ticket,
  after,
  limit,
  maxBytes: batchBytes,
})
export const [one, two, three] = [aRow(1), aRow(2), aRow(3)]
export const settled: Given = { type: 'settled', answer: done(null) }
