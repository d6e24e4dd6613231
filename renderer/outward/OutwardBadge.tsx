// How many outward messages wait for a person's decision, on the page's icon.
import { NavBadge } from '../app/NavBadge.tsx'
import { shownOf } from '../sync/useSync.ts'
import { useOutward } from './useOutward.ts'

export const OutwardBadge = () => {
  const [loaded] = useOutward(1, 60_000)
  const shown = shownOf(loaded)?.value
  return <NavBadge count={(shown?.refused ?? 0) + (shown?.held ?? 0)} />
}
