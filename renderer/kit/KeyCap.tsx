// The key of an action, drawn on its button. The button itself carries aria-keyshortcuts, so this is decoration.
import styles from './KeyCap.module.css'

type Props = { readonly keys: string }

/** "Ctrl+Enter" → "Ctrl Enter". */
export const KeyCap = ({ keys }: Props) => (
  <kbd className={styles.cap} aria-hidden="true">
    {keys.replaceAll('+', ' ')}
  </kbd>
)
