// The state of a work order as a word in a box; before it reached the centre, where it is instead. And what became of its limit.
import { standingOf } from '../../core/tickets/again.ts'
import { extensionOf, openAsk } from '../../core/tickets/extension.ts'
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

/** A later limit that is asked for, or was granted. */
export const LimitTag = ({ ticket: { centre } }: { readonly ticket: ListedTicket }) => {
  const { laterLimit } = useText()
  if (centre?.state !== 'signed') return null
  if (openAsk(centre)) return <Tag tone="gold">{laterLimit.asked}</Tag>
  return extensionOf(centre) ? <Tag>{laterLimit.extended}</Tag> : null
}
