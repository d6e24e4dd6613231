// Call records (通话记录): every call this computer knows, searched by number tail, name, category and day.
import { ArrowLeftRight, PhoneIncoming, PhoneMissed, PhoneOutgoing } from 'lucide-react'
import { useCallback, useState } from 'react'
import type { Answer } from '../../contract/answer.ts'
import { done } from '../../contract/answer.ts'
import type { CallSummary } from '../../contract/softphone.ts'
import type { Records } from '../../core/ports.ts'
import { keptDaysOf } from '../../core/sync/retention.ts'
import { go, useRoute } from '../app/route.ts'
import { ExportButton } from '../export/ExportButton.tsx'
import type { Part } from '../export/gather.ts'
import { gather } from '../export/gather.ts'
import { EmptyLine } from '../kit/EmptyLine.tsx'
import { ErrorNote } from '../kit/ErrorNote.tsx'
import { Late } from '../kit/Late.tsx'
import { InHead } from '../kit/PageHead.tsx'
import { Cell, RowWindow } from '../kit/RowWindow.tsx'
import { Tag } from '../kit/Tag.tsx'
import { useSafety } from '../sync/useSafety.ts'
import { useStoreBeat } from '../sync/useSync.ts'
import { TextButton } from '../kit/TextButton.tsx'
import { useText } from '../text/catalogue.ts'
import { fullWhen } from '../text/when.ts'
import { useWorkplace } from '../workplace.ts'
import { CallDetail } from './CallDetail.tsx'
import { callRow, callWords } from './callWords.ts'
import { everything, RecordsFilter } from './RecordsFilter.tsx'
import frame from '../kit/frames.module.css'
import styles from './RecordsPage.module.css'
import type { CallSearch } from './useCallList.ts'
import { useCallList } from './useCallList.ts'

const open = (call: CallSummary): void => go('records', call.id)
const drawRow = (call: CallSummary) => <Row call={call} />
const columns = '128px minmax(84px, 1fr) 118px minmax(120px, 2.2fr) 96px 64px 56px'

/** Read at a time for an export. */
const part = 1_000

const partOf = async (
  records: Pick<Records, 'page'>,
  search: CallSearch,
  last: CallSummary | null,
): Promise<Answer<Part<CallSummary>>> => {
  const before = last && { id: last.id, offeredAt: last.offeredAt }
  const answer = await records.page({ ...search, before, limit: part })
  return answer.ok ? done({ items: answer.value, isLast: answer.value.length < part }) : answer
}

export const RecordsPage = () => {
  const text = useText()
  const { records, exporting } = text
  const { reference, records: kept } = useWorkplace()
  const { toSeal } = useSafety()
  const [search, setSearch] = useState<CallSearch>(everything)
  const beat = useStoreBeat()
  const [atTop, setAtTop] = useState(true)
  const [shownBeat, setShownBeat] = useState(beat)
  // New calls appear at the top, but never push away what somebody is reading further down.
  if (atTop && shownBeat !== beat) setShownBeat(beat)
  const list = useCallList(search, shownBeat)
  const { rest: chosen } = useRoute()
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
        <ExportButton
          name={exporting.calls}
          what="calls.exported"
          head={exporting.callHead}
          total={list.count}
          lines={(told, signal) =>
            gather<CallSummary>(
              (last) => partOf(kept, search, last),
              (call) => callRow(call, text, reference),
              told,
              signal,
            )
          }
        />
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
          <CallDetail key={chosen} id={chosen} onClose={() => go('records')} />
        )}
      </section>
    </div>
  )
}

const Row = ({ call }: { readonly call: CallSummary }) => {
  const text = useText()
  const { records } = text
  const { reference, clock } = useWorkplace()
  const answered = call.outcome === 'answered'
  const taken = call.direction === 'internal' ? ArrowLeftRight : PhoneIncoming
  const Icon = call.direction === 'outbound' ? PhoneOutgoing : answered ? taken : PhoneMissed
  const said = callWords(call, text, reference)
  return (
    <>
      <Cell>
        <span className={styles.when}>
          <Icon size={13} aria-hidden="true" className={answered ? styles.calm : styles.missed} />
          <span className="unseen">{said.direction}</span>
          {fullWhen(call.offeredAt, clock.now())}
        </span>
      </Cell>
      <Cell>
        {said.name === null ? (
          <span className={styles.dim}>{records.unnamed}</span>
        ) : (
          <strong>{said.name}</strong>
        )}
      </Cell>
      <Cell>{said.number}</Cell>
      <Cell>
        {said.category === null ? (
          <span className={styles.dim}>{said.about}</span>
        ) : (
          <>
            <Tag>{said.category}</Tag> {said.about}
          </>
        )}
      </Cell>
      <Cell>
        <span title={said.result}>{said.result}</span>
      </Cell>
      <Cell>{said.talk}</Cell>
      <Cell>{said.agent}</Cell>
    </>
  )
}
