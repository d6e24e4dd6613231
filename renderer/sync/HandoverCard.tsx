// Unsent work that is to go another way: saved as a file, taken in from one, and whose else still waits on this computer.
import { FileDown, FileUp } from 'lucide-react'
import { Button } from 'antd'
import { useRef, useState, useSyncExternalStore } from 'react'
import { AuditId } from '../../contract/ids.ts'
import { download } from '../adapters/download.ts'
import { useText } from '../text/catalogue.ts'
import { useWorkplace } from '../workplace.ts'
import styles from './HandoverCard.module.css'

export const HandoverCard = () => {
  const { handover: words } = useText()
  const { handover, records, account, clock, newCallId } = useWorkplace()
  const left = useSyncExternalStore(handover.listen, handover.left)
  const input = useRef<HTMLInputElement>(null)
  const [says, setSays] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const save = async () => {
    const answer = await handover.exported()
    if (!answer.ok) return setSays(answer.problem.text)
    const { name, text, count, files, unread } = answer.value
    const stay = (unread.length > 0 ? words.unread(unread) : '') + (files > 0 ? words.files(files) : '')
    if (count === 0) return setSays(words.nothing + stay)
    const id = AuditId.parse(newCallId())
    const at = clock.now()
    await records.noteAudit({
      v: 1,
      id,
      rev: 1,
      agent: account.id,
      what: 'outbox.exported',
      callId: null,
      at,
    })
    download(name, text, 'application/octet-stream')
    return setSays(words.exported(answer.value) + stay)
  }
  const take = async (file: File) => {
    setBusy(true)
    setSays(words.taking)
    const answer = await handover.imported(await file.text())
    setBusy(false)
    setSays(answer.ok ? answer.value.map(words.imported).join('；') : answer.problem.text)
  }
  return (
    <section className={styles.card} aria-label={words.title}>
      <h2>{words.title}</h2>
      <p>{words.what}</p>
      {left.map(({ account: whose, waiting }) => (
        <p key={whose} className={styles.left}>
          {words.left(whose, waiting)}
        </p>
      ))}
      <div className={styles.buttons}>
        <Button size="small" onClick={() => void save()}>
          <FileDown size={14} aria-hidden="true" />
          {words.save}
        </Button>
        <Button size="small" loading={busy} onClick={() => input.current?.click()}>
          <FileUp size={14} aria-hidden="true" />
          {words.take}
        </Button>
      </div>
      <input
        ref={input}
        type="file"
        hidden
        accept=".handover"
        aria-label={words.choose}
        onChange={(event) => {
          const file = event.currentTarget.files?.[0]
          event.currentTarget.value = ''
          if (file) void take(file)
        }}
      />
      <output className={styles.says}>{says}</output>
    </section>
  )
}
