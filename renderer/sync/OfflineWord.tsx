// The page head while the centre is away: what still works (of who has no telephone: nothing to tell), what is kept, and
// where to see it.
import { Button } from 'antd'
import { Unlink } from 'lucide-react'
import { go } from '../app/route.ts'
import { useText } from '../text/catalogue.ts'
import { useWorkplace } from '../workplace.ts'
import styles from './OfflineWord.module.css'
import { useSyncStatus } from './useSyncStatus.ts'

export const OfflineWord = () => {
  const t = useText().syncBadge
  const { session } = useWorkplace()
  const { badge, waiting, problem } = useSyncStatus()
  const [seat, other] =
    badge === 'signedOut'
      ? t.signedOutHead
      : problem?.code === 'unreachable' || problem?.code === 'not_ours'
        ? t.awayHead
        : t.failingHead
  const phone = session.sip !== null
  const rest = phone ? t.keptNone : badge === 'signedOut' ? '' : t.comesBack
  return (
    <output className={styles.word}>
      <Unlink size={16} aria-hidden="true" />
      <strong>{phone ? seat : other}</strong>
      <span>{waiting > 0 ? t.kept(waiting) : rest}</span>
      {waiting > 0 ? (
        <Button size="small" onClick={() => go('sync')}>
          {t.look(waiting)}
        </Button>
      ) : null}
    </output>
  )
}
