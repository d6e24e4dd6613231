// [WRAP-28] Said above a form that was filed on another computer of the agent meanwhile: what was changed on both, in the words
// it has there.
import type { WrapupForm } from '../../contract/wrapup.ts'
import { isTextField } from '../../core/wrapup/paste.ts'
import { ErrorNote } from '../kit/ErrorNote.tsx'
import { useText } from '../text/catalogue.ts'
import { useForm } from './sessionContext.ts'

type Props = { readonly both: readonly (keyof WrapupForm)[] }

export const FiledElsewhere = ({ both }: Props) => {
  const { wrapup } = useText()
  const filed = useForm((state) => state.filed)
  const names = both.map((field) => {
    const name = wrapup.fields[field]
    // The number stays hidden; of a choice the name says where to look.
    const there = isTextField(field) && field !== 'contactNumber' ? filed?.[field] : undefined
    return there === undefined ? name : wrapup.thereIs(name, there)
  })
  return (
    <ErrorNote
      what={wrapup.filedElsewhere}
      safe={names.length > 0 ? wrapup.bothChanged(names.join(wrapup.listJoin)) : undefined}
      todo={wrapup.checkAgain}
    />
  )
}
