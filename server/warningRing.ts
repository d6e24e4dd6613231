// Passes a warning nobody has signed for on to the next duty leader, step by step, as core/warnings says. The step is taken
// by moving the event's own counter, so two centre processes on one database never take it twice.
import { escalation } from '../core/warnings/levels.ts'
import { traceOf, type Database } from './database.ts'
import type { Feed } from './feed.ts'
import type { Log } from './log.ts'
import { currentReference } from './reference.ts'
import { tellOfEvent } from './warningEvents.ts'
import { note } from './warnings.ts'

const lookMs = 5_000

export interface RingParts {
  readonly database: Database
  readonly feed: Feed
  readonly now: () => number
  readonly log: Log
}

/** [WARN-9] */
export const passOn = async ({ database, feed, now }: RingParts): Promise<void> => {
  const open = await database.rows<{ id: string; rung: number; rang_since: number }>(
    `select id, rung, rang_since from warning_events where state = 'open'`,
  )
  if (open.length === 0) return
  const { warnings } = await currentReference(database)
  if (warnings === undefined) return
  for (const event of open) {
    const step = escalation(event.rang_since, warnings, now())
    if (step <= event.rung) continue
    const isMine = await database.transaction(async (queries) => {
      const moved = await queries.rows(
        `update warning_events set rung = $2 where id = $1 and rung < $2 and state = 'open' returning id`,
        [event.id, step],
      )
      if (moved.length === 0) return false
      const text = String(warnings.escalateMinutes[step - 1] ?? '')
      await note(queries, { event: event.id, at: now(), what: 'escalate', by: null, byName: '', text })
      return true
    })
    if (isMine) await tellOfEvent({ database, feed }, event.id)
  }
}

export const keepRinging = (parts: RingParts): (() => Promise<void>) => {
  let running: Promise<void> = Promise.resolve()
  const timer = setInterval(() => {
    running = passOn(parts).catch((error: unknown) => {
      parts.log('warn', 'warnings.notPassedOn', { trace: traceOf(error) })
    })
  }, lookMs)
  return async () => {
    clearInterval(timer)
    await running
  }
}
