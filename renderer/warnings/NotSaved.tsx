// What was done about a warning could not be kept on this computer: why.
import { useText } from '../text/catalogue.ts'
import styles from './WarningStrip.module.css'

export const NotSaved = ({ problem }: { readonly problem: string | null }) => {
  const { warnings: words } = useText()
  return problem === null ? null : (
    <strong className={styles.red} role="alert">
      {words.notSaved(problem)}
    </strong>
  )
}
