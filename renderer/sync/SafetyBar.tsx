// The bar over every page while what is saved lies less safely than it should: a full disk, a store or a journal behind.
// It is not to be put away: it goes when the trouble does.
import { ErrorNote } from '../kit/ErrorNote.tsx'
import { useText } from '../text/catalogue.ts'
import { safetyWord } from './safety.ts'
import { useSafety } from './useSafety.ts'

export const SafetyBar = () => {
  const { safety: t } = useText()
  const word = safetyWord(useSafety(), t)
  return word ? (
    <ErrorNote
      tone={word.tone}
      what={word.what}
      safe={word.safe}
      todo={word.todo}
      urgent={word.tone === 'red'}
      strip
    />
  ) : null
}
