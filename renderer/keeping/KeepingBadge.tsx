// How many troubles of the centre's keeping wait for somebody, on the page's icon.
import { troublesOf } from '../../core/keeping/keeping.ts'
import { NavBadge } from '../app/NavBadge.tsx'
import { shownOf } from '../sync/useSync.ts'
import { useKeeping } from './useKeeping.ts'

export const KeepingBadge = () => {
  const shown = shownOf(useKeeping())?.value
  const troubles = shown ? troublesOf(shown.keeping, shown.serverNow) : []
  return <NavBadge count={troubles.length} urgent={troubles[0]?.is === 'cannotWrite'} />
}
