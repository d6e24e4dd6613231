// Whatever waits, fails and is put meanwhile: what is read for sending after a warning was put begins with it.
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Answer } from '../../../contract/answer.ts'
import { done, failed } from '../../../contract/answer.ts'
import type { PushAnswer } from '../../../contract/sync.ts'
import type { OutboxRow } from '../../../core/ports.ts'
import { stepUploader } from '../../../core/sync/uploader.ts'
import type { UploadEffect, UploadEvent } from '../../../core/sync/uploaderState.ts'
import { newUploader } from '../../../core/sync/uploaderState.ts'
import { memoryOutbox } from '../../fakes/memoryOutbox.ts'
import { aRecord } from '../../makers/forms.ts'
import { aReport } from '../../makers/reports.ts'
import { morning } from '../../makers/stamps.ts'
import { aDispatch } from '../../makers/traffic.ts'

type Bare<E> = E extends unknown ? Omit<E, 'at' | 'random'> : never
type Turn = 'call' | 'order' | 'warning' | 'work' | 'fails' | 'busy' | 'line'

/** Everything the uploader asks is done at once, but pushes, which are answered in their turn. */
const drive = async (turns: readonly Turn[]): Promise<void> => {
  const outbox = memoryOutbox()
  let state = newUploader
  let now = morning
  let made = 0
  const flying: { ticket: number; rows: readonly OutboxRow[] }[] = []
  let wake = false
  const asked = async (effect: UploadEffect): Promise<Bare<UploadEvent> | null> => {
    switch (effect.do) {
      case 'read': {
        const rows = await outbox.due(now, effect.limit, effect.maxBytes, effect.after)
        const waits = outbox
          .rows()
          .some((row) => row.kind === 'warning' && row.state === 'waiting' && row.dueAt <= now)
        // The promise itself. A reading ahead goes on behind a batch that is under way.
        if (effect.after === 0 && waits && rows.ok) expect(rows.value[0]?.kind).toBe('warning')
        return { type: 'rowsRead', ticket: effect.ticket, rows }
      }
      case 'readNextDue':
        return { type: 'nextDueRead', dueAt: null }
      case 'push':
        flying.push(effect)
        return null
      case 'settle':
        return { type: 'settled', answer: await outbox.settle(effect.fates) }
      case 'probe':
        return { type: 'probed', answer: done(null) }
      case 'wake':
        wake = true
        return null
    }
  }
  const tell = async (event: Bare<UploadEvent>): Promise<void> => {
    const [next, effects] = stepUploader(state, { ...event, at: now, random: 0.5 })
    state = next
    for (const effect of effects) {
      const answer = await asked(effect)
      if (answer) await tell(answer)
    }
  }
  const answerFirst = async (answer: (rows: readonly OutboxRow[]) => Answer<PushAnswer>): Promise<void> => {
    const first = flying.shift()
    if (first) await tell({ type: 'answered', ticket: first.ticket, answer: answer(first.rows), tookMs: 20 })
    else if (wake) {
      wake = false
      now += 60_000
      await tell({ type: 'woke' })
    }
  }
  const verdicts = (rows: readonly OutboxRow[], verdict: 'stored' | 'busy') =>
    done({ centre: 'x', epoch: 0, serverNow: now, verdicts: rows.map(({ id }) => ({ id, verdict })) })
  await tell({ type: 'started' })
  for (const turn of turns) {
    now += 10
    made += 1
    // The line to which the promise is held: from the put to its arrival, no more than what was under way goes before.
    const before = flying.length
    switch (turn) {
      case 'call':
        outbox.put([{ kind: 'call', body: aRecord(made) }], now)
        await tell({ type: 'put', urgent: false })
        break
      case 'order':
        outbox.put([{ kind: 'ticket', body: aDispatch(made, { urgency: 'critical' }) }], now)
        await tell({ type: 'put', urgent: true })
        break
      case 'warning': {
        outbox.put([{ kind: 'warning', body: aReport(made) }], now)
        await tell({ type: 'put', urgent: true })
        for (const { rows } of flying.slice(before)) expect(rows[0]?.kind).toBe('warning')
        break
      }
      case 'work':
        await answerFirst((rows) => verdicts(rows, 'stored'))
        break
      case 'busy':
        await answerFirst((rows) => verdicts(rows, 'busy'))
        break
      case 'fails':
        await answerFirst(() => failed('failed', '试验'))
        break
      case 'line':
        await tell({ type: 'line', busy: made % 2 === 0 })
    }
  }
  // Two batches may have been under way when the last warning was put, and an earlier one that failed travels alone: the
  // next one carries it.
  const alone = outbox.rows().filter(({ kind, attempts }) => kind === 'warning' && attempts > 0).length
  outbox.put([{ kind: 'warning', body: aReport(made + 1) }], now)
  await tell({ type: 'put', urgent: true })
  const carried: string[][] = []
  for (let turn = 0; turn < 4 + alone; turn += 1) {
    carried.push(flying.map(({ rows }) => rows[0]?.kind ?? ''))
    if (flying.some(({ rows }) => rows.some(({ id }) => id === aReport(made + 1).id))) return
    await answerFirst((rows) => verdicts(rows, 'stored'))
  }
  throw new Error(`it did not overtake: ${JSON.stringify(carried)}`)
}

test('[WARN-7] a warning is in the batch after those under way, whatever waits and fails', async () => {
  const turn = fc.constantFrom<Turn>(
    'call',
    'call',
    'call',
    'order',
    'warning',
    'work',
    'work',
    'fails',
    'busy',
    'line',
  )
  await fc.assert(fc.asyncProperty(fc.array(turn, { maxLength: 40 }), drive), {
    numRuns: 300,
    // One that failed before travels alone: the others are still the next.
    examples: [
      [['warning', 'warning', 'fails', 'call', 'call', 'call', 'busy', 'call']],
      [['call', 'work', 'warning', 'warning', 'busy', 'fails', 'warning', 'fails']],
    ],
  })
})
