// How often one may ask, by a clock that is moved.
import { expect, test } from 'vitest'
import { limitOf, openLimits } from '../../server/limits.ts'

test('[F32] [SERVER-5] a burst is let through, then one must wait exactly until there is room again', () => {
  let now = 1_000_000
  const limits = openLimits(() => now)
  const burst = Array.from({ length: limitOf.signIn.burst }, () => limits('signIn', 'here'))
  expect(new Set(burst)).toEqual(new Set([0]))
  const wait = limits('signIn', 'here')
  expect(wait).toBe(1000 / limitOf.signIn.perSecond)
  expect(limits('signIn', 'elsewhere')).toBe(0)
  expect(limits('push', 'here')).toBe(0)
  now += wait - 1
  expect(limits('signIn', 'here')).toBeGreaterThan(0)
  now += 1
  expect(limits('signIn', 'here')).toBe(0)
  expect(limits('signIn', 'here')).toBeGreaterThan(0)
})

test('[SERVER-5] a clock set back neither blocks nor frees', () => {
  let now = 1_000_000
  const limits = openLimits(() => now)
  expect(limits('reveal', 'me')).toBe(0)
  now -= 500_000
  expect(limits('reveal', 'me')).toBe(0)
  const left = Array.from({ length: limitOf.reveal.burst }, () => limits('reveal', 'me'))
  expect(left.filter((wait) => wait === 0)).toHaveLength(limitOf.reveal.burst - 2)
})
