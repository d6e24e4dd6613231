// Where the day's work is: at the centre, on its way, or kept here. Opens the sync page.
import { Check, CircleAlert, CloudUpload, KeyRound, LoaderCircle, Monitor, Unlink } from 'lucide-react'
import type { SyncStatus } from '../../core/sync/status.ts'
import { useWaitingFiles } from '../attachments/useKept.ts'
import { BarBadge } from '../app/BarBadge.tsx'
import { go } from '../app/route.ts'
import { useNow } from '../app/ticker.ts'
import { span } from '../kit/time.ts'
import type { Text } from '../text/catalogue.ts'
import { useText } from '../text/catalogue.ts'
import { useWorkplace } from '../workplace.ts'
import { useSyncStatus } from './useSyncStatus.ts'

const icons = {
  refused: CircleAlert,
  signedOut: KeyRound,
  offline: Unlink,
  failing: Unlink,
  waiting: CloudUpload,
  synced: Check,
  starting: LoaderCircle,
}

/** [SYNC-14] `files`: attachments that wait. */
export const badgeWord = (
  t: Text['syncBadge'],
  status: Pick<SyncStatus, 'badge' | 'waiting' | 'refused' | 'troubleSince'>,
  files: number,
  now: number,
): string => {
  const { badge, waiting, refused, troubleSince } = status
  switch (badge) {
    case 'refused':
      return t.refused(refused)
    case 'signedOut':
      return t.signedOut(waiting)
    case 'offline':
      return t.offline(span(now - (troubleSince ?? now)), waiting)
    case 'failing':
      return t.failing(waiting)
    case 'waiting':
      return t.waiting(waiting)
    case 'synced':
      return files > 0 ? t.files(files) : t.synced
    case 'starting':
      return t.starting
  }
}

export const SyncBadge = () => {
  const t = useText().syncBadge
  const status = useSyncStatus()
  const now = useNow()
  const { sip } = useWorkplace().session
  const practice = sip?.practice ?? false
  const { badge } = status
  const files = useWaitingFiles()
  const quiet = practice && (badge === 'synced' || badge === 'starting')
  const word = quiet ? t.practice : badgeWord(t, status, files, now)
  const Icon = quiet ? Monitor : icons[badge === 'synced' && files > 0 ? 'waiting' : badge]
  const tone =
    badge === 'refused' ? 'red' : ['offline', 'failing', 'signedOut'].includes(badge) ? 'slate' : 'plain'
  return (
    <BarBadge
      icon={<Icon size={16} aria-hidden="true" />}
      tone={tone}
      // Without a seat there is no sync page: nothing of theirs waits on this computer.
      {...(sip ? { label: t.open(word), onClick: () => go('sync') } : {})}
    >
      {word}
    </BarBadge>
  )
}
