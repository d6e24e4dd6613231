// Unsent work that is to go another way: saved as a file, taken in from one, and whose else still waits on this computer.
import { FileDown, FileUp } from 'lucide-react'
import { Button } from 'antd'
import { useRef, useSyncExternalStore } from 'react'
import { AuditId } from '../../contract/ids.ts'
import { download } from '../adapters/download.ts'
import type { ExportTold } from '../adapters/handoverExport.ts'
import type { HandoverOutcome } from '../adapters/handoverFile.ts'
import type { Taken } from '../adapters/handoverImport.ts'
import { useText, type Text } from '../text/catalogue.ts'
import { useWorkplace } from '../workplace.ts'
import styles from './HandoverCard.module.css'

type Words = Text['handover']

const exportSays = (told: ExportTold, words: Words): string =>
  [
    told.count + told.files > 0 ? words.exported(told) : words.nothing,
    told.unread.length > 0 ? words.unread(told.unread) : '',
    told.filesUnread.length > 0 ? words.filesUnread(told.filesUnread) : '',
    told.stay > 0 ? words.stay(told.stay) : '',
  ].join('')
const importSays = ({ people, stopped }: Taken, words: Words): string =>
  [
    ...(people.length === 0 && stopped === null ? [words.empty] : people.map(words.imported)),
    ...(stopped === null ? [] : [words.stopped(stopped)]),
  ].join('；')
const outcomeSays = (last: HandoverOutcome | null, words: Words): string | null => {
  if (!last) return null
  if ('exported' in last)
    return last.exported.ok ? exportSays(last.exported.value, words) : last.exported.problem.text
  return last.imported.ok ? importSays(last.imported.value, words) : last.imported.problem.text
}

export const HandoverCard = () => {
  const { handover: words } = useText()
  const { handover, records, account, clock, newCallId } = useWorkplace()
  const left = useSyncExternalStore(handover.listen, handover.left)
  const errand = useSyncExternalStore(handover.listen, handover.errand)
  const last = useSyncExternalStore(handover.listen, handover.last)
  const input = useRef<HTMLInputElement>(null)
  const save = async () => {
    const answer = await handover.exported()
    if (!answer.ok) return
    const { name, content, told } = answer.value
    if (told.count + told.files === 0) return
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
    download(name, content, 'application/octet-stream')
  }
  return (
    <section className={styles.card} aria-label={words.title}>
      <h2>{words.title}</h2>
      <p>{words.what}</p>
      {left.map((theirs) => (
        <p key={theirs.account} className={styles.left}>
          {words.left(theirs)}
        </p>
      ))}
      <div className={styles.buttons}>
        <Button
          size="small"
          icon={<FileDown size={14} aria-hidden="true" />}
          loading={errand?.what === 'exporting'}
          disabled={errand !== null}
          onClick={() => void save()}
        >
          {words.save}
        </Button>
        <Button
          size="small"
          icon={<FileUp size={14} aria-hidden="true" />}
          loading={errand !== null && errand.what !== 'exporting'}
          disabled={errand !== null}
          onClick={() => input.current?.click()}
        >
          {words.take}
        </Button>
        {errand?.percent == null ? null : (
          <Button size="small" disabled={errand.ending} onClick={handover.end}>
            {words.stop}
          </Button>
        )}
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
          if (file) void handover.imported(file)
        }}
      />
      {errand?.percent == null ? null : (
        // Beside what is read aloud: that would be said at each step.
        <div className={styles.progress}>
          <progress aria-label={words.progress} max={100} value={errand.percent} />
          <span aria-hidden="true">{errand.percent}%</span>
        </div>
      )}
      <output className={styles.says}>{errand ? words.going(errand) : outcomeSays(last, words)}</output>
    </section>
  )
}
