// What goes first, and how much at a time: urgent work, somebody on the line, a thin link.
import { describe, expect, test } from 'vitest'
import { done, failed } from '../../../contract/answer.ts'
import type { Uploader } from '../../../core/sync/uploaderState.ts'
import { firstBatch } from '../../../core/sync/uploaderState.ts'
import { urgencyOf } from '../../../core/sync/urgency.ts'
import { aRecord } from '../../makers/forms.ts'
import { aReport } from '../../makers/reports.ts'
import { aRow } from '../../makers/rows.ts'
import { aDispatch } from '../../makers/traffic.ts'
import { fails, fold, one, read, rowsRead, settled, stored, three, two } from './uploading.ts'
import type { Given } from './uploading.ts'

describe('the pace of the uploader', () => {
  test('[SYNC-22] something urgent put during a long upload is read next, from the start', () => {
    const sending: Given[] = [{ type: 'started' }, rowsRead(1, one), rowsRead(3, two)]
    const [state, effects] = fold([...sending, { type: 'put', urgent: true }, stored(2, [one])])
    expect(effects.map((effect) => effect.do)).toEqual(['settle'])
    const [reading, reads] = fold([settled], state)
    expect([reading.urgent, reads]).toEqual([false, [read(4, 0, firstBatch * 4)]])
    // Something ordinary waits for its turn.
    const [, plain] = fold([...sending, { type: 'put', urgent: false }, stored(2, [one])])
    expect(plain).toContainEqual({ do: 'push', ticket: 4, rows: [two] })
  })

  test('[SYNC-23] [F13] somebody on a thin line: uploading waits, but not for what is urgent', () => {
    const busy: Given = { type: 'line', busy: true }
    const slow = fold([
      { type: 'started' },
      rowsRead(1, one),
      busy,
      rowsRead(3, two, three),
      stored(2, [one], 2_000),
    ])
    expect(slow[0].phase).toEqual({ at: 'yielding' })
    expect(slow[1].map((effect) => effect.do)).toEqual(['wake', 'settle'])
    const [rests] = fold([settled], slow[0])
    expect(fold([{ type: 'put', urgent: false }], rests)[1]).toEqual([])
    // What is urgent comes first in a reading, and goes alone.
    const urgent = aRow(9, { urgent: true })
    const [reading, reads] = fold([{ type: 'put', urgent: true }], rests)
    const ticket = reading.nextTicket - 1
    expect(reads).toEqual([read(ticket, 0, firstBatch)])
    const [sending, sends] = fold([rowsRead(ticket, urgent, two)], reading)
    expect(sends).toContainEqual({ do: 'push', ticket: ticket + 1, rows: [urgent] })
    expect(sending.phase.at).toBe('sending')
    // When the line is free all goes on.
    expect(fold([{ type: 'line', busy: false }], rests)[1]).toEqual([
      read(reading.nextTicket - 1, 0, firstBatch),
    ])
  })

  test('[SYNC-23] once a minute one row tells whether the link is still thin, and a quick link never waits', () => {
    const start: Given[] = [
      { type: 'started' },
      { type: 'line', busy: true },
      rowsRead(1, one),
      rowsRead(3, two),
    ]
    const [thin] = fold([...start, stored(2, [one], 5_000), settled])
    expect(thin.phase.at).toBe('yielding')
    const [trying, reads] = fold([{ type: 'woke' }], thin)
    expect(reads).toEqual([read(trying.nextTicket - 1, 0, 1)])
    const [quick] = fold([...start, stored(2, [one], 1_999)])
    expect(quick.phase.at).toBe('sending')
  })

  test('[SYNC-24] [F13] a batch that ran out of time is halved, one refused at once is not', () => {
    const silent: Given = {
      type: 'answered',
      ticket: 2,
      answer: failed('unreachable', '试验'),
      tookMs: 60_000,
    }
    const [half] = fold([{ type: 'started' }, rowsRead(1, one), silent])
    expect([half.batch, half.slow]).toEqual([firstBatch / 2, true])
    const [same] = fold([{ type: 'started' }, rowsRead(1, one), fails(2, 'unreachable')])
    expect([same.batch, same.slow]).toEqual([firstBatch, false])
    let small: Uploader = { ...half, batch: 1 }
    const ticket = small.nextTicket
    ;[small] = fold(
      [
        { type: 'woke' },
        { type: 'probed', answer: done(null) },
        rowsRead(ticket, one),
        { ...silent, ticket: ticket + 1 },
      ],
      small,
    )
    expect(small.batch).toBe(1)
  })
})

describe('[SYNC-24] sent away at once with a wait', () => {
  const large = 4 * firstBatch
  const [sending] = fold([{ type: 'started' }, rowsRead(1, one), rowsRead(3, two), stored(2, [one])])
  const sentAway = (
    retryAfterMs: number | undefined,
    tookMs: number,
    code: 'busy' | 'too_many' = 'busy',
  ): Given => ({
    type: 'answered',
    ticket: 4,
    answer: failed(code, '试验', retryAfterMs === undefined ? {} : { retryAfterMs }),
    tookMs,
  })

  test('the next batch is as large as this one, and the wait is kept', () => {
    expect(sending.batch).toBe(large)
    const [state, effects] = fold([sentAway(7_000, 1_999)], sending)
    expect([state.batch, state.slow, state.failures, effects]).toEqual([
      large,
      false,
      1,
      [{ do: 'wake', afterMs: 7_500 }],
    ])
    expect(state.phase).toMatchObject({ at: 'waiting', probe: true })
  })

  test.each([
    ['without a wait', sentAway(undefined, 10)],
    ['not at once', sentAway(7_000, 2_000)],
    ['for asking too often', sentAway(7_000, 10, 'too_many')],
  ])('%s it begins small again', (_how, event) => {
    expect(fold([event], sending)[0].batch).toBe(firstBatch)
  })

  test('twice in a row it begins small again', () => {
    expect(fold([sentAway(7_000, 10)], { ...sending, failures: 1 })[0].batch).toBe(firstBatch)
  })
})

test('[SYNC-22] urgent is a work order of the highest urgency and nothing else', () => {
  expect(urgencyOf({ kind: 'warning', body: aReport(1) })).toBe(0)
  expect(urgencyOf({ kind: 'ticket', body: aDispatch(1, { urgency: 'critical' }) })).toBe(1)
  expect(urgencyOf({ kind: 'ticket', body: aDispatch(1, { urgency: 'urgent' }) })).toBe(null)
  expect(urgencyOf({ kind: 'call', body: aRecord(1) })).toBe(null)
})

describe('a wait', () => {
  test('[SYNC-8] [F31] when the centre is busy with all of a batch, half of it goes the next time', () => {
    const busy = [one, two].map((row) => ({ id: row.id, verdict: 'busy' as const }))
    const said = { centre: 'c', epoch: 0, serverNow: 0, verdicts: busy }
    const [state] = fold([
      { type: 'started' },
      rowsRead(1, one, two),
      { type: 'answered', ticket: 2, answer: done(said), tookMs: 10 },
    ])
    expect([state.phase.at, state.batch]).toEqual(['waiting', 1])
  })

  test('[SYNC-6] [F32] [F41] a disk that fails meanwhile does not shorten the wait the centre asked for', () => {
    const asked = fails(4, 'too_many', { retryAfterMs: 30_000 })
    const sending: Given[] = [
      { type: 'started' },
      rowsRead(1, one),
      rowsRead(3, two),
      stored(2, [one]),
      asked,
    ]
    const [waiting] = fold(sending)
    const [state, effects] = fold([{ type: 'settled', answer: failed('failed', '磁盘已满') }], waiting)
    expect([state.phase, effects]).toEqual([waiting.phase, []])
    expect(waiting.phase.at).toBe('waiting')
  })
})
