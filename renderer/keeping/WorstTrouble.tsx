// [SERVER-56] The lead's quiet line: the gravest trouble of the centre's keeping, nothing while all is well.
import { troublesOf } from '../../core/keeping/keeping.ts'
import { shownOf } from '../sync/useSync.ts'
import { TroubleNote } from './TroubleNote.tsx'
import { useKeeping } from './useKeeping.ts'

export const WorstTrouble = ({ className }: { readonly className: string | undefined }) => {
  const shown = shownOf(useKeeping())?.value
  const [worst] = shown ? troublesOf(shown.keeping, shown.serverNow) : []
  return worst ? (
    <div className={className}>
      <TroubleNote trouble={worst} />
    </div>
  ) : null
}
