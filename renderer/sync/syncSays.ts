// What the state of sync is in one line; in practice nothing is ever said to be at the real centre. That the centre is away
// and what goes on all the same stands in the head of every page already: here only since when.
import type { SyncStatus } from '../../core/sync/status.ts'
import { hourMinute } from '../kit/time.ts'
import type { Text } from '../text/catalogue.ts'
import type { Safety } from './safety.ts'

export type SyncFacts = Pick<SyncStatus, 'badge' | 'troubleSince'> &
  Pick<Safety, 'storeIsBehind'> & {
    /** Attachments that wait. */
    readonly files: number
    readonly practice: boolean
  }

export const syncSays = (
  { badge, troubleSince, storeIsBehind, files, practice }: SyncFacts,
  { sync, safety }: Pick<Text, 'sync' | 'safety'>,
): string => {
  if (badge === 'offline' || badge === 'failing' || badge === 'signedOut')
    return sync.since[badge](troubleSince === null ? '' : hourMinute(troubleSince))
  if (storeIsBehind && badge !== 'refused') return safety.storeHead
  if (badge === 'synced' && files > 0) return sync.onlyFiles(files)
  return badge === 'synced' && practice ? sync.practiceSynced : sync.says[badge]
}
