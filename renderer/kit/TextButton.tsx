// A button among words: looks like a link, does something here.
import type { ButtonHTMLAttributes } from 'react'
import styles from './TextButton.module.css'

export const TextButton = (props: Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'className' | 'type'>) => (
  <button type="button" className={styles.button} {...props} />
)
