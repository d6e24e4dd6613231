// Two batches on their way at once: only when all goes well, and their answers are taken in their order.
import { describe, expect, test } from 'vitest'
import type { Uploader } from '../../../core/sync/uploaderState.ts'
import { aRow } from '../../makers/rows.ts'
import { fails, fold, one, read, rowsRead, stored, three, two } from './uploading.ts'

const four = aRow(4)
/** One batch stored, two and three read: ticket 4 carries two, ticket 6 carries three. */
const [well, sent] = fold([
  { type: 'started' },
  rowsRead(1, one),
  rowsRead(3, two),
  stored(2, [one]),
  rowsRead(5, three),
])
const busyFor = (ticket: number, retryAfterMs: number) => fails(ticket, 'too_many', { retryAfterMs })
const ticketOf = (effects: ReturnType<typeof fold>[1]): readonly number[] =>
  effects.flatMap((effect) => (effect.do === 'push' ? [effect.ticket] : []))

describe('overlapping batches', () => {
  test('[SYNC-26] a centre that stores well is handed the next batch before it answered the last one', () => {
    expect(sent).toEqual([{ do: 'push', ticket: 6, rows: [three] }])
    expect(well.phase).toMatchObject({ at: 'sending', ticket: 4, ahead: { ticket: 6, answered: null } })
    const [next, effects] = fold([stored(4, [two])], well)
    expect(next.phase).toEqual({ at: 'sending', ticket: 6, rows: [three], ahead: 7 })
    expect(effects.map((effect) => effect.do)).toEqual(['read', 'settle'])
    expect(effects[0]).toEqual(read(7, three.seq, next.batch))
  })

  test('[SYNC-26] an answer that overtakes waits for the one before it; then both are settled', () => {
    const [early, nothing] = fold([stored(6, [three])], well)
    expect(nothing).toEqual([])
    const [both, effects] = fold([stored(4, [two])], early)
    expect(effects.filter((effect) => effect.do === 'settle')).toMatchObject([
      { fates: [{ id: two.id, fate: 'remove' }] },
      { fates: [{ id: three.id, fate: 'remove' }] },
    ])
    expect(both.phase).toEqual({ at: 'reading', ticket: 7, fromStart: false })
    expect(both.unsettled).toBe(well.unsettled + 2)
  })

  test('[SYNC-26] when the first one fails the answer to the second is nobody’s: its rows go again', () => {
    const [waiting] = fold([fails(4, 'unreachable')], well)
    expect(waiting.phase.at).toBe('waiting')
    expect(fold([stored(6, [three])], waiting)).toEqual([waiting, []])
    const [off] = fold([{ type: 'stopped' }], well)
    expect(fold([stored(6, [three])], off)).toEqual([off, []])
  })

  test('[SYNC-26] [SYNC-6] of two batches turned away the longer wait is kept, whichever answer comes first', () => {
    const [waiting] = fold([busyFor(4, 2_000)], well)
    const [longer, wakes] = fold([busyFor(6, 30_000)], waiting)
    expect(wakes).toMatchObject([{ do: 'wake' }])
    expect(longer.phase).toMatchObject({ at: 'waiting' })
    if (longer.phase.at !== 'waiting' || waiting.phase.at !== 'waiting') throw new Error('does not wait')
    expect(longer.phase.until).toBeGreaterThanOrEqual(waiting.phase.until + 27_000)
    expect(fold([busyFor(6, 1_000)], waiting)).toEqual([waiting, []])

    const [early] = fold([busyFor(6, 30_000)], well)
    const [both, effects] = fold([busyFor(4, 2_000)], early)
    expect(both.phase).toMatchObject({ at: 'waiting', until: longer.phase.until })
    expect(effects.at(-1)).toEqual(wakes[0])
  })

  test.each<[string, Partial<Uploader>]>([
    ['before anything was stored', { othersPass: false }],
    ['on a slow link', { slow: true }],
    ['when something urgent waits', { urgent: true }],
    ['after a failure', { failures: 1 }],
    ['behind a row that failed alone', { from: 1 }],
  ])('[SYNC-26] one at a time %s', (_, trait) => {
    const [sending] = fold([stored(4, [two]), stored(6, [three])], well)
    const [flying] = fold([rowsRead(7, four)], { ...sending, ...trait })
    const [alone, effects] = fold([rowsRead(flying.nextTicket - 1, one)], { ...flying, ...trait })
    expect(ticketOf(effects)).toEqual([])
    expect(alone.phase).toMatchObject({ at: 'sending', ahead: [one] })
  })
})
