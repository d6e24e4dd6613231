// A later limit (延期): asked for before the limit is over, with a reason and a day; a lead says yes or no with a word.
import type { CalendarYear, Policy } from '../../contract/reference.ts'
import type { Ticket, TicketEvent } from '../../contract/tickets.ts'
import { dayNumber, dayOf, endOfDay, workday } from './workdays.ts'

type Told = Pick<Ticket, 'state' | 'events'>

const isAbout = ({ what }: TicketEvent): boolean =>
  what === 'dispatch' || what === 'ask' || what === 'grant' || what === 'deny'

/** [TICKET-20] Asked for and not decided; a reply, a return or another dispatch ends it. */
export const openAsk = ({ state, events }: Told): TicketEvent | null => {
  const last = events.findLast(isAbout)
  return state === 'signed' && last?.what === 'ask' ? last : null
}

/** The later limit this dispatch was given; null: it has the one it was dispatched with. */
export const extensionOf = ({ events }: Pick<Ticket, 'events'>): TicketEvent | null =>
  events
    .slice(events.findLastIndex(({ what }) => what === 'dispatch') + 1)
    .findLast(({ what }) => what === 'grant') ?? null

type Rules = { readonly calendar: readonly CalendarYear[]; readonly policy: Pick<Policy, 'workdayEnd'> }

/** [TICKET-20] Why no later limit may be asked for: it is over, or the day is no later working day. */
export const askProblem = (
  { dueAt }: Pick<Ticket, 'dueAt'>,
  day: string,
  now: number,
  { calendar, policy }: Rules,
): 'over' | 'day' | null => {
  if (now >= dueAt) return 'over'
  const until = endOfDay(day, policy)
  return until > dueAt && workday(dayNumber(until), calendar).works ? null : 'day'
}

/** The working days a later limit may end on, the next one first. */
export const daysAfter = (
  dueAt: number,
  count: number,
  calendar: readonly CalendarYear[],
): readonly string[] => {
  const days: string[] = []
  for (let number = dayNumber(dueAt) + 1; days.length < count; number += 1)
    if (workday(number, calendar).works) days.push(dayOf(number).iso)
  return days
}
