// What keeps a person from signing out.
import { expect, test } from 'vitest'
import { reasonToStay } from '../../../renderer/session/reasonToStay.ts'
import { manualClock } from '../../fakes/manualClock.ts'
import { pass } from '../../fakes/pass.ts'
import { morning } from '../../makers/stamps.ts'

const saved = () => Promise.resolve()

test('[SEAT-10] a call on the line keeps the seat, also one that came while the disk was waited for', async () => {
  const clock = manualClock(morning)
  let calls = 0
  const allSaved = async () => void (calls = 1)
  expect(await reasonToStay({ clock, allSaved, callsOnLine: () => calls })).toBe('signOutOnCall')
  calls = 0
  expect(await reasonToStay({ clock, allSaved: saved, callsOnLine: () => calls })).toBeNull()
  expect(clock.nextTimerMs()).toBeNull()
})

test('[SEAT-10] [F41] a record the disk does not take keeps the seat, and says so within seconds', async () => {
  const clock = manualClock(morning)
  const never = () => new Promise<void>(() => undefined)
  const asked = reasonToStay({ clock, allSaved: never, callsOnLine: () => 0 })
  await pass(clock, 6_000)
  expect(await asked).toBe('signOutUnsaved')
})
