// A simulated caller: who, how they speak, how hard it is, and the button that lets them ring.
import { Clock3 } from 'lucide-react'
import { Button } from 'antd'
import type { PracticeCaller } from '../../contract/practiceCalls.ts'
import { KeyCap } from '../kit/KeyCap.tsx'
import { Tag } from '../kit/Tag.tsx'
import { useText } from '../text/catalogue.ts'
import styles from './CallerTile.module.css'

type Props = {
  readonly caller: PracticeCaller
  /** The one to begin with: outlined, its button filled. */
  readonly first: boolean
  readonly keys: string | null
  /** Which of the five tints the sign has. */
  readonly tone: number
  readonly disabled: boolean
  /** Somebody is on the line already. */
  readonly second: boolean
  readonly onOrder: () => void
}

const tones = ['green', 'slate', 'gold', 'brown', 'violet'] as const

export const CallerTile = ({ caller, first, keys, tone, disabled, second, onOrder }: Props) => {
  const { practice } = useText()
  const { name, temper, opening, difficulty, minutes, trains } = caller
  return (
    <li className={`${styles.tile} ${first ? styles.first : ''}`}>
      <header className={styles.head}>
        <span
          className={`${styles.sign} ${styles[tones[tone % tones.length] ?? 'slate']}`}
          aria-hidden="true"
        >
          {name.slice(0, 1)}
        </span>
        <div className={styles.who}>
          <h2>{name}</h2>
          <p>{temper}</p>
        </div>
        {first ? <Tag tone="gold">{practice.startHere}</Tag> : null}
      </header>
      <blockquote className={styles.opening}>{opening}</blockquote>
      <p className={styles.line}>
        <span className={styles.level}>
          <span className="unseen">{practice.difficultyOf(difficulty)}</span>
          <span aria-hidden="true">{practice.difficulty}</span>
          {[1, 2, 3, 4].map((step) => (
            <span key={step} aria-hidden="true" className={step <= difficulty ? styles.full : styles.empty} />
          ))}
          <span aria-hidden="true">{difficulty}/4</span>
        </span>
        <span className={styles.minutes}>
          <Clock3 size={13} aria-hidden="true" />
          {practice.minutes(minutes)}
        </span>
      </p>
      <p className={styles.trains}>{practice.trains(trains)}</p>
      <Button
        block
        type={first ? 'primary' : 'default'}
        disabled={disabled}
        {...(keys === null ? {} : { 'aria-keyshortcuts': keys })}
        onClick={onOrder}
      >
        {second ? practice.orderSecond : practice.order}
        <span className="unseen">{name}</span>
        {keys === null ? null : <KeyCap keys={keys} />}
      </Button>
    </li>
  )
}
