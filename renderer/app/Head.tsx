// The head of the page in front: its title, what the seat has to say (a notice, the centre being away), and an empty
// place that the page fills (kit/PageHead.tsx). Said here and nowhere else, so that no form and no bar is covered.
import { Button } from 'antd'
import { CircleAlert, Info } from 'lucide-react'
import type { Ref } from 'react'
import { useSyncExternalStore } from 'react'
import type { Notice } from '../notices.ts'
import { OfflineWord } from '../sync/OfflineWord.tsx'
import { useSyncStatus } from '../sync/useSyncStatus.ts'
import { useText } from '../text/catalogue.ts'
import { TreeButton } from '../warnings/TreeButton.tsx'
import { useWorkplace } from '../workplace.ts'
import styles from './Head.module.css'

type Props = { readonly title: string; readonly slot: Ref<HTMLDivElement> }

export const Head = ({ title, slot }: Props) => {
  const { notices, session } = useWorkplace()
  const list = useSyncExternalStore(
    (listener) => notices.subscribe(listener),
    () => notices.read(),
  )
  const away = useSyncStatus().troubleSince !== null
  const notice = list.at(-1)
  return (
    <header className={`${styles.head} ${away ? styles.away : ''}`}>
      <h1>{title}</h1>
      {notice ? (
        <NoticeLine key={notice.id} notice={notice} more={list.length - 1} />
      ) : away ? (
        <>
          <OfflineWord />
          {session.sip === null ? null : <TreeButton />}
        </>
      ) : null}
      <div ref={slot} className={styles.slot} />
    </header>
  )
}

const NoticeLine = ({ notice, more }: { readonly notice: Notice; readonly more: number }) => {
  const t = useText()
  const { notices } = useWorkplace()
  const Icon = notice.urgent ? CircleAlert : Info
  return (
    <div className={styles.notice} role={notice.urgent ? 'alert' : 'status'}>
      <Icon size={15} aria-hidden="true" />
      <span className={styles.text} title={notice.text}>
        {notice.text}
      </span>
      {more > 0 ? <span className={styles.more}>+{more}</span> : null}
      <Button size="small" onClick={() => notices.dismiss(notice.id)}>
        {t.app.dismiss}
      </Button>
    </div>
  )
}
