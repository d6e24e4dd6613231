// The key list on paper: one A4 sheet with nothing else on it, whatever page is behind. Only printing shows it.
import { createPortal } from 'react-dom'
import { commandNames } from '../../core/keyMap.ts'
import { useText } from '../text/catalogue.ts'
import styles from './KeySheet.module.css'
import { useKeys } from './useKeys.ts'

export const KeySheet = () => {
  const t = useText()
  const keys = useKeys()
  return createPortal(
    <section className={styles.sheet} aria-hidden="true">
      <h1>{t.keys.sheetTitle}</h1>
      <table>
        <tbody>
          {commandNames.map((name) => (
            <tr key={name}>
              <td className={styles.key}>
                {name === 'hangUp' ? `${t.keys.held} ` : ''}
                {keys[name].replaceAll('+', ' ')}
              </td>
              <th scope="row">{t.keys.commands[name]}</th>
              <td>{t.keys.does[name]}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p>{t.keys.note}</p>
      <p>{t.keys.sheetPromise}</p>
    </section>,
    document.body,
  )
}
