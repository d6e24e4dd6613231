// What runs this page, for whoever is asked for help.
import { KeyStoreNote } from '../sync/KeyStoreNote.tsx'
import { useAbout } from '../sync/useAbout.ts'
import { useText } from '../text/catalogue.ts'
import styles from './About.module.css'

export const About = () => {
  const t = useText().settings
  const about = useAbout()
  if (!about) return null
  const rows = [
    [t.about.version, about.version],
    [t.about.runtime, about.runtime],
    [t.about.secrets, t.secrets[about.secrets]],
  ] as const
  return (
    <>
      <dl className={styles.list}>
        {rows.map(([word, value]) => (
          <div key={word}>
            <dt>{word}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <KeyStoreNote />
    </>
  )
}
