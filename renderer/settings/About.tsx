// What runs this page, for whoever is asked for help.
import { WordList } from '../kit/WordList.tsx'
import { KeyStoreNote } from '../sync/KeyStoreNote.tsx'
import { useAbout } from '../sync/useAbout.ts'
import { useText } from '../text/catalogue.ts'

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
      <WordList rows={rows} />
      <KeyStoreNote />
    </>
  )
}
