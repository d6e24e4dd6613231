// What runs this page, for whoever is asked for help.
import { useEffect, useState } from 'react'
import type { IpcOutput } from '../../contract/ipc.ts'
import { browserDesk } from '../adapters/browserDesk.ts'
import { useText } from '../text/catalogue.ts'
import styles from './About.module.css'

export const About = () => {
  const t = useText().settings
  const [about, setAbout] = useState<IpcOutput<'about.read'> | null>(null)
  useEffect(() => {
    const desk = window.desk ?? browserDesk(window)
    void desk['about.read'](null).then((answer) => setAbout(answer.ok ? answer.value : null))
  }, [])
  if (!about) return null
  const rows = [
    [t.about.version, about.version],
    [t.about.runtime, about.runtime],
    [t.about.secrets, t.secrets[about.secrets]],
  ] as const
  return (
    <dl className={styles.list}>
      {rows.map(([word, value]) => (
        <div key={word}>
          <dt>{word}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
