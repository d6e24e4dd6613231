// [SYNC-32] Letting go of what the centre refused, where the centre has that call or work order: asked of the centre first, for
// what is nowhere else is not let go of.
import { Button, Popconfirm } from 'antd'
import { useState } from 'react'
import { AuditId, CallId, TicketId } from '../../contract/ids.ts'
import type { Answer } from '../../contract/answer.ts'
import { done, failed } from '../../contract/answer.ts'
import { keptDaysOf } from '../../core/sync/retention.ts'
import type { AtCentre, OutboxRow } from '../../core/ports.ts'
import type { CentreClient } from '../adapters/centreClient.ts'
import { useText } from '../text/catalogue.ts'
import { useWorkplace } from '../workplace.ts'

const atCentre = async (
  centre: CentreClient,
  { kind, id }: Pick<OutboxRow, 'kind' | 'id'>,
): Promise<Answer<AtCentre>> => {
  if (kind === 'call') {
    const told = await centre.call('calls.read', { id: CallId.parse(id) })
    return told.ok ? done({ kind, body: told.value }) : told
  }
  if (kind === 'ticket') {
    const told = await centre.call('tickets.read', { id: TicketId.parse(id) })
    return told.ok ? done({ kind, body: told.value }) : told
  }
  return failed('not_found', kind)
}

type Props = { readonly row: OutboxRow; readonly title: string }

export const GiveUp = ({ row, title }: Props) => {
  const { sync: words } = useText()
  const { centre, givenUp, notices, reference, account, newCallId } = useWorkplace()
  const [there, setThere] = useState<AtCentre | null>(null)
  const [asks, setAsks] = useState(false)
  if (row.kind !== 'call' && row.kind !== 'ticket') return null
  const ask = async () => {
    setAsks(true)
    const told = await atCentre(centre, row)
    setAsks(false)
    if (told.ok) return setThere(told.value)
    notices.tell(told.problem.code === 'not_found' ? words.onlyHere : words.askCentreFirst, true)
  }
  const give = async () => {
    setThere(null)
    if (!there) return
    const answer = await givenUp.give(row.seq, there, { id: AuditId.parse(newCallId()), agent: account.id })
    notices.tell(answer.ok ? words.gaveUp : answer.problem.text, !answer.ok)
  }
  return (
    <Popconfirm
      open={there !== null}
      title={words.giveUpAsk}
      description={words.giveUpSays(keptDaysOf(reference.policy))}
      okText={words.giveUp}
      cancelText={words.keepIt}
      okType="default"
      cancelButtonProps={{ autoFocus: true }}
      onConfirm={() => void give()}
      onCancel={() => setThere(null)}
      // Outside presses and Escape; it opens when the centre has answered.
      onOpenChange={(open) => (open ? undefined : setThere(null))}
    >
      <Button size="small" aria-label={words.giveUpThis(title)} disabled={asks} onClick={() => void ask()}>
        {words.giveUp}
      </Button>
    </Popconfirm>
  )
}
