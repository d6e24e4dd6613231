// What the centre tells the world outside (对外通知): what has not gone out and why, and what a person decides about it.
// Nothing here says it was delivered before the gateway has said so.
import { Building2, MessageSquareText } from 'lucide-react'
import { Button } from 'antd'
import type { ApiOutput } from '../../contract/api.ts'
import type { OutwardRow, OutwardState } from '../../contract/outward.ts'
import { go } from '../app/route.ts'
import { useNow } from '../app/ticker.ts'
import { Card } from '../kit/Card.tsx'
import { EmptyLine } from '../kit/EmptyLine.tsx'
import { ErrorNote } from '../kit/ErrorNote.tsx'
import { InHead } from '../kit/PageHead.tsx'
import { Tag } from '../kit/Tag.tsx'
import { clockTime } from '../kit/time.ts'
import { shownOf } from '../sync/useSync.ts'
import type { Text } from '../text/catalogue.ts'
import { TextButton } from '../kit/TextButton.tsx'
import { useText } from '../text/catalogue.ts'
import { fullWhen } from '../text/when.ts'
import { useWorkplace } from '../workplace.ts'
import styles from './OutwardPage.module.css'
import { useOutward } from './useOutward.ts'

const open = (row: OutwardRow): boolean => row.state !== 'delivered' && row.state !== 'dropped'
const stuck = (row: OutwardRow): boolean => row.state === 'refused' || row.state === 'held'
const tones: Record<OutwardState, 'plain' | 'red' | 'gold' | 'green'> = {
  waiting: 'plain',
  delivered: 'green',
  refused: 'red',
  held: 'gold',
  dropped: 'plain',
}

/** What is to be decided, what goes by itself, what is done. */
const saysOf = (shown: ApiOutput<'outward.list'>, words: Text['outward']): string[] => {
  const toDecide = shown.refused + shown.held
  const says = [
    ...(toDecide > 0 ? [words.toDecide(toDecide)] : []),
    ...(shown.waiting > 0 ? [words.toSend(shown.waiting, shown.configured)] : []),
  ]
  return [...(says.length > 0 ? says : [words.allOut]), words.delivered(shown.delivered)]
}

type Decide = (keys: readonly string[], what: 'send' | 'drop') => void

export const OutwardPage = () => {
  const { outward: words } = useText()
  const { centre, notices } = useWorkplace()
  const [loaded, reload] = useOutward(300, 10_000)
  const shown = shownOf(loaded)?.value
  const decide: Decide = (keys, what) =>
    void centre.call('outward.decide', { keys: [...keys], do: what }).then((answer) => {
      if (!answer.ok) notices.tell(answer.problem.text, true)
      reload()
    })
  const rows = shown?.rows ?? []
  const parts = shown
    ? [
        { title: words.open, none: words.noneOpen, list: rows.filter(open) },
        { title: words.settled, none: words.noneSettled, list: rows.filter((row) => !open(row)) },
      ]
    : []
  const waiting = rows.filter(stuck)
  return (
    <div className={styles.page}>
      <InHead>{shown ? <span>{saysOf(shown, words).join('·')}</span> : null}</InHead>
      {loaded.is === 'failed' ? <ErrorNote tone="slate" what={words.readFailed} todo={loaded.text} /> : null}
      {shown && !shown.configured ? (
        <ErrorNote what={words.notConfigured} todo={words.notConfiguredTodo} />
      ) : null}
      {parts.map(({ title, none, list }) => (
        <Card
          key={title}
          title={title}
          flush
          action={
            title === words.open && waiting.length > 1 ? (
              <Button
                size="small"
                onClick={() =>
                  decide(
                    waiting.map((row) => row.key),
                    'send',
                  )
                }
              >
                {words.sendAll}
              </Button>
            ) : undefined
          }
        >
          {list.length === 0 ? (
            <EmptyLine text={none} />
          ) : (
            <ul className={styles.rows}>
              {list.map((row) => (
                <Row key={row.key} row={row} decide={decide} />
              ))}
            </ul>
          )}
        </Card>
      ))}
    </div>
  )
}

const Row = ({ row, decide }: { readonly row: OutwardRow; readonly decide: Decide }) => {
  const { outward: words } = useText()
  const now = useNow()
  const Icon = row.kind === 'sms' ? MessageSquareText : Building2
  const what = words.what(words.kind[row.kind], row.recipient)
  const facts = [
    words.made(fullWhen(row.madeAt, now)),
    row.attempts > 0 ? words.tried(row.attempts) : null,
    row.said === null ? null : words.said(row.said),
    row.state === 'waiting' && row.dueAt > now ? words.next(clockTime(row.dueAt)) : null,
    row.state === 'held' ? words.heldSays : null,
    row.settledAt === null ? null : words.ended(row.state, fullWhen(row.settledAt, now)),
  ]
  return (
    <li className={styles.row}>
      <Icon size={16} aria-hidden="true" />
      <div className={styles.body}>
        <p className={styles.first}>
          <strong>{what}</strong>
          <Tag tone={tones[row.state]}>{words.state[row.state]}</Tag>
          <TextButton onClick={() => go('tickets', row.ticketId)}>{row.ticket}</TextButton>
        </p>
        <p className={styles.second}>{facts.filter((fact) => fact !== null).join('·')}</p>
      </div>
      {stuck(row) ? (
        <div className={styles.actions}>
          <Button size="small" aria-label={words.sendThis(what)} onClick={() => decide([row.key], 'send')}>
            {words.send}
          </Button>
          <Button size="small" aria-label={words.dropThis(what)} onClick={() => decide([row.key], 'drop')}>
            {words.drop}
          </Button>
        </div>
      ) : null}
    </li>
  )
}
