// The clock of a work order in words: 剩 3 天, 签收剩 7 小时, 超 1 天. How it stands is core/tickets's.
import type { TicketClock } from '../../core/tickets/ticket.ts'
import type { Text } from '../text/catalogue.ts'
import { spanParts } from '../text/when.ts'

/** `short` leaves out what is being waited for. */
export const clockWords = (clock: TicketClock, { tickets }: Text, short = false): string => {
  const span = spanParts(clock.leftMs)
  if (clock.until === 'sign' && !short)
    return clock.phase === 'over' ? tickets.signOver(span) : tickets.signLeft(span)
  return clock.phase === 'over' ? tickets.over(span) : tickets.left(span)
}
