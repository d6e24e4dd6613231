// Saves what a list shows as a file for a spreadsheet: how far it is, a way to stop, and on record before the file is there.
import { FileDown } from 'lucide-react'
import { Button } from 'antd'
import { useEffect, useRef, useState } from 'react'
import type { Answer } from '../../contract/answer.ts'
import { AuditId } from '../../contract/ids.ts'
import { csvLines, csvMark } from '../adapters/csv.ts'
import { download } from '../adapters/download.ts'
import { useText } from '../text/catalogue.ts'
import { fileTime } from '../text/when.ts'
import { useWorkplace } from '../workplace.ts'
import styles from './ExportButton.module.css'
import type { Sheet } from './gather.ts'

type Props = {
  /** Names the file, without time and ending. */
  readonly name: string
  readonly what: 'calls.exported' | 'tickets.exported'
  readonly head: readonly string[]
  /** How many lines there will be; null: not known yet. */
  readonly total: number | null
  /** null: stopped. */
  readonly lines: (told: (count: number) => void, signal: AbortSignal) => Promise<Answer<Sheet> | null>
}

export const ExportButton = ({ name, what, head, total, lines }: Props) => {
  const { exporting } = useText()
  const { records, account, clock, newCallId } = useWorkplace()
  const [state, setState] = useState<{ count: number; of: number | null } | null>(null)
  const [says, setSays] = useState<string | null>(null)
  const job = useRef<AbortController | null>(null)
  useEffect(() => () => job.current?.abort(), [])

  const run = async (signal: AbortSignal): Promise<string> => {
    const answer = await lines((count) => setState({ count, of: total }), signal)
    if (answer === null) return exporting.stopped
    if (!answer.ok) return exporting.failed(answer.problem.text)
    const { count, pieces } = answer.value
    const at = clock.now()
    // [EXPORT-4] Nothing leaves that is not on record.
    const noted = await records.noteAudit({
      v: 1,
      id: AuditId.parse(newCallId()),
      rev: 1,
      agent: account.id,
      what,
      callId: null,
      about: `rows ${String(count)}`,
      at,
    })
    if (!noted.ok) return exporting.failed(noted.problem.text)
    const file = new Blob([csvMark, csvLines([head]), ...pieces])
    download(`${name}-${fileTime(at)}.csv`, file, 'text/csv;charset=utf-8')
    return exporting.done(count)
  }
  const start = async () => {
    const mine = new AbortController()
    job.current = mine
    setSays(null)
    setState({ count: 0, of: total })
    const said = await run(mine.signal)
    job.current = null
    setState(null)
    setSays(said)
  }
  return (
    <span className={styles.export}>
      <output>{state === null ? says : exporting.counting(state.count, state.of)}</output>
      {state === null ? (
        <Button
          size="small"
          icon={<FileDown size={14} aria-hidden="true" />}
          disabled={total === 0}
          onClick={() => void start()}
        >
          {exporting.start}
        </Button>
      ) : (
        <Button size="small" onClick={() => job.current?.abort()}>
          {exporting.stop}
        </Button>
      )}
    </span>
  )
}
