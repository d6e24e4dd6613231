// A level in its own colour and, as colour is never alone, in its word.
import type { WarningLevel } from '../../contract/warnings.ts'
import styles from './LevelTag.module.css'
import { useLevelName } from './useLevelName.ts'

export const LevelTag = ({ level }: { readonly level: WarningLevel }) => {
  const nameOf = useLevelName()
  return <span className={`${styles.tag} ${styles[level]}`}>{nameOf(level)}</span>
}
