// The sign of a seat's state: shape and colour together, as on the wall, or bare on the band.
import type { LucideIcon } from 'lucide-react'
import {
  ArrowUp,
  Bell,
  BookOpen,
  CircleCheck,
  CircleMinus,
  Coffee,
  Pause,
  Pencil,
  Phone,
  Power,
  Unlink,
} from 'lucide-react'
import type { NotReadyReason } from '../../contract/reference.ts'
import type { SeatPhase } from '../../contract/seat.ts'
import styles from './SeatGlyph.module.css'

type Look =
  | 'ready'
  | 'ringing'
  | 'onCall'
  | 'held'
  | 'dialling'
  | 'wrapup'
  | 'busy'
  | 'rest'
  | 'study'
  | 'lost'
  | 'off'

const icons: Record<Look, LucideIcon> = {
  ready: CircleCheck,
  ringing: Bell,
  onCall: Phone,
  held: Pause,
  dialling: ArrowUp,
  wrapup: Pencil,
  busy: CircleMinus,
  rest: Coffee,
  study: BookOpen,
  lost: Unlink,
  off: Power,
}

/** Drawn filled, as in the pictures of the look. */
const solid: readonly Look[] = ['ringing', 'onCall']

const lookOf = (phase: SeatPhase, reason: NotReadyReason['glyph'] | null): Look => {
  switch (phase) {
    case 'notReady':
      return reason === null ? 'busy' : reason === 'link' ? 'lost' : reason
    case 'linkLost':
      return 'lost'
    case 'signedOut':
      return 'off'
    default:
      return phase
  }
}

type Props = {
  readonly phase: SeatPhase
  /** Glyph of the not-ready reason, from the reference data. */
  readonly reason?: NotReadyReason['glyph'] | null
  /** Side of the tile, or of the bare icon. */
  readonly size?: number
  /** True: the icon alone in the colour of the text. */
  readonly bare?: boolean
}

/** Decoration: the word of the state stands beside it. */
export const SeatGlyph = ({ phase, reason = null, size = 36, bare = false }: Props) => {
  const look = lookOf(phase, reason)
  const Icon = icons[look]
  const fill = solid.includes(look) ? 'currentColor' : 'none'
  if (bare) return <Icon size={size} fill={fill} aria-hidden="true" className={styles.bare} />
  return (
    <span
      className={`${styles.tile} ${styles[look]}`}
      style={{ width: size, height: size }}
      aria-hidden="true"
    >
      <Icon size={Math.round(size * 0.5)} fill={fill} />
    </span>
  )
}
