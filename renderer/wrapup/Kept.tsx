// What waits on this computer while the centre is away: said in the left column, so nobody wonders where it went.
import { ClipboardList, FileText, Monitor, Siren } from 'lucide-react'
import { useCallback } from 'react'
import type { OutboxRow } from '../../core/ports.ts'
import { go } from '../app/route.ts'
import { Card } from '../kit/Card.tsx'
import { Tag } from '../kit/Tag.tsx'
import { wordsOf } from '../sync/outboxWords.ts'
import { useLoaded, useOffline, useStoreBeat, useSync } from '../sync/useSync.ts'
import { TextButton } from '../kit/TextButton.tsx'
import { useText } from '../text/catalogue.ts'
import { useWorkplace } from '../workplace.ts'
import lines from '../kit/rows.module.css'
import styles from './Rows.module.css'

const few = 2

export const Kept = () => {
  const offline = useOffline()
  const waiting = useSync((status) => status.waiting)
  return offline && waiting > 0 ? <KeptCard waiting={waiting} /> : null
}

const KeptCard = ({ waiting }: { readonly waiting: number }) => {
  const { desk } = useText()
  const { outbox } = useWorkplace()
  const beat = useStoreBeat()
  const load = useCallback(() => outbox.list(60), [outbox])
  const [rows] = useLoaded(load, beat)
  const newest = rows.is === 'ready' ? [...rows.value].sort((one, other) => other.seq - one.seq) : []
  const shown = newest.filter((row) => row.kind !== 'audit').slice(0, few)
  return (
    <Card
      title={
        <span className={styles.withIcon}>
          <Monitor size={14} aria-hidden="true" /> {desk.kept}
        </span>
      }
      label={desk.kept}
      aside={waiting}
      edge="slate"
      flush
      action={<TextButton onClick={() => go('sync')}>{desk.all}</TextButton>}
    >
      <ul className={lines.rows}>
        {shown.map((row) => (
          <KeptRow key={row.seq} row={row} />
        ))}
      </ul>
    </Card>
  )
}

const KeptRow = ({ row }: { readonly row: OutboxRow }) => {
  const text = useText()
  const { reference } = useWorkplace()
  const { title, about } = wordsOf(row, text, reference)
  const Icon = row.kind === 'warning' ? Siren : row.kind === 'ticket' ? ClipboardList : FileText
  return (
    <li className={styles.row}>
      <Icon size={14} aria-hidden="true" />
      <div className={styles.body}>
        <span className={styles.first}>
          <strong className={styles.title}>{title}</strong>
        </span>
        <span className={lines.second}>{about}</span>
      </div>
      <Tag tone="slate">{text.desk.keptKind[row.kind]}</Tag>
    </li>
  )
}
