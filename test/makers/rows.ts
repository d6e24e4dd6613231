// Rows of the outbox and the centre's words on them.
import type { PushVerdict } from '../../contract/sync.ts'
import type { OutboxRow } from '../../core/ports.ts'
import { aRecord } from './forms.ts'
import { callId, morning } from './stamps.ts'

/** The nth row put, a call. */
export const aRow = (n: number, over: Partial<OutboxRow> = {}): OutboxRow => ({
  seq: n,
  id: callId(n),
  kind: 'call',
  rev: 1,
  urgent: false,
  text: new TextEncoder().encode(JSON.stringify({ kind: 'call', body: aRecord(n) })),
  putAt: morning,
  attempts: 0,
  dueAt: 0,
  state: 'waiting',
  problem: null,
  ...over,
})

export const aVerdict = (row: OutboxRow, over: Partial<PushVerdict> = {}): PushVerdict => ({
  id: row.id,
  verdict: 'stored',
  ...over,
})
