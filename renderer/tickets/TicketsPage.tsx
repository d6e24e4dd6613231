// Work orders (工单). A handler sees the department's and acts on them; an agent sees the own ones and the answers.
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { Chip } from '../../core/tickets/pick.ts'
import { byTimeLeft, containsText, newestFirst, underChip } from '../../core/tickets/pick.ts'
import { useNow } from '../app/ticker.ts'
import { go, useRoute } from '../app/route.ts'
import { EmptyLine } from '../kit/EmptyLine.tsx'
import { ErrorNote } from '../kit/ErrorNote.tsx'
import { Late } from '../kit/Late.tsx'
import { InHead } from '../kit/PageHead.tsx'
import { hourMinute, isoDay } from '../kit/time.ts'
import type { ListedTicket } from '../../core/tickets/pick.ts'
import { useText } from '../text/catalogue.ts'
import { useWorkplace } from '../workplace.ts'
import { TicketDetail } from './TicketDetail.tsx'
import { TicketFilter } from './TicketFilter.tsx'
import { TicketTable } from './TicketTable.tsx'
import styles from './TicketsPage.module.css'
import { isOwnList, useTickets } from './useTickets.ts'

const none: readonly ListedTicket[] = []

/** The last list that could be read, and when: it stays while the centre is away. */
const useKept = (loaded: ReturnType<typeof useTickets>[0]) => {
  const { clock } = useWorkplace()
  const kept = useRef<{ list: readonly ListedTicket[]; at: number } | null>(null)
  if (loaded.is === 'ready' && kept.current?.list !== loaded.value)
    kept.current = { list: loaded.value, at: clock.now() }
  return kept.current
}

export const TicketsPage = () => {
  const { tickets } = useText()
  const workplace = useWorkplace()
  const { account, reference } = workplace
  const own = isOwnList(workplace)
  const [loaded, reload] = useTickets()
  const kept = useKept(loaded)
  const list = kept?.list ?? none
  const now = useNow()
  const [chip, setChip] = useState<Chip>('all')
  const [text, setText] = useState('')
  const { rest: chosen } = useRoute()
  const minute = Math.floor(now / 60_000)

  const shown = useMemo(() => {
    const at = minute * 60_000
    return list
      .filter((ticket) => underChip(ticket, chip, at, reference.policy) && containsText(ticket, text))
      .sort(own ? newestFirst : byTimeLeft(at, reference.policy))
  }, [list, chip, text, own, reference, minute])
  const ticket = list.find((each) => each.dispatch.id === chosen) ?? null
  const open = useCallback((id: string) => go('tickets', id), [])
  const close = useCallback(() => {
    go('tickets')
    document.querySelector<HTMLElement>(`[data-ticket="${CSS.escape(chosen)}"]`)?.focus()
  }, [chosen])

  // The first order opens by itself when there is room, so that the right half is never empty.
  const first = shown[0]?.dispatch.id
  const opened = useRef(false)
  useEffect(() => {
    if (opened.current || chosen !== '' || !first || window.innerWidth < 1200) return
    opened.current = true
    go('tickets', first)
  }, [chosen, first])

  const department = reference.departments.find((row) => row.code === account.department)?.zh ?? ''
  const year = Number(isoDay(now).slice(0, 4))
  const known = reference.calendar.some((each) => each.year === year)
  return (
    <div className={styles.page} data-open={ticket !== null}>
      <InHead>
        <span>{own ? tickets.mineCount(list.length) : tickets.department(department, list.length)}</span>
      </InHead>
      <section className={styles.list} aria-label={own ? tickets.mine : tickets.list}>
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
              action={
                <button type="button" className={styles.link} onClick={reload}>
                  {tickets.retry}
                </button>
              }
            />
          </div>
        ) : null}
        {loaded.is === 'loading' && !kept ? (
          <div className={styles.wait}>
            <Late rows={8} label={tickets.list} />
          </div>
        ) : shown.length === 0 ? (
          <EmptyLine
            text={list.length > 0 ? tickets.noneFit : own ? tickets.noneMine : tickets.noneDepartment}
            action={
              list.length > 0 ? (
                <button
                  type="button"
                  className={styles.link}
                  onClick={() => {
                    setChip('all')
                    setText('')
                  }}
                >
                  {tickets.showAll}
                </button>
              ) : undefined
            }
          />
        ) : (
          <TicketTable tickets={shown} chosen={chosen} onOpen={open} />
        )}
        <footer className={styles.foot}>
          <span>{known ? tickets.calendar(year) : tickets.noCalendar}</span>
          <span>{tickets.count(shown.length)}</span>
        </footer>
      </section>
      <section className={styles.detail} aria-label={ticket?.dispatch.title ?? tickets.choose}>
        {ticket ? (
          <TicketDetail key={ticket.dispatch.id} ticket={ticket} onClose={close} onChanged={reload} />
        ) : (
          <EmptyLine text={tickets.choose} />
        )}
      </section>
    </div>
  )
}
