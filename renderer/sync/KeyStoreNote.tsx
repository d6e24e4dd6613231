// Said while this computer's system has no key store for the credential of the session: what that costs, what it does
// not, and what to do [DESK-3]. A browser seat never has one and keeps the credential in its tab only.
import { ErrorNote } from '../kit/ErrorNote.tsx'
import { useText } from '../text/catalogue.ts'
import { keyStoreWord } from './safety.ts'
import { useAbout } from './useAbout.ts'

export const KeyStoreNote = () => {
  const { safety: t } = useText()
  const about = useAbout()
  const word = window.desk && about ? keyStoreWord(about.secrets, t) : null
  return word ? <ErrorNote tone={word.tone} what={word.what} safe={word.safe} todo={word.todo} /> : null
}
