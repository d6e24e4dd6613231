// A wait the centre asked for, and what cuts it short: what comes back by itself does not, for it does at every seat at once.
import { describe, expect, test } from 'vitest'
import { firstBatch } from '../../../core/sync/uploaderState.ts'
import { morning } from '../../makers/stamps.ts'
import type { Given } from './uploading.ts'
import { fails, fold, one, read, rowsRead, two } from './uploading.ts'

const hurried = (byPerson: boolean, at: number): Given => ({ type: 'hurried', byPerson, at })
const waiting = (...said: Parameters<typeof fails>) =>
  fold([{ type: 'started' }, rowsRead(1, one), fails(...said)])[0]

describe('[SYNC-6] a wait the centre asked for', () => {
  test('[F32] is kept, and needs no probe after 429', () => {
    const [state, effects] = fold([
      { type: 'started' },
      rowsRead(1, one),
      fails(2, 'too_many', { retryAfterMs: 30_000 }),
    ])
    expect(effects).toEqual([{ do: 'wake', afterMs: 30_500 }])
    expect(fold([{ type: 'woke' }], state)[1]).toEqual([read(4, 0, firstBatch)])
    const busy = fold([{ type: 'started' }, rowsRead(1, one), fails(2, 'busy', { retryAfterMs: 5000 })])
    expect(busy[1]).toEqual([{ do: 'wake', afterMs: 5500 }])
  })

  test.each(['busy', 'too_many', 'unreachable'] as const)(
    'with %s is kept when line, network or token are new, until its time is over',
    (code) => {
      const state = waiting(2, code, { retryAfterMs: 30_000 })
      expect(fold([hurried(false, morning + 30_499)], state)).toEqual([state, []])
      expect(fold([hurried(false, morning + 30_500)], state)[1]).toHaveLength(1)
    },
  )

  test('is cut by a person, and by what is urgent', () => {
    const state = waiting(2, 'busy', { retryAfterMs: 30_000 })
    expect(fold([hurried(true, morning)], state)[1]).toEqual([{ do: 'probe' }])
    expect(fold([{ type: 'put', urgent: true }], state)[1]).toEqual([{ do: 'probe' }])
  })

  test('only in the answer to a batch sent ahead is kept as well', () => {
    const sent = fold([{ type: 'started' }, rowsRead(1, one)])[0]
    const ahead = fold([rowsRead(3, two)], { ...sent, othersPass: true })[0]
    const [state] = fold([fails(2, 'unreachable'), fails(4, 'busy', { retryAfterMs: 30_000 })], ahead)
    expect(fold([hurried(false, morning + 20_000)], state)).toEqual([state, []])
  })
})

test('a person in a hurry ends a wait at once', () => {
  const [state] = fold([{ type: 'started' }, rowsRead(1, one), fails(2, 'unreachable')])
  expect(fold([{ type: 'hurried', byPerson: true }], state)[1]).toEqual([{ do: 'probe' }])
})

test('[SYNC-5] [SYNC-12] one it did not ask for is not', () => {
  for (const code of ['unreachable', 'too_new', 'too_old'] as const)
    expect(fold([hurried(false, morning)], waiting(2, code))[1]).toHaveLength(1)
})
