// What keeps a centre upright when every seat is back at once: turns, spaced nudges, and sign-ins that succeed.
import { describe, expect, test } from 'vitest'
import { openGate } from '../../server/gate.ts'
import { limitOf, openLimits } from '../../server/limits.ts'
import { openSpacing } from '../../server/spacing.ts'

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

describe('a gate', () => {
  test('[SERVER-45] lets so many in at a time, the others in their order, and each place is given back once', async () => {
    const gate = openGate(2, 10_000)
    const entered: number[] = []
    const leaves = await Promise.all([gate(), gate()])
    const waiting = [3, 4, 5].map(async (n) => {
      const leave = await gate()
      entered.push(n)
      return leave
    })
    await pause(5)
    expect(entered).toEqual([])
    leaves[0]?.()
    leaves[0]?.()
    await pause(5)
    expect(entered).toEqual([3])
    leaves[1]?.()
    ;(await waiting[0])?.()
    await pause(5)
    expect(entered).toEqual([3, 4, 5])
    for (const leave of await Promise.all(waiting)) leave?.()
    expect(await gate()).not.toBeNull()
  })

  test('[SERVER-45] who would wait too long is told so, and takes no place', async () => {
    const gate = openGate(1, 20)
    const leave = await gate()
    expect(await gate()).toBeNull()
    leave?.()
    expect(await gate()).not.toBeNull()
  })
})

test('[SERVER-46] what is wanted often is done at once, then once for all that came meanwhile', async () => {
  const space = openSpacing<object>(() => 40)
  const [one, other] = [{}, {}]
  const done: string[] = []
  for (let n = 0; n < 5; n += 1) space(one, () => done.push('one'))
  space(other, () => done.push('other'))
  expect(done).toEqual(['one', 'other'])
  await pause(80)
  expect(done).toEqual(['one', 'other', 'one'])
  await pause(80)
  space(one, () => done.push('one'))
  expect(done).toHaveLength(4)
})

test('[SERVER-47] a room that signs in behind one address is let in as long as its passwords are right', () => {
  const limits = openLimits(() => 0)
  for (let n = 0; n < 10 * limitOf.signIn.burst; n += 1) {
    expect(limits('signIn', 'here')).toBe(0)
    limits.giveBack('signIn', 'here')
  }
  for (let n = 0; n < limitOf.signIn.burst; n += 1) expect(limits('signIn', 'here')).toBe(0)
  expect(limits('signIn', 'here')).toBeGreaterThan(0)
})
