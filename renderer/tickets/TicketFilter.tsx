// Chips with their counts and the search field. A chip is pressed or not; red and amber only where somebody waits.
import { CircleAlert, Clock3 } from 'lucide-react'
import type { Chip, ListedTicket } from '../../core/tickets/pick.ts'
import { chips, underChip } from '../../core/tickets/pick.ts'
import { SearchBox } from '../app/SearchBox.tsx'
import { useText } from '../text/catalogue.ts'
import { useWorkplace } from '../workplace.ts'
import styles from './TicketFilter.module.css'

type Props = {
  readonly own: boolean
  readonly list: readonly ListedTicket[]
  readonly at: number
  readonly chip: Chip
  readonly onChip: (chip: Chip) => void
  readonly text: string
  readonly onText: (text: string) => void
}

export const TicketFilter = ({ own, list, at, chip, onChip, text, onText }: Props) => {
  const { tickets } = useText()
  const { reference } = useWorkplace()
  const counts = chips.map((each) => ({
    chip: each,
    count: list.filter((ticket) => underChip(ticket, each, at, reference.policy)).length,
  }))
  /** What is rare has a chip only when there is some, or it is chosen. */
  const isShown = (each: Chip, count: number): boolean =>
    (each !== 'unsent' && each !== 'asked') || count > 0 || chip === each
  return (
    <div className={styles.filter}>
      <fieldset className={styles.chips} aria-label={tickets.chips}>
        {counts
          .filter((each) => isShown(each.chip, each.count))
          .map((each) => {
            const tone =
              each.count > 0 && (each.chip === 'over' || each.chip === 'soon') ? each.chip : 'plain'
            return (
              <button
                key={each.chip}
                type="button"
                aria-pressed={chip === each.chip}
                className={`${styles.chip} ${styles[tone]}`}
                onClick={() => onChip(each.chip)}
              >
                {tone === 'over' ? <CircleAlert size={14} aria-hidden="true" /> : null}
                {tone === 'soon' ? <Clock3 size={14} aria-hidden="true" /> : null}
                {each.chip === 'returned' && !own ? tickets.chipReturnedByUs : tickets.chip[each.chip]}
                <strong>{each.count}</strong>
              </button>
            )
          })}
      </fieldset>
      {/* The whole list is here: nothing to wait for. */}
      <SearchBox label={tickets.search} asked={text} pauseMs={0} onText={onText} />
    </div>
  )
}
