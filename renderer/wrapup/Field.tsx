// A label at the left, its control at the right. The star says demanded, the red edge and an unseen sentence say empty.
import type { ReactNode } from 'react'
import { useText } from '../text/catalogue.ts'
import { fieldId } from './sessionContext.ts'
import styles from './Field.module.css'

type Props = {
  readonly field: string
  readonly label: string
  readonly required?: boolean
  readonly invalid?: boolean
  /** False: the control names itself (a group of buttons) and a label could not point at it. */
  readonly points?: boolean
  /** top: for a control of several lines. */
  readonly at?: 'middle' | 'top'
  readonly className?: string | undefined
  readonly children: ReactNode
}

export const errorId = (field: string): string => `${fieldId(field)}-missing`

export const Field = (props: Props) => {
  const { field, label, required, invalid, points = true, at = 'middle', className, children } = props
  const { wrapup } = useText()
  const words = (
    <>
      {required ? (
        <span className={styles.star} aria-hidden="true">
          *
        </span>
      ) : null}
      {label}
    </>
  )
  return (
    <div className={`${styles.field} ${styles[at]} ${className ?? ''}`}>
      {points ? (
        <label className={styles.label} htmlFor={fieldId(field)}>
          {words}
        </label>
      ) : (
        <span className={styles.label} aria-hidden="true">
          {words}
        </span>
      )}
      <div className={styles.control} data-field={field}>
        {children}
      </div>
      {invalid ? (
        <span id={errorId(field)} className="unseen">
          {wrapup.fieldMissing(label)}
        </span>
      ) : null}
    </div>
  )
}
