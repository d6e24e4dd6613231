// Four bars that say how well a line sounds. Words stand beside them; the bars alone are decoration.
import styles from './QualityBars.module.css'

type Props = {
  /** Bars filled, 0–4; null: nothing measured yet. */
  readonly level: 0 | 1 | 2 | 3 | 4 | null
}

export const QualityBars = ({ level }: Props) => (
  <svg className={styles.bars} width="17" height="12" viewBox="0 0 17 12" aria-hidden="true">
    {[1, 2, 3, 4].map((bar) => (
      <rect
        key={bar}
        x={(bar - 1) * 4.5}
        y={12 - bar * 3}
        width="3"
        height={bar * 3}
        rx="0.8"
        className={level !== null && bar <= level ? styles.full : styles.empty}
      />
    ))}
  </svg>
)
