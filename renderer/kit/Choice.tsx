// One of a few, side by side. Native radio buttons: one tab stop, arrow keys choose, screen readers count them.
// The chosen one is outlined, not filled: the page's one filled button stays the one that acts.
import { useId } from 'react'
import styles from './Choice.module.css'

type Props<V extends string> = {
  readonly label: string
  readonly options: readonly { readonly value: V; readonly label: string }[]
  /** null: nothing chosen yet. */
  readonly value: V | null
  readonly onChange: (value: V) => void
  readonly id?: string
  readonly required?: boolean
  readonly invalid?: boolean
  readonly describedBy?: string | undefined
  /** small: for page heads. */
  readonly size?: 'control' | 'small'
}

export const Choice = <V extends string>(props: Props<V>) => {
  const { label, options, value, onChange, id, required, invalid, describedBy, size = 'control' } = props
  const name = useId()
  return (
    <div
      role="radiogroup"
      aria-label={label}
      aria-required={required}
      aria-invalid={invalid}
      aria-describedby={describedBy}
      id={id}
      className={`${styles.track} ${styles[size]} ${invalid ? styles.invalid : ''}`}
    >
      {options.map((option) => (
        <label key={option.value} className={styles.item} data-chosen={option.value === value}>
          <input
            type="radio"
            name={name}
            className={styles.radio}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
          />
          <span data-label={option.label}>{option.label}</span>
        </label>
      ))}
    </div>
  )
}
