// One step of a work order, told to the centre: a repeated click is one action, its id is made once.
import { useRef, useState } from 'react'
import { ActionId } from '../../contract/ids.ts'
import type { Ticket, TicketAction, TicketActionName } from '../../contract/tickets.ts'
import { useText } from '../text/catalogue.ts'
import { useWorkplace } from '../workplace.ts'

/** Done at the centre, or found to be out of date; `said`: what to tell who did it. */
export type OnChanged = (said: string | null) => void

export const useTicketStep = (ticket: Ticket, onChanged: OnChanged) => {
  const { tickets } = useText()
  const { centre, newCallId } = useWorkplace()
  const [busy, setBusy] = useState(false)
  const [says, setSays] = useState<string | null>(null)
  const ids = useRef(new Map<TicketActionName, ActionId>())
  const idOf = (name: TicketActionName): ActionId => {
    const id = ids.current.get(name) ?? ActionId.parse(newCallId())
    ids.current.set(name, id)
    return id
  }
  /** `action`: or why there is none. */
  const act = async (action: TicketAction | string, onDone: () => void): Promise<void> => {
    if (busy) return
    if (typeof action === 'string') return setSays(action)
    setBusy(true)
    setSays(null)
    const answer = await centre.call('tickets.act', { id: ticket.id, action })
    setBusy(false)
    if (!answer.ok) {
      setSays(tickets.notDone(answer.problem.text))
      // Somebody was first: what is shown is out of date.
      if (answer.problem.code === 'conflict') onChanged(null)
      return
    }
    // Only now: the centre has answered.
    ids.current.delete(action.do)
    onDone()
    onChanged(`${answer.value.number} ${tickets.done[action.do]}`)
  }
  /** [SCREEN-7] Somebody goes on: what was missing may be there now. */
  const unsay = () => setSays(null)
  return { busy, says: busy ? tickets.doing : says, unsay, idOf, act }
}
