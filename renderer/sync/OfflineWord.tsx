// The page head while the centre is away: what still works, what is kept, and where to see it.
import { Button } from 'antd'
import { Unlink } from 'lucide-react'
import { go } from '../app/route.ts'
import { useText } from '../text/catalogue.ts'
import styles from './OfflineWord.module.css'
import { useSyncStatus } from './useSyncStatus.ts'

export const OfflineWord = () => {
  const t = useText().syncBadge
  const { badge, waiting, problem } = useSyncStatus()
  const head =
    badge === 'signedOut'
      ? t.signedOutHead
      : problem?.code === 'unreachable' || problem?.code === 'not_ours'
        ? t.awayHead
        : t.failingHead
  return (
    <output className={styles.word}>
      <Unlink size={16} aria-hidden="true" />
      <strong>{head}</strong>
      <span>{waiting > 0 ? t.kept(waiting) : t.keptNone}</span>
      {waiting > 0 ? (
        <Button size="small" onClick={() => go('sync')}>
          {t.look(waiting)}
        </Button>
      ) : null}
    </output>
  )
}
