// The Outbox port in memory. `put` is for fakes of Records and for tests of the uploader.
import { done, failed } from '../../contract/answer.ts'
import { PushItem } from '../../contract/sync.ts'
import type { Outbox, OutboxFate, OutboxNews, OutboxRow } from '../../core/ports.ts'
import { isDue, sentKeptMs } from '../../core/sync/settle.ts'
import { urgencyOf } from '../../core/sync/urgency.ts'

export type MemoryOutbox = Outbox & {
  /** As records do it: in place of an unsent earlier rev; not when this rev or a later one waits already. */
  put(items: readonly PushItem[], now: number): void
  rows(): readonly OutboxRow[]
  /** How it stands now, to be brought back as if nothing had been settled since. */
  mark(): () => void
}

/** `removed` hears of every row the centre has taken; `standing` tells how a thing stands now, null: as it was sent. */
export const memoryOutbox = (
  removed: (fate: Extract<OutboxFate, { fate: 'remove' }>) => void = () => undefined,
  standing: (sent: OutboxRow) => PushItem | null = () => null,
  epoch: () => number | null = () => null,
  /** The number the centre told of this work order or warning. */
  numberOf: (id: string) => string | null = () => null,
): MemoryOutbox => {
  let rows: readonly OutboxRow[] = []
  let sent: readonly { readonly row: OutboxRow; readonly at: number }[] = []
  let lastSeq = 0
  const listeners = new Set<(news: OutboxNews) => void>()
  const change = (next: readonly OutboxRow[], news: OutboxNews): void => {
    rows = next
    for (const listener of listeners) listener(news)
  }
  const waiting = () => rows.filter((row) => row.state === 'waiting')

  const settled = (row: OutboxRow, fate: OutboxFate | undefined): OutboxRow[] => {
    if (!fate) return [row]
    if (fate.fate === 'remove') {
      if (fate.said.epoch < (epoch() ?? 0)) return [row]
      removed(fate)
      sent = [...sent.filter(({ at }) => at >= fate.said.at - sentKeptMs), { row, at: fate.said.at }]
      return []
    }
    if (fate.fate === 'wait') return [{ ...row, dueAt: fate.dueAt, attempts: fate.attempts }]
    const problem = { text: fate.text, field: fate.field, at: fate.at }
    return [{ ...row, state: 'parked', dueAt: 0, problem }]
  }

  const self: MemoryOutbox = {
    put(items, now) {
      let next = rows
      for (const { kind, body } of items) {
        const old = next.find((row) => row.kind === kind && row.id === body.id)
        if (old && old.rev >= body.rev) continue
        lastSeq += 1
        const putAt = old?.state === 'waiting' ? old.putAt : now
        const row: OutboxRow = {
          seq: lastSeq,
          id: body.id,
          kind,
          rev: body.rev,
          urgent: urgencyOf({ kind, body } as PushItem) !== null,
          text: new TextEncoder().encode(JSON.stringify({ kind, body })),
          putAt,
          attempts: 0,
          dueAt: 0,
          state: 'waiting',
          problem: null,
        }
        next = [...next.filter((each) => each !== old), row]
      }
      change(next, items.some((item) => urgencyOf(item) !== null) ? 'urgent' : 'more')
    },
    rows: () => rows,
    mark() {
      const then = { rows, sent }
      return () => ({ rows, sent } = then)
    },
    async due(now, limit, maxBytes, after) {
      const found: OutboxRow[] = []
      let size = 0
      const turn = (row: OutboxRow): number => (row.kind === 'warning' ? 0 : row.urgent ? 1 : 2)
      const inTurn = after === 0 ? [...waiting()].sort((a, b) => turn(a) - turn(b)) : waiting()
      for (const row of inTurn) {
        if (row.seq <= after || !isDue(row.dueAt, now)) continue
        size += row.text.length
        if (found.length === limit || (found.length > 0 && size > maxBytes)) break
        const told = numberOf(row.id)
        found.push(told === null ? row : { ...row, told })
      }
      return done(found)
    },
    async settle(fates) {
      const bySeq = new Map(fates.map((fate) => [fate.seq, fate]))
      change(
        rows.flatMap((row) => settled(row, bySeq.get(row.seq))),
        'less',
      )
      return done(null)
    },
    async nextDueAt() {
      return done(
        waiting().reduce<number | null>((least, row) => Math.min(least ?? row.dueAt, row.dueAt), null),
      )
    },
    async counts() {
      const all = waiting()
      const oldest = all.reduce((least, row) => Math.min(least, row.putAt), Infinity)
      const parked = rows.length - all.length
      const newest = rows.reduce((most, { seq }) => Math.max(most, seq), 0)
      return done({ waiting: all.length, parked, oldestPutAt: all.length > 0 ? oldest : null, newest })
    },
    async list(limit) {
      return done([...rows.filter((row) => row.state === 'parked'), ...waiting()].slice(0, limit))
    },
    async unsent(ids) {
      return done(new Map(rows.filter((row) => ids.includes(row.id)).map((row) => [row.id, row.state])))
    },
    async sendAgain() {
      const lost = sent
      sent = []
      for (const { row } of lost) {
        const item = standing(row) ?? PushItem.parse(JSON.parse(new TextDecoder().decode(row.text)))
        self.put([item], lost.at(-1)?.at ?? 0)
      }
      return done(null)
    },
    async retry(seqs) {
      const isMeant = (row: OutboxRow) =>
        seqs === 'all' ? row.state === 'parked' || row.dueAt > 0 : seqs.includes(row.seq)
      if (seqs !== 'all' && !rows.some(isMeant)) return failed('not_found', '这一条已经上传，无需重试')
      change(
        rows.map((row) =>
          isMeant(row) ? { ...row, state: 'waiting', dueAt: 0, attempts: 0, problem: null } : row,
        ),
        'more',
      )
      return done(null)
    },
    listen(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
  return self
}
