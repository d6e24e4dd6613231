// The keys of what one can do, as this seat has them, for F1 and for the practice page.
import { KeyCap } from '../kit/KeyCap.tsx'
import { useText } from '../text/catalogue.ts'
import styles from './KeyList.module.css'
import { useCommands, useKeys } from './useKeys.ts'

export const KeyList = () => {
  const t = useText()
  const keys = useKeys()
  return (
    <ul className={styles.list} aria-label={t.keys.title}>
      {useCommands().map((name) => (
        <li key={name}>
          <span>{t.keys.commands[name]}</span>
          <span className={styles.keys}>
            {name === 'hangUp' ? <small>{t.keys.held}</small> : null}
            <span className="unseen">{keys[name]}</span>
            <KeyCap keys={keys[name]} />
          </span>
        </li>
      ))}
    </ul>
  )
}
