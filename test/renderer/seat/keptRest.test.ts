// A page that comes back knows that its agent was not ready.
import { expect, test } from 'vitest'
import { keptRest } from '../../../renderer/adapters/keptRest.ts'
import { aReadySeat, play } from '../../makers/seats.ts'
import { at } from '../../makers/stamps.ts'

const inMemory = () => {
  const kept = new Map<string, string>()
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  }
}
const ready = aReadySeat()
const resting = play([{ type: 'notReadyPressed', reason: 'meal', ...at(20) }], ready).state
const gone = play([{ type: 'signedOut', ...at(30) }], resting).state

test('[SEAT-11] not ready stays not ready through a reload, for the same person only', () => {
  const window = inMemory()
  keptRest(window, 'hotline-c1-1001').keep(resting.seat)
  expect(keptRest(window, 'hotline-c1-1001').reason()).toBe('meal')
  expect(keptRest(window, 'hotline-c1-1002').reason()).toBeNull()
})

test('[SEAT-11] being ready again, or signing out, is kept too', () => {
  for (const after of [ready, gone]) {
    const window = inMemory()
    keptRest(window, 'hotline-c1-1001').keep(resting.seat)
    keptRest(window, 'hotline-c1-1001').keep(after.seat)
    expect(keptRest(window, 'hotline-c1-1001').reason()).toBeNull()
  }
})
