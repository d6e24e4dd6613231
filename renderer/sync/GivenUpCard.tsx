// [SYNC-32] What is not sent any more because its person let go of it: to be read here while seats keep calls.
import { FileX } from 'lucide-react'
import { useCallback } from 'react'
import type { LetGo } from '../../core/ports.ts'
import { isTextField } from '../../core/wrapup/paste.ts'
import { Card } from '../kit/Card.tsx'
import { Tag } from '../kit/Tag.tsx'
import lines from '../kit/rows.module.css'
import { useText } from '../text/catalogue.ts'
import { fullWhen } from '../text/when.ts'
import { useWorkplace } from '../workplace.ts'
import { parsedRow, wordsOf } from './outboxWords.ts'
import styles from './SyncPage.module.css'
import { useLoaded, useStoreBeat } from './useSync.ts'

export const GivenUpCard = () => {
  const { sync: words } = useText()
  const { givenUp } = useWorkplace()
  const load = useCallback(() => givenUp.list(), [givenUp])
  const [loaded] = useLoaded(load, useStoreBeat())
  const rows = loaded.is === 'ready' ? loaded.value : []
  if (rows.length === 0) return null
  return (
    <Card title={words.givenUpList} aside={words.items(rows.length)} label={words.givenUpList} flush>
      <ul className={lines.rows}>
        {rows.map((row) => (
          <Row key={`${row.id} ${row.rev}`} row={row} />
        ))}
      </ul>
    </Card>
  )
}

/** The words somebody wrote, field by field; the number stays hidden. */
const writtenIn = (row: LetGo) => {
  const item = parsedRow(row)
  const body = item?.kind === 'call' ? item.body.form : item?.kind === 'ticket' ? item.body : null
  return Object.entries(body ?? {}).flatMap(([field, value]) =>
    isTextField(field) && field !== 'contactNumber' && typeof value === 'string' && value !== ''
      ? [{ field, value }]
      : [],
  )
}

const Row = ({ row }: { readonly row: LetGo }) => {
  const text = useText()
  const { sync: words, wrapup } = text
  const { reference, clock } = useWorkplace()
  const { title, about } = wordsOf(row, text, reference)
  return (
    <li className={styles.row}>
      <FileX size={16} aria-hidden="true" />
      <div className={styles.body}>
        <p className={styles.first}>
          <strong>{title}</strong>
          <Tag>{words.kind[row.kind]}</Tag>
        </p>
        <p className={styles.second}>
          {[
            about,
            words.gaveUpAt(fullWhen(row.at, clock.now())),
            row.problem && words.centreSays(row.problem.text),
          ]
            .filter(Boolean)
            .join('·')}
        </p>
        <details className={styles.second}>
          <summary>{words.readIt}</summary>
          <dl className={styles.written}>
            {writtenIn(row).map(({ field, value }) => (
              <div key={field}>
                <dt>{wrapup.fields[field]}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        </details>
      </div>
    </li>
  )
}
