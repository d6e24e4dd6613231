// The one sync status for badge, page head and pages.
import { useSyncExternalStore } from 'react'
import type { SyncStatus } from '../../core/sync/status.ts'
import { useWorkplace } from '../workplace.ts'

export const useSyncStatus = (): SyncStatus => {
  const { sync } = useWorkplace()
  return useSyncExternalStore(
    (listener) => sync.subscribe(listener),
    () => sync.status(),
  )
}
