// Work orders (工单). A handler sees the department's and acts on them; an agent sees the own ones and the answers, a lead all.
import { useCallback, useState } from 'react'
import { done } from '../../contract/answer.ts'
import type { Policy } from '../../contract/reference.ts'
import type { Chip } from '../../core/tickets/pick.ts'
import { byTimeLeft, containsText, newestFirst, returnedFirst, underChip } from '../../core/tickets/pick.ts'
import { doneStates } from '../../core/tickets/ticket.ts'
import { useNow } from '../app/ticker.ts'
import { go, useRoute } from '../app/route.ts'
import { useFirstOpen } from '../app/useFirstOpen.ts'
import { ExportButton } from '../export/ExportButton.tsx'
import { sheetOf } from '../export/gather.ts'
import { EmptyLine } from '../kit/EmptyLine.tsx'
import { ErrorNote } from '../kit/ErrorNote.tsx'
import { Late } from '../kit/Late.tsx'
import { InHead } from '../kit/PageHead.tsx'
import { hourMinute, isoDay } from '../kit/time.ts'
import type { ListedTicket } from '../../core/tickets/pick.ts'
import { shownOf } from '../sync/useSync.ts'
import { TextButton } from '../kit/TextButton.tsx'
import { useText } from '../text/catalogue.ts'
import { useWorkplace } from '../workplace.ts'
import { TicketDetail } from './TicketDetail.tsx'
import { TicketFilter } from './TicketFilter.tsx'
import { TicketTable } from './TicketTable.tsx'
import { ticketRow } from './ticketSheet.ts'
import frame from '../kit/frames.module.css'
import styles from './TicketsPage.module.css'
import { isOwnList, mostDone, useTickets } from './useTickets.ts'

type Pick = {
  readonly chip: Chip
  readonly text: string
  readonly own: boolean
  readonly agent: string
  readonly at: number
  readonly policy: Policy
}

/** What the list shows: one's own that came back first; then an agent's newest, everybody else's by the time that is left. */
const pick = (
  list: readonly ListedTicket[],
  { chip, text, own, agent, at, policy }: Pick,
): readonly ListedTicket[] =>
  list
    .filter((ticket) => underChip(ticket, chip, at, policy) && containsText(ticket, text))
    .sort(returnedFirst(agent, own ? newestFirst : byTimeLeft(at, policy)))

export const TicketsPage = () => {
  const words = useText()
  const { tickets, wrapup } = words
  const workplace = useWorkplace()
  const { account, reference } = workplace
  const { policy } = reference
  const own = isOwnList(workplace)
  const { list, loaded, reload } = useTickets()
  const kept = shownOf(loaded)
  const now = useNow()
  const [chip, setChip] = useState<Chip>('all')
  const [text, setText] = useState('')
  const { rest: chosen } = useRoute()
  /** What the centre has just confirmed. */
  const [said, setSaid] = useState<string | null>(null)
  const minute = Math.floor(now / 60_000)

  const shown = pick(list, { chip, text, own, agent: account.id, at: minute * 60_000, policy })
  const ticket = list.find((each) => each.dispatch.id === chosen) ?? null
  const open = useCallback((id: string) => go('tickets', id), [])
  const close = useCallback(() => {
    go('tickets')
    document.querySelector<HTMLElement>(`[data-ticket="${CSS.escape(chosen)}"]`)?.focus()
  }, [chosen])

  useFirstOpen('tickets', shown[0]?.dispatch.id)

  const department = reference.departments.find((row) => row.code === account.department)?.zh ?? ''
  const year = Number(isoDay(now).slice(0, 4))
  const known = reference.calendar.some((each) => each.year === year)
  const isCut = list.filter(({ centre }) => centre && doneStates.includes(centre.state)).length >= mostDone
  return (
    <div className={`${frame.page} ${styles.columns}`} data-open={ticket !== null}>
      <InHead>
        <span>{own ? tickets.mineCount(list.length) : tickets.department(department, list.length)}</span>
        {said === null ? null : <output className={styles.said}>{said}</output>}
        {account.role === 'lead' ? (
          <ExportButton
            name={words.exporting.tickets}
            what="tickets.exported"
            head={words.exporting.ticketHead}
            total={shown.length}
            lines={async () => done(sheetOf(shown.map((each) => ticketRow(each, words, reference))))}
          />
        ) : null}
      </InHead>
      <section className={frame.list} aria-label={own ? tickets.mine : tickets.list}>
        <TicketFilter
          own={own}
          list={list}
          at={minute * 60_000}
          chip={chip}
          onChip={setChip}
          text={text}
          onText={setText}
        />
        {loaded.is === 'failed' ? (
          <div className={styles.note}>
            <ErrorNote
              tone="slate"
              what={kept ? tickets.stale(hourMinute(kept.at)) : tickets.failed}
              todo={loaded.text}
              action={<TextButton onClick={reload}>{tickets.retry}</TextButton>}
            />
          </div>
        ) : null}
        {loaded.is === 'loading' && !kept ? (
          <div className={frame.wait}>
            <Late rows={8} label={tickets.list} />
          </div>
        ) : shown.length === 0 ? (
          <EmptyLine
            text={list.length > 0 ? tickets.noneFit : own ? tickets.noneMine : tickets.noneDepartment}
            action={
              list.length > 0 ? (
                <TextButton
                  onClick={() => {
                    setChip('all')
                    setText('')
                  }}
                >
                  {tickets.showAll}
                </TextButton>
              ) : undefined
            }
          />
        ) : (
          <TicketTable tickets={shown} chosen={chosen} onOpen={open} />
        )}
        <footer className={styles.foot}>
          <span>{known ? tickets.calendar(year) : tickets.noCalendar}</span>
          <span>
            {isCut
              ? tickets.cut(doneStates.map((state) => tickets.states[state]).join(wrapup.listJoin), mostDone)
              : ''}
            {tickets.count(shown.length)}
          </span>
        </footer>
      </section>
      <section className={frame.detail} aria-label={ticket?.dispatch.title ?? tickets.choose}>
        {ticket ? (
          <TicketDetail
            key={ticket.dispatch.id}
            ticket={ticket}
            onClose={close}
            onChanged={(words) => {
              setSaid(words)
              reload()
            }}
          />
        ) : (
          <EmptyLine text={tickets.choose} />
        )}
      </section>
    </div>
  )
}
