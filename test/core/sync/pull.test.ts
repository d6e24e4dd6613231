// The puller as lists of events.
import { describe, expect, test } from 'vitest'
import { done, failed } from '../../../contract/answer.ts'
import type { PullEffect, PullEvent, Puller } from '../../../core/sync/pull.ts'
import { newPuller, pullEveryMs, stepPuller } from '../../../core/sync/pull.ts'
import { morning } from '../../makers/stamps.ts'
import { aPage } from '../../makers/traffic.ts'

type Bare<E> = E extends unknown ? Omit<E, 'at' | 'random'> : never

const fold = (events: readonly Bare<PullEvent>[], from: Puller = newPuller): [Puller, PullEffect[]] => {
  let state = from
  let effects: PullEffect[] = []
  for (const event of events) [state, effects] = stepPuller(state, { at: morning, random: 0.5, ...event })
  return [state, effects]
}
const cursor = (at: number, epoch: number | null = 0): Bare<PullEvent> => ({
  type: 'cursorRead',
  answer: done({ cursor: at, reference: 3, epoch }),
})
const pulled = (over: Parameters<typeof aPage>[0] = {}): Bare<PullEvent> => ({
  type: 'pulled',
  answer: done(aPage(over)),
  tookMs: 100,
})
const taken: Bare<PullEvent> = { type: 'taken', answer: done(null) }
const asking = (at: number, reference = 3): PullEffect => ({
  do: 'pull',
  request: { cursor: at, reference, limit: 500 },
})

describe('the puller', () => {
  test('[SYNC-15] starts where it was, takes the page, and rests a minute', () => {
    expect(fold([{ type: 'started' }])[1]).toEqual([{ do: 'readCursor' }])
    expect(fold([{ type: 'started' }, cursor(7)])[1]).toEqual([asking(7)])
    expect(fold([{ type: 'started' }, cursor(7), pulled({ cursor: 9 })])[1]).toEqual([
      { do: 'take', page: aPage({ cursor: 9 }) },
    ])
    const [state, effects] = fold([{ type: 'started' }, cursor(7), pulled(), taken])
    expect([state.phase.at, state.lastPulledAt, effects]).toEqual([
      'resting',
      morning,
      [{ do: 'wake', afterMs: pullEveryMs }],
    ])
    expect(fold([{ type: 'woke' }], state)[1]).toEqual([{ do: 'readCursor' }])
  })

  test('[SYNC-15] more pages follow at once, and so does what was asked for meanwhile', () => {
    const start: Bare<PullEvent>[] = [{ type: 'started' }, cursor(7)]
    expect(fold([...start, pulled({ more: true }), taken])[1]).toEqual([{ do: 'readCursor' }])
    const [again, effects] = fold([...start, { type: 'asked' }, pulled(), taken])
    expect([again.again, effects]).toEqual([false, [{ do: 'readCursor' }]])
    const [rested] = fold([cursor(8), pulled(), taken], again)
    expect(fold([{ type: 'asked' }], rested)[1]).toEqual([{ do: 'readCursor' }])
  })

  test('[SYNC-17] [F36] a centre back from a backup is asked for everything anew', () => {
    const [state, effects] = fold([{ type: 'started' }, cursor(900, 0), pulled({ epoch: 1, cursor: 900 })])
    expect(effects).toEqual([{ do: 'sendAgain', epoch: 1 }])
    expect(fold([pulled({ epoch: 1 })], state)[1]).toEqual([])
    const [looking, looks] = fold([{ type: 'sentAgain', answer: done(null) }], state)
    expect(looks).toEqual([{ do: 'readCursor' }])
    const fresh: Bare<PullEvent> = {
      type: 'cursorRead',
      answer: done({ cursor: 0, reference: -1, epoch: 1 }),
    }
    expect(fold([fresh], looking)[1]).toEqual([asking(0, -1)])
    expect(fold([fresh, pulled({ epoch: 1, cursor: 4 })], looking)[1]).toMatchObject([{ do: 'take' }])
    // A disk that does not take it: the old epoch stays noted, and all of it is done again later.
    const full: Bare<PullEvent> = { type: 'sentAgain', answer: failed('failed', '磁盘已满') }
    expect(fold([full], state)).toMatchObject([{ phase: { at: 'resting' }, failures: 1 }, [{ do: 'wake' }]])
  })

  test('[SYNC-21] [F36] a seat that was never told anything sends again what it may have sent, then takes its first page', () => {
    const page = aPage({ cursor: 4, epoch: 2 })
    const [state, effects] = fold([{ type: 'started' }, cursor(0, null), pulled(page)])
    expect(effects).toEqual([{ do: 'sendAgain', epoch: 2 }])
    expect(fold([{ type: 'sentAgain', answer: done(null) }], state)[1]).toEqual([{ do: 'take', page }])
    expect(fold([{ type: 'sentAgain', answer: done(null) }])[1]).toEqual([])
  })

  test('away or full, it tries again later and says since when', () => {
    const away: Bare<PullEvent> = { type: 'pulled', answer: failed('unreachable', '试验'), tookMs: 100 }
    const [state, effects] = fold([{ type: 'started' }, cursor(7), away])
    expect([state.phase.at, effects]).toEqual(['resting', [{ do: 'wake', afterMs: 2000 }]])
    expect(state.trouble).toEqual({ since: morning, problem: { code: 'unreachable', text: '试验' } })
    const [later] = fold([{ type: 'woke' }, cursor(7), away], state)
    expect([later.failures, later.trouble?.since]).toEqual([2, morning])
    const [well] = fold([{ type: 'woke' }, cursor(7), pulled(), taken], later)
    expect([well.failures, well.trouble]).toEqual([0, null])
    const full: Bare<PullEvent> = { type: 'taken', answer: failed('failed', '磁盘已满') }
    expect(fold([{ type: 'started' }, cursor(7), pulled(), full])[0].trouble).not.toBeNull()
    const out: Bare<PullEvent> = { type: 'pulled', answer: failed('not_signed_in', '试验'), tookMs: 100 }
    expect(fold([{ type: 'started' }, cursor(7), out])[1]).toEqual([{ do: 'wake', afterMs: 60_000 }])
  })

  test('[SYNC-24] [F13] a page that ran out of time is asked for half as large, and grows again when answers are quick', () => {
    const late: Bare<PullEvent> = { type: 'pulled', answer: failed('unreachable', '试验'), tookMs: 30_000 }
    const [state] = fold([{ type: 'started' }, cursor(7), late])
    const [, asks] = fold([{ type: 'woke' }, cursor(7)], state)
    expect(asks).toEqual([{ do: 'pull', request: { cursor: 7, reference: 3, limit: 250 } }])
    const [well] = fold([pulled(), taken], {
      ...state,
      phase: { at: 'pulling', cursor: { cursor: 7, reference: 3, epoch: 0 } },
    })
    expect(well.size).toBe(500)
  })

  test('[SYNC-6] a wait the centre asks for is kept, whatever asks meanwhile, and is over when it is over', () => {
    const answer = failed('busy', '试验', { retryAfterMs: 20_000 })
    const turned: Bare<PullEvent> = { type: 'pulled', answer, tookMs: 100 }
    const [state, effects] = fold([{ type: 'started' }, cursor(7), turned])
    expect(effects).toEqual([{ do: 'wake', afterMs: 20_500 }])
    const asked = (after: number) => stepPuller(state, { type: 'asked', at: morning + after, random: 0.5 })[1]
    expect(asked(20_499)).toEqual([])
    expect(asked(20_500)).toEqual([{ do: 'readCursor' }])
    expect(fold([{ type: 'woke' }], state)[1]).toEqual([{ do: 'readCursor' }])
  })

  test('stopped, it hears nothing', () => {
    const [off] = fold([{ type: 'started' }, cursor(7), { type: 'stopped' }])
    expect(fold([pulled()], off)[1]).toEqual([])
    expect(fold([{ type: 'asked' }], off)[1]).toEqual([])
    expect(fold([{ type: 'woke' }], off)[1]).toEqual([])
  })
})
