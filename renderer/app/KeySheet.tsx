// The key list on paper: one A4 sheet with nothing else on it, whatever page is behind. Only printing shows it.
import { createPortal } from 'react-dom'
import { useText } from '../text/catalogue.ts'
import styles from './KeySheet.module.css'
import { useCommands, useKeys } from './useKeys.ts'

export const KeySheet = () => {
  const t = useText()
  const keys = useKeys()
  const names = useCommands()
  return createPortal(
    <section className={styles.sheet} aria-hidden="true">
      <h1>{t.keys.sheetTitle}</h1>
      <table>
        <tbody>
          {names.map((name) => (
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
      {names.includes('hangUp') ? <p>{t.keys.sheetPromise}</p> : null}
    </section>,
    document.body,
  )
}
