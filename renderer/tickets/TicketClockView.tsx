// The clock of one work order, drawn again every minute by the ticker.
import type { ClockedTicket } from '../../core/tickets/ticket.ts'
import { clockOf } from '../../core/tickets/ticket.ts'
import { useNow } from '../app/ticker.ts'
import { ClockPie } from '../kit/ClockPie.tsx'
import { useText } from '../text/catalogue.ts'
import { useWorkplace } from '../workplace.ts'
import { clockWords } from './clockWords.ts'

type Props = {
  readonly ticket: ClockedTicket
  readonly short?: boolean
}

export const TicketClockView = ({ ticket, short = false }: Props) => {
  const text = useText()
  const { reference } = useWorkplace()
  const now = useNow()
  const clock = clockOf(ticket, now, reference.policy)
  if (!clock) return null
  return (
    <ClockPie
      used={clock.phase === 'over' ? 1 : Math.min(0.999, clock.used)}
      amberAt={reference.policy.amberAt}
    >
      {clockWords(clock, text, short)}
    </ClockPie>
  )
}
