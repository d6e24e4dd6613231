// How a call sounded over its length, for its record: one figure per ten seconds, never more than 360 of them. A call
// longer than an hour keeps half as many, and of two figures the worse one, so that a bad moment stays visible.
import type { QualityCurve } from '../../contract/softphone.ts'

export const POINT_MS = 10_000
export const MOST_POINTS = 360

export type Curve = QualityCurve & {
  readonly startTick: number
  /** Figures taken so far; several make one span once the call is long. */
  readonly taken: number
  /** The worst figure of the span under way. */
  readonly worst: number | null
}

export const startCurve = (tick: number): Curve => ({
  startTick: tick,
  everyMs: POINT_MS,
  mos: [],
  taken: 0,
  worst: null,
})

/** `mos` null: nothing was to be heard (hold). Spans nobody measured, as in a sleeping computer, are null as well. */
export function addPoint(curve: Curve, tick: number, mos: number | null): Curve {
  const due = Math.floor((tick - curve.startTick) / POINT_MS)
  if (due <= curve.taken) return curve
  let { everyMs, taken, worst } = curve
  let points = [...curve.mos]
  const isFull = () => (taken * POINT_MS) % everyMs === 0
  while (taken < due) {
    taken += 1
    worst = worse(worst, taken === due ? mos : null)
    if (isFull() && points.length === MOST_POINTS) {
      points = halved(points)
      everyMs *= 2
    }
    if (isFull()) {
      points.push(worst)
      worst = null
    }
  }
  return { ...curve, everyMs, mos: points, taken, worst }
}

const halved = (points: readonly (number | null)[]): (number | null)[] =>
  Array.from({ length: points.length / 2 }, (_, n) => worse(points[2 * n] ?? null, points[2 * n + 1] ?? null))

const worse = (a: number | null, b: number | null) => (a === null ? b : b === null ? a : Math.min(a, b))
