// Call records (通话记录): every call this computer knows, searched by number tail, name, category and day.
import { ArrowLeftRight, PhoneIncoming, PhoneMissed, PhoneOutgoing } from 'lucide-react'
import { useCallback, useState } from 'react'
import type { CallSummary } from '../../contract/softphone.ts'
import { maskNumber } from '../../core/privacy/mask.ts'
import { keptDaysOf } from '../../core/sync/retention.ts'
import { go, useRoute } from '../app/route.ts'
import { EmptyLine } from '../kit/EmptyLine.tsx'
import { ErrorNote } from '../kit/ErrorNote.tsx'
import { Late } from '../kit/Late.tsx'
import { InHead } from '../kit/PageHead.tsx'
import { Cell, RowWindow } from '../kit/RowWindow.tsx'
import { Tag } from '../kit/Tag.tsx'
import { span } from '../kit/time.ts'
import { useSafety } from '../sync/useSafety.ts'
import { useStoreBeat } from '../sync/useSync.ts'
import { TextButton } from '../kit/TextButton.tsx'
import type { Text } from '../text/catalogue.ts'
import { useText } from '../text/catalogue.ts'
import { fullWhen } from '../text/when.ts'
import { useWorkplace } from '../workplace.ts'
import { CallDetail } from './CallDetail.tsx'
import { everything, RecordsFilter } from './RecordsFilter.tsx'
import frame from '../kit/frames.module.css'
import styles from './RecordsPage.module.css'
import type { CallSearch } from './useCallList.ts'
import { useCallList } from './useCallList.ts'

const open = (call: CallSummary): void => go('records', call.id)
const drawRow = (call: CallSummary) => <Row call={call} />
const columns = '128px minmax(84px, 1fr) 118px minmax(120px, 2.2fr) 96px 64px 56px'

export const RecordsPage = () => {
  const { records } = useText()
  const { reference } = useWorkplace()
  const { toSeal } = useSafety()
  const [search, setSearch] = useState<CallSearch>(everything)
  const beat = useStoreBeat()
  const [atTop, setAtTop] = useState(true)
  const [shownBeat, setShownBeat] = useState(beat)
  // New calls appear at the top, but never push away what somebody is reading further down.
  if (atTop && shownBeat !== beat) setShownBeat(beat)
  const list = useCallList(search, shownBeat)
  const { rest: chosen } = useRoute()
  const summary = list.rows.find((row) => row.id === chosen) ?? null
  const onScrolled = useCallback((top: number) => setAtTop(top < 40), [])
  const filtered = search !== everything
  const { columns: words } = records

  return (
    <div className={`${frame.page} ${styles.columns}`} data-open={chosen !== ''}>
      <InHead>
        {list.count === null ? null : (
          <output>
            {filtered ? records.found(list.count) : records.count(list.count, keptDaysOf(reference.policy))}
          </output>
        )}
        {toSeal > 0 ? <span>{records.sealing(toSeal)}</span> : null}
      </InHead>
      <section className={frame.list} aria-label={records.list}>
        <RecordsFilter search={search} onSearch={setSearch} />
        {list.problem !== null ? <ErrorNote tone="red" what={records.failed} todo={list.problem} /> : null}
        {!list.ready ? (
          <div className={frame.wait}>
            <Late rows={10} label={records.reading} />
          </div>
        ) : list.rows.length === 0 ? (
          <EmptyLine
            text={filtered ? records.noneFit : records.none}
            action={
              filtered ? (
                <TextButton onClick={() => setSearch(everything)}>{records.clear}</TextButton>
              ) : undefined
            }
          />
        ) : (
          <RowWindow
            label={records.list}
            rows={list.rows}
            rowHeight={38}
            total={list.count ?? -1}
            keyOf={(row) => row.id}
            chosen={chosen}
            onChoose={open}
            draw={drawRow}
            onNearEnd={list.more}
            onScrolled={onScrolled}
            columns={columns}
            head={[
              words.when,
              words.who,
              words.number,
              words.what,
              words.result,
              words.talk,
              words.agent,
            ].map((word) => (
              <Cell key={word} head>
                {word}
              </Cell>
            ))}
          />
        )}
      </section>
      <section className={frame.detail} aria-label={records.detail}>
        {chosen === '' ? (
          <EmptyLine text={records.choose} />
        ) : (
          <CallDetail key={chosen} id={chosen} summary={summary} onClose={() => go('records')} />
        )}
      </section>
    </div>
  )
}

/** Calls among ourselves and consultations have no form to be written. */
const unwritten = (call: CallSummary, words: Text['records']): string => {
  if (call.madeFor) return words.consult
  return call.outcome === 'answered' && call.direction !== 'internal' ? words.unfiled : ''
}

const Row = ({ call }: { readonly call: CallSummary }) => {
  const { records } = useText()
  const { reference, clock } = useWorkplace()
  const answered = call.outcome === 'answered'
  const taken = call.direction === 'internal' ? ArrowLeftRight : PhoneIncoming
  const Icon = call.direction === 'outbound' ? PhoneOutgoing : answered ? taken : PhoneMissed
  const category = reference.categories.find((row) => row.code === call.category)?.zh
  const topic = reference.topics.find((row) => row.code === call.topic)?.zh
  const disposition = reference.dispositions.find((row) => row.code === call.disposition)?.zh
  return (
    <>
      <Cell>
        <span className={styles.when}>
          <Icon size={13} aria-hidden="true" className={answered ? styles.calm : styles.missed} />
          <span className="unseen">{records.direction[call.direction]}</span>
          {fullWhen(call.offeredAt, clock.now())}
        </span>
      </Cell>
      <Cell>
        {call.callerName === null || call.callerName === '' ? (
          <span className={styles.dim}>{records.unnamed}</span>
        ) : (
          <strong>{call.callerName}</strong>
        )}
      </Cell>
      <Cell>{call.number === '' ? records.withheld : maskNumber(call.number)}</Cell>
      <Cell>
        {category === undefined ? (
          <span className={styles.dim}>{unwritten(call, records)}</span>
        ) : (
          <>
            <Tag>{category}</Tag> {topic ?? call.gist}
          </>
        )}
      </Cell>
      <Cell>{answered ? (disposition ?? records.outcome.answered) : records.outcome[call.outcome]}</Cell>
      <Cell>{call.talkMs > 0 ? span(call.talkMs) : ''}</Cell>
      <Cell>{call.agent}</Cell>
    </>
  )
}
