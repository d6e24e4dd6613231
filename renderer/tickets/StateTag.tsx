// The state of a work order as a word in a box; before it reached the centre, where it is instead.
import type { ListedTicket } from '../../core/tickets/pick.ts'
import { Tag } from '../kit/Tag.tsx'
import { useText } from '../text/catalogue.ts'

const tones = { dispatched: 'slate', signed: 'green', replied: 'violet', returned: 'brown' } as const

export const StateTag = ({ ticket }: { readonly ticket: Pick<ListedTicket, 'centre' | 'unsent'> }) => {
  const { tickets } = useText()
  const { centre, unsent } = ticket
  if (unsent === 'parked') return <Tag tone="red">{tickets.refused}</Tag>
  if (!centre) return <Tag tone="slate">{tickets.unsent}</Tag>
  return <Tag tone={tones[centre.state]}>{tickets.states[centre.state]}</Tag>
}
