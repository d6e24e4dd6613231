// What the badge says.
import { describe, expect, test } from 'vitest'
import type { Problem } from '../../../contract/answer.ts'
import { newPuller } from '../../../core/sync/pull.ts'
import { lagMs, syncStatus } from '../../../core/sync/status.ts'
import type { Uploader } from '../../../core/sync/uploaderState.ts'
import { newUploader } from '../../../core/sync/uploaderState.ts'
import { recovered } from '../../../core/sync/recover.ts'
import { aRecord } from '../../makers/forms.ts'
import { morning } from '../../makers/stamps.ts'

const trouble = (code: Problem['code'], since = morning) => ({ since, problem: { code, text: '试验' } })
const nothing = { waiting: 0, parked: 0, oldestPutAt: null, newest: 9, outdated: false }
const some = { waiting: 3, parked: 0, oldestPutAt: morning - 5000, newest: 9, outdated: false }
const resting: Uploader = { ...newUploader, phase: { at: 'idle' } }
const pulled = { ...newPuller, lastPulledAt: morning }

describe('the sync status', () => {
  test('[SYNC-14] is synced only with nothing waiting and a centre that answered', () => {
    expect(syncStatus(nothing, resting, pulled, 0).badge).toBe('synced')
    expect(syncStatus(nothing, resting, newPuller, 0).badge).toBe('starting')
    expect(syncStatus(null, resting, pulled, 0).badge).toBe('starting')
    expect(syncStatus(some, resting, pulled, 0)).toMatchObject({ badge: 'waiting', waiting: 3 })
    // Just put, not counted yet.
    expect(syncStatus({ ...nothing, outdated: true }, resting, pulled, 0).badge).toBe('waiting')
    // Looking whether there is something to do is no work.
    const reading: Uploader = { ...resting, phase: { at: 'reading', ticket: 1, fromStart: true } }
    expect(syncStatus(nothing, reading, pulled, 0).badge).toBe('synced')
    expect(syncStatus(nothing, newUploader, pulled, 0).badge).toBe('starting')
  })

  test('[SYNC-14] [F41] is not synced while the store lacks something, whatever the outbox holds', () => {
    expect(syncStatus({ ...nothing, unsure: true }, resting, pulled, 0).badge).toBe('starting')
    expect(syncStatus({ ...some, unsure: true }, resting, pulled, 0).badge).toBe('waiting')
  })

  test('[SYNC-14] [F30] says that the centre is away, since when, and how many wait', () => {
    const away = { ...newUploader, trouble: trouble('unreachable') }
    const alsoPull = { ...pulled, trouble: trouble('unreachable', morning - 900) }
    expect(syncStatus(some, away, alsoPull, 0)).toMatchObject({
      badge: 'offline',
      waiting: 3,
      troubleSince: morning - 900,
      problem: { code: 'unreachable' },
    })
    expect(syncStatus(nothing, newUploader, { ...pulled, trouble: trouble('not_ours') }, 0).badge).toBe(
      'offline',
    )
  })

  test('[SYNC-14] tells a refused item, a lost session and a failing centre apart', () => {
    const parked = { ...nothing, waiting: 1, parked: 2, oldestPutAt: morning }
    expect(syncStatus(parked, { ...newUploader, trouble: trouble('busy') }, pulled, 0)).toMatchObject({
      badge: 'refused',
      refused: 2,
      waiting: 1,
    })
    const signedOut = { ...newUploader, trouble: trouble('not_signed_in') }
    expect(syncStatus(some, signedOut, pulled, 0).badge).toBe('signedOut')
    expect(syncStatus(some, { ...newUploader, trouble: trouble('busy') }, pulled, 0).badge).toBe('failing')
  })

  test('[SYNC-14] says when it will try again and how far behind it is', () => {
    const waiting = {
      ...newUploader,
      phase: { at: 'waiting' as const, probe: true, until: morning + 9000, asked: false },
      trouble: trouble('unreachable'),
    }
    const status = syncStatus(some, waiting, pulled, 0)
    expect(status.nextTryAt).toBe(morning + 9000)
    expect(lagMs(status, morning)).toBe(5000)
    expect(lagMs(status, morning - 60_000)).toBe(0)
    expect(lagMs(syncStatus(nothing, waiting, pulled, 0), morning)).toBe(0)
  })
})

test('[CALL-5] [F49] a call the program stopped in is a record that says so', () => {
  const journalled = aRecord(1, { outcome: 'interrupted', endedBy: 'system', endCause: null })
  expect(recovered(journalled)).toEqual({
    ...journalled,
    endCause: { protocol: 'seat', code: 0, text: '程序重启' },
  })
})
