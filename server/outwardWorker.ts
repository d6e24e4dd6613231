// Carries the outward rows to the gateway, one after the other. A row is claimed by moving its due time ahead, so two
// centre processes on one database never carry the same row at once, and a row whose carrier died comes up again.
import { overtaken, type OutwardMessage } from '../contract/outward.ts'
import { outwardFate, staleMs } from '../core/outward/outward.ts'
import { traceOf, type Database } from './database.ts'
import type { Log } from './log.ts'
import type { Gateway } from './outwardGateway.ts'

/** Longer than the gateway may take to answer. */
const claimMs = 30_000
const lookMs = 2_000

interface Claimed {
  readonly seq: number
  readonly attempts: number
  readonly body: OutwardMessage
}

/** [OUT-4] Of one work order and one recipient the earlier message goes first; one that waits for a person holds up no later one. */
const claim = `
update outward set due_at = $1::bigint + ${claimMs}, attempts = attempts + 1
where seq = (
  select o.seq from outward o
  where o.state = 'waiting' and o.due_at <= $1::bigint and not exists (
    select 1 from outward e
    where e.ticket = o.ticket and e.recipient = o.recipient and e.state = 'waiting' and e.seq < o.seq)
  order by o.seq limit 1 for update skip locked)
returning seq, attempts, body`

/** [OUT-4] What was made before one that has gone goes no more. */
const settle = `
with settled as (
  update outward set state = $2, said = $3, due_at = $4, settled_at = $5
  where seq = $1 and state = 'waiting' returning seq, ticket, recipient, state, settled_at)
update outward e set state = 'dropped', said = '${overtaken}', settled_at = s.settled_at
from settled s
where s.state = 'delivered' and e.ticket = s.ticket and e.recipient = s.recipient and e.seq < s.seq
  and e.state in ('waiting', 'refused', 'held')`

export interface WorkerParts {
  readonly database: Database
  readonly gateway: Gateway
  readonly now: () => number
  readonly random: () => number
  readonly log: Log
}

/** Carries what is due until nothing is or the gateway does not answer. */
export const carryDue = async ({ database, gateway, now, random, log }: WorkerParts): Promise<void> => {
  await database.rows(
    `update outward set state = 'held' where state = 'waiting' and not released and made_at < $1`,
    [now() - staleMs],
  )
  for (;;) {
    const [row] = await database.rows<Claimed>(claim, [now()])
    if (row === undefined) return
    const word = await gateway.carry(row.body)
    const fate = outwardFate(word, row.attempts, random())
    const at = now()
    const [dueAt, settledAt] = 'inMs' in fate ? [at + fate.inMs, null] : [at, at]
    await database.rows(settle, [row.seq, fate.state, fate.said, dueAt, settledAt])
    if (fate.state !== 'delivered')
      log('warn', 'outward.undelivered', { said: fate.said, attempts: row.attempts, fate: fate.state })
    // [OUT-3] Whoever does not answer one message will not answer the next.
    if (word.is === 'silent') return
  }
}

export const startWorker = (parts: WorkerParts): { wake(): void; stop(): Promise<void> } => {
  let running: Promise<void> = Promise.resolve()
  let queued = false
  const wake = (): void => {
    if (queued) return
    queued = true
    running = running.then(async () => {
      queued = false
      await carryDue(parts).catch((error: unknown) => {
        parts.log('warn', 'outward.failed', { trace: traceOf(error) })
      })
    })
  }
  const timer = setInterval(wake, lookMs)
  wake()
  return {
    wake,
    stop: async () => {
      clearInterval(timer)
      await running
    },
  }
}
