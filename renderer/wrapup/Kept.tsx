// What waits on this computer while the centre is away: said in the left column, so nobody wonders where it went.
import { ClipboardList, FileText, Monitor } from 'lucide-react'
import { useCallback } from 'react'
import { PushItem } from '../../contract/sync.ts'
import type { OutboxRow } from '../../core/ports.ts'
import { go } from '../app/route.ts'
import { Card } from '../kit/Card.tsx'
import { Tag } from '../kit/Tag.tsx'
import { useLoaded, useOffline, useStoreBeat, useSync } from '../sync/useSync.ts'
import { useText } from '../text/catalogue.ts'
import { useWorkplace } from '../workplace.ts'
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
      action={
        <button type="button" className={styles.link} onClick={() => go('sync')}>
          {desk.all}
        </button>
      }
    >
      <ul className={styles.rows}>
        {shown.map((row) => (
          <KeptRow key={row.seq} row={row} />
        ))}
      </ul>
    </Card>
  )
}

const parsed = (json: string) => {
  try {
    return PushItem.safeParse(JSON.parse(json)).data ?? null
  } catch {
    return null
  }
}

const KeptRow = ({ row }: { readonly row: OutboxRow }) => {
  const { desk, wrapup, records } = useText()
  const { reference } = useWorkplace()
  const item = parsed(row.json)
  if (!item || item.kind === 'audit') return null
  const ticket = item.kind === 'ticket' ? item.body : null
  const form = item.kind === 'call' ? item.body.form : null
  const topic = reference.topics.find((each) => each.code === (ticket ?? form)?.topic)?.zh
  const disposition = reference.dispositions.find((each) => each.code === form?.disposition)?.zh
  const Icon = ticket ? ClipboardList : FileText
  const title = ticket ? ticket.localNumber : form?.callerName || wrapup.unknownCaller
  return (
    <li className={styles.row}>
      <Icon size={14} aria-hidden="true" />
      <div className={styles.body}>
        <span className={styles.first}>
          <strong className={styles.title}>{title}</strong>
        </span>
        <span className={styles.second}>
          {[topic, ticket ? ticket.plan.departmentName : (disposition ?? records.unfiled)]
            .filter(Boolean)
            .join('·')}
        </span>
      </div>
      <Tag tone="slate">{desk.keptKind[item.kind]}</Tag>
    </li>
  )
}
