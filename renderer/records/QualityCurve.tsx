// How a call sounded from its beginning to its end, drawn small: the score per span, gaps where nothing was to be heard,
// and the line below which people begin to ask "what did you say".
import type { QualityCurve as Curve } from '../../contract/softphone.ts'
import { span } from '../kit/time.ts'
import { useText } from '../text/catalogue.ts'
import styles from './QualityCurve.module.css'

const WIDTH = 240
const HEIGHT = 44
const TOP = 4.5
const BOTTOM = 1
const HARD_TO_FOLLOW = 3.1

const y = (mos: number) => ((TOP - mos) / (TOP - BOTTOM)) * (HEIGHT - 4) + 2

/** One stroke per unbroken stretch; a stretch of one span is a short dash. */
const strokes = (mos: Curve['mos']): string => {
  const step = WIDTH / mos.length
  return mos
    .map((each, n) => {
      if (each === null) return ''
      const joined = n > 0 && mos[n - 1] !== null
      return `${joined ? 'L' : 'M'}${(n * step).toFixed(1)} ${y(each).toFixed(1)}H${((n + 1) * step).toFixed(1)}`
    })
    .join('')
}

export const QualityCurve = ({ curve }: { readonly curve: Curve }) => {
  const { records } = useText()
  const measured = curve.mos.filter((each) => each !== null)
  if (measured.length === 0) return null
  const worst = Math.min(...measured).toFixed(1)
  const length = span(curve.everyMs * curve.mos.length)
  return (
    <figure className={styles.curve} aria-label={records.curveIs(worst, length)}>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
        <line x1="0" x2={WIDTH} y1={y(HARD_TO_FOLLOW)} y2={y(HARD_TO_FOLLOW)} className={styles.mark} />
        <path d={strokes(curve.mos)} className={styles.line} />
      </svg>
      <figcaption>
        <span>{records.curveWorst(worst)}</span>
        <span>{length}</span>
      </figcaption>
    </figure>
  )
}
