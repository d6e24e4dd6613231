// How many warnings nobody has signed for, in light red on the page's icon.
import { NavBadge } from '../app/NavBadge.tsx'
import { useWatched } from './useWatched.ts'

export const WarningsBadge = () => {
  const open = useWatched().events.filter(({ state }) => state === 'open')
  return <NavBadge count={open.length} urgent />
}
