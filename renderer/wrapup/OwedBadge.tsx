// How many callers wait for our call, on the desk's icon.
import { NavBadge } from '../app/NavBadge.tsx'
import { waitsNow } from '../../core/wrapup/callBacks.ts'
import { useCallLists } from './callLists.ts'

export const OwedBadge = () => {
  const { due, missed } = useCallLists()
  return (
    <NavBadge count={due.filter(waitsNow).length + missed.filter(({ reached }) => reached === null).length} />
  )
}
