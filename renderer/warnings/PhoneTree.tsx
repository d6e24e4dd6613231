// The telephone tree (电话报告树) of a warning: whom to phone in turn, and when who was phoned. Works without the centre.
import { Check, Phone } from 'lucide-react'
import { Button } from 'antd'
import type { Phoned, WarningLevel } from '../../contract/warnings.ts'
import { mayDial } from '../../core/commands.ts'
import { phoneTreeOf } from '../../core/warnings/levels.ts'
import { Tag } from '../kit/Tag.tsx'
import { hourMinute } from '../kit/time.ts'
import { useDial } from '../softphone/useDial.ts'
import { useText } from '../text/catalogue.ts'
import { useWorkplace, useWorkstation } from '../workplace.ts'
import { useLevelName } from './useLevelName.ts'
import styles from './PhoneTree.module.css'

type Props = {
  readonly level: WarningLevel
  readonly phoned: readonly Phoned[]
  /** Absent: there is no warning to note it in; the tree is only shown, and who is phoned from which level on. */
  readonly onPhoned?: (phoned: Phoned) => void
}

export const PhoneTree = ({ level, phoned, onPhoned }: Props) => {
  const { warnings: words } = useText()
  const { clock, notices, reference, settings } = useWorkplace()
  const nameOf = useLevelName()
  const { dial } = useDial()
  const may = useWorkstation(mayDial)
  const rows = reference.warnings ? phoneTreeOf(level, reference.warnings) : []
  if (rows.length === 0) return <p className={styles.none}>{words.noTree}</p>
  return (
    <ol className={styles.tree} aria-label={words.tree}>
      {rows.map((row) => {
        const name = settings.language === 'en' ? row.en : row.zh
        const last = phoned.findLast(({ code }) => code === row.code)
        const note = (reached: boolean) =>
          onPhoned?.({ code: row.code, name: row.zh, at: clock.now(), reached })
        return (
          <li key={row.code}>
            <strong>{name}</strong>
            {onPhoned ? null : <Tag>{words.from(nameOf(row.from))}</Tag>}
            <span className={styles.number}>{row.phone ?? words.noNumber}</span>
            {last ? (
              <span className={last.reached ? styles.reached : styles.missed}>
                {last.reached ? <Check size={13} aria-hidden="true" /> : null}
                {words.phonedAt(hourMinute(last.at), last.reached)}
              </span>
            ) : null}
            {row.phone !== null && !last?.reached ? (
              <Button
                size="small"
                icon={<Phone size={13} />}
                disabled={!may}
                aria-label={words.dialTo(name)}
                onClick={() => {
                  const dialled = dial(row.phone ?? '')
                  if (!dialled.ok) notices.tell(words.noNumber, true)
                }}
              >
                {words.dial}
              </Button>
            ) : null}
            {onPhoned && !last?.reached ? (
              <>
                <Button size="small" aria-label={words.reachedWhom(name)} onClick={() => note(true)}>
                  {words.reached}
                </Button>
                <Button size="small" aria-label={words.notReachedWhom(name)} onClick={() => note(false)}>
                  {words.notReached}
                </Button>
              </>
            ) : null}
          </li>
        )
      })}
    </ol>
  )
}
