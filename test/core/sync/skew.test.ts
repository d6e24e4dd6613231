// The two clocks, this computer's and the centre's.
import { describe, expect, test } from 'vitest'
import { correctionOf, sharper, skewOf, skewTrustedMs } from '../../../core/sync/skew.ts'
import { centreClock } from '../../../renderer/adapters/centreClock.ts'
import { manualClock } from '../../fakes/manualClock.ts'
import { morning } from '../../makers/stamps.ts'

const day = 86_400_000

describe('the skew', () => {
  test('[SYNC-25] [F58] is this clock at half way minus the one of the centre', () => {
    expect(skewOf(morning + 1_100, 200, morning)).toEqual({ ms: 1_000, roundTripMs: 200 })
    expect(skewOf(morning - 3 * 365 * day, 0, morning).ms).toBe(-3 * 365 * day)
  })

  test('[SYNC-25] a slow answer does not blur what a quick one told, unless a clock was moved since', () => {
    const quick = { ms: 1_000, roundTripMs: 40 }
    expect(sharper(quick, { ms: 3_000, roundTripMs: 4_000 })).toBe(quick)
    expect(sharper(quick, { ms: 3_021, roundTripMs: 4_000 })).toMatchObject({ ms: 3_021 })
    expect(sharper(quick, { ms: 1_010, roundTripMs: 40 })).toMatchObject({ ms: 1_010 })
    expect(sharper(null, quick)).toBe(quick)
  })

  test('[SYNC-25] small ones are left alone', () => {
    expect(correctionOf(null)).toBe(0)
    expect(correctionOf({ ms: skewTrustedMs, roundTripMs: 0 })).toBe(0)
    expect(correctionOf({ ms: -skewTrustedMs - 1, roundTripMs: 0 })).toBe(-skewTrustedMs - 1)
  })
})

describe('the clock records are written by', () => {
  test('[SYNC-25] [F58] a day ahead or three years behind: right from the first answer on, also after it is moved', () => {
    for (const off of [day, -3 * 365 * day]) {
      const own = manualClock(morning + off)
      const clock = centreClock(own)
      expect(clock.now()).toBe(morning + off)
      clock.heard(morning, 0)
      expect([clock.now(), clock.skewMs()]).toEqual([morning, off])
      own.advance(60_000)
      own.jump(-off)
      clock.heard(morning + 60_000, 0)
      expect([clock.now(), clock.skewMs()]).toEqual([morning + 60_000, 0])
    }
  })

  test('[SYNC-25] [F59] what has passed is measured on the clock nobody moves', () => {
    const own = manualClock(morning)
    const clock = centreClock(own)
    const before = clock.tick()
    own.advance(5_000)
    own.jump(-day)
    clock.heard(morning + 5_000, 0)
    expect(clock.tick() - before).toBe(5_000)
  })
})
