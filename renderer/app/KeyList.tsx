// The keys of all commands, for F1 and for the settings page.
import { commands } from '../../core/commands.ts'
import { KeyCap } from '../kit/KeyCap.tsx'
import { useText } from '../text/catalogue.ts'
import { commandNames } from './keys.ts'
import styles from './KeyList.module.css'

export const KeyList = () => {
  const t = useText()
  return (
    <ul className={styles.list} aria-label={t.keys.title}>
      {commandNames.map((name) => (
        <li key={name}>
          <span>{t.keys.commands[name]}</span>
          <span className={styles.keys}>
            {name === 'hangUp' ? <small>{t.keys.held}</small> : null}
            <span className="unseen">{commands[name].key}</span>
            <KeyCap keys={commands[name].key} />
          </span>
        </li>
      ))}
    </ul>
  )
}
