// The opinion score and what counts as unheard.
import { describe, expect, test } from 'vitest'
import {
  estimateMos,
  recentQuality,
  startListening,
  takeSample,
  wholeQuality,
  type Listening,
} from '../../../core/softphone/quality.ts'
import { addPoint, MOST_POINTS, POINT_MS, startCurve } from '../../../core/softphone/qualityCurve.ts'

/** One sample a second: `perSecond` packets arrive, `lostPerSecond` do not. */
function listen(
  seconds: number,
  perSecond: number,
  lostPerSecond = 0,
  from?: Listening,
  expected = true,
): Listening {
  let listening = from ?? startListening(0)
  for (let second = 0; second < seconds; second += 1) {
    const last = listening.recent.at(-1)
    listening = takeSample(
      listening,
      {
        tick: (last?.tick ?? listening.heardTick) + 1000,
        received: (last?.received ?? 0) + perSecond,
        lost: (last?.lost ?? 0) + lostPerSecond,
        jitterMs: 4,
        roundTripMs: 20,
        ours: null,
        theirs: null,
      },
      { hears: expected, speaks: expected },
    )
  }
  return listening
}

describe('the opinion score', () => {
  test('[PHONE-22] a clean line scores as a telephone at its best', () => {
    expect(estimateMos(0, 0, 0)).toBeCloseTo(4.4, 1)
  })

  test('[PHONE-22] loss, jitter and delay each bring it down, in the field’s usual figures', () => {
    expect(estimateMos(0.01, 5, 40)).toBeCloseTo(4.32, 1)
    expect(estimateMos(0.05, 5, 40)).toBeCloseTo(3.9, 1)
    expect(estimateMos(0.2, 5, 40)).toBeLessThan(2.6)
    expect(estimateMos(0, 5, 800)).toBeLessThan(3.2)
    expect(estimateMos(0, 150, 40)).toBeLessThan(4)
  })

  test('[PHONE-22] it stays between 1 and 4.5 whatever happens', () => {
    for (const loss of [0, 0.5, 1])
      for (const jitter of [0, 300, 5000])
        for (const roundTrip of [null, 0, 10_000]) {
          const mos = estimateMos(loss, jitter, roundTrip)
          expect(mos).toBeGreaterThanOrEqual(1)
          expect(mos).toBeLessThanOrEqual(4.5)
        }
  })
})

describe('listening', () => {
  test('[PHONE-21] the live figure looks back ten seconds, the last one over the whole call', () => {
    const clean = listen(60, 50)
    const bad = listen(10, 40, 10, clean)
    expect(recentQuality(bad)?.loss).toBeCloseTo(0.2, 2)
    expect(wholeQuality(bad)?.loss).toBeCloseTo(100 / 3500, 3)
    expect(recentQuality(listen(20, 50, 0, bad))?.loss).toBe(0)
  })

  test('[F25] four seconds without a packet are unheard, and the record remembers', () => {
    const talking = listen(5, 50)
    expect(recentQuality(listen(3, 0, 0, talking))?.heard).toBe(true)
    const deaf = listen(4, 0, 0, talking)
    expect(recentQuality(deaf)).toMatchObject({ heard: false, mos: 1 })
    const back = listen(3, 50, 0, deaf)
    expect(recentQuality(back)?.heard).toBe(true)
    expect(wholeQuality(back)?.heard).toBe(false)
  })

  test('[F25] a call that never brings a packet is unheard after four seconds', () => {
    expect(recentQuality(listen(4, 0))?.heard).toBe(false)
  })

  test('silence on hold counts for nothing', () => {
    const held = listen(60, 0, 0, listen(5, 50), false)
    expect(recentQuality(held)?.heard).toBe(true)
    expect(wholeQuality(held)?.heard).toBe(true)
  })

  test('late packets that lower the count of lost ones do not make loss negative', () => {
    const lossy = listen(2, 50, 5)
    const recovered = listen(2, 50, -5, lossy)
    expect(recentQuality(recovered)?.loss).toBeGreaterThanOrEqual(0)
  })

  test('nothing sampled is no quality', () => {
    expect(recentQuality(startListening(0))).toBeNull()
    expect(wholeQuality(startListening(0))).toBeNull()
  })
})

describe('the curve in the record', () => {
  const figures = (from: Listening) => wholeQuality(from)?.curve

  test('[PHONE-30] one figure per ten seconds; the bad stretch and the hold are seen in their places', () => {
    const clean = listen(20, 50)
    const bad = listen(10, 40, 10, clean)
    const held = listen(10, 0, 0, bad, false)
    const curve = figures(listen(15, 50, 0, held))
    expect(curve).toMatchObject({ everyMs: 10_000 })
    expect(curve?.mos).toHaveLength(5)
    const [first = 0, second = 0, third = 5, fourth, fifth = 0] = curve?.mos ?? []
    expect([first, second].every((mos) => (mos ?? 0) > 4)).toBe(true)
    expect(third).toBeLessThan(3)
    expect(fourth).toBeNull()
    expect(fifth).toBeGreaterThan(2)
    expect(figures(listen(9, 50))).toBeUndefined()
  })

  test('[PHONE-30] never more than 360 figures: a longer call is kept coarser, its worst moment included', () => {
    let curve = startCurve(0)
    for (let n = 1; n <= 5_000; n += 1) {
      curve = addPoint(curve, n * POINT_MS, n === 777 ? 1.5 : 4.3)
      expect(curve.mos.length).toBeLessThanOrEqual(MOST_POINTS)
    }
    expect(curve.everyMs * curve.mos.length).toBeGreaterThan(5_000 * POINT_MS - curve.everyMs)
    expect(curve.mos[Math.floor((777 * POINT_MS - 1) / curve.everyMs)]).toBe(1.5)
    expect(curve.mos.filter((mos) => mos === 4.3)).toHaveLength(curve.mos.length - 1)
  })

  test('[PHONE-30] [F14] eight hours of sleep in a call are a gap, not a figure', () => {
    const before = addPoint(startCurve(0), POINT_MS, 4.2)
    const after = addPoint(before, POINT_MS + 8 * 3_600_000, 4.1)
    expect(after.mos[0]).toBe(4.2)
    expect(after.mos.slice(1, -1).every((mos) => mos === null)).toBe(true)
    expect(after.mos.length).toBeLessThanOrEqual(MOST_POINTS)
  })
})
