// One step of a work order, told to the centre: a repeated click is one action.
import { useState } from 'react'
import type { Ticket, TicketAction } from '../../contract/tickets.ts'
import { openActionIds } from '../actionIds.ts'
import { useText } from '../text/catalogue.ts'
import { useWorkplace } from '../workplace.ts'

/** Done at the centre, or found to be out of date; `said`: what to tell who did it. */
export type OnChanged = (said: string | null) => void

type WithoutId<Action> = Action extends unknown ? Omit<Action, 'id'> : never
/** What is to be done, in whose words. */
export type Step = WithoutId<TicketAction>

export const useTicketStep = (ticket: Ticket, onChanged: OnChanged) => {
  const { tickets } = useText()
  const { centre, newCallId } = useWorkplace()
  const [busy, setBusy] = useState(false)
  const [says, setSays] = useState<string | null>(null)
  const [ids] = useState(() => openActionIds(newCallId))
  /** `step`: or why there is none. */
  const act = async (step: Step | string, onDone: () => void): Promise<void> => {
    if (busy) return
    if (typeof step === 'string') return setSays(step)
    const doing = [ticket.id, step]
    const action: TicketAction = { ...step, id: ids.of(doing) }
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
    ids.answered(doing)
    onDone()
    onChanged(`${answer.value.number} ${tickets.done[action.do]}`)
  }
  /** [SCREEN-7] Somebody goes on: what was missing may be there now. */
  const unsay = () => setSays(null)
  return { busy, says: busy ? tickets.doing : says, unsay, act }
}
