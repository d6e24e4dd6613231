// Departments and short numbers to choose from; the star keeps one at the top.
import { Star } from 'lucide-react'
import type { SpeedNumber } from '../../core/softphone/speedDial.ts'
import { useText } from '../text/catalogue.ts'
import { useWorkplace } from '../workplace.ts'
import styles from './SpeedDialList.module.css'
import type { SpeedDial } from './useSpeedDial.ts'

type Props = {
  readonly label: string
  readonly shown: readonly SpeedNumber[]
  readonly speedDial: SpeedDial
  /** The number in the field. */
  readonly chosen: string
  readonly onChoose: (number: SpeedNumber) => void
}

export const SpeedDialList = ({ label, shown, speedDial, chosen, onChoose }: Props) => {
  const t = useText().keypad
  const { settings } = useWorkplace()
  const en = settings.language === 'en'
  if (shown.length === 0) return <p className={styles.none}>{t.speed.none}</p>
  return (
    <ul className={styles.list} aria-label={label}>
      {shown.map((each) => {
        const name = en ? each.en : each.zh
        const starred = speedDial.favourites.includes(each.code)
        return (
          <li key={each.code}>
            <button
              type="button"
              className={styles.star}
              aria-pressed={starred}
              aria-label={t.speed.star(name)}
              title={starred ? t.speed.unstar : t.speed.star(name)}
              onClick={() => speedDial.toggle(each.code)}
            >
              <Star size={14} fill={starred ? 'currentColor' : 'none'} aria-hidden="true" />
            </button>
            <button
              type="button"
              className={styles.number}
              aria-pressed={each.number === chosen}
              onClick={() => onChoose(each)}
            >
              <span>{name}</span>
              <small>{each.number}</small>
            </button>
          </li>
        )
      })}
    </ul>
  )
}
