// The state of a work order as a word in a box; before it reached the centre, where it is instead.
import { standingOf } from '../../core/tickets/again.ts'
import type { ListedTicket } from '../../core/tickets/pick.ts'
import { Tag } from '../kit/Tag.tsx'
import { useText } from '../text/catalogue.ts'

const tones = { dispatched: 'slate', signed: 'green', replied: 'violet', returned: 'brown' } as const

export const StateTag = ({ ticket }: { readonly ticket: ListedTicket }) => {
  const { tickets } = useText()
  const standing = standingOf(ticket)
  if (standing === 'refused') return <Tag tone="red">{tickets.refused}</Tag>
  if (standing === 'unsent') return <Tag tone="slate">{tickets.unsent}</Tag>
  return <Tag tone={tones[standing]}>{tickets.states[standing]}</Tag>
}
