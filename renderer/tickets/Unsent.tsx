// A work order that has not reached the centre: where it is, and the ways on when the centre refused it.
import { Button } from 'antd'
import { useCallback } from 'react'
import type { ListedTicket } from '../../core/tickets/pick.ts'
import { ErrorNote } from '../kit/ErrorNote.tsx'
import { GiveUp } from '../sync/GiveUp.tsx'
import { useLoaded, useStoreBeat } from '../sync/useSync.ts'
import { useText } from '../text/catalogue.ts'
import { useWorkplace } from '../workplace.ts'
import { useOpenForm } from '../wrapup/useDesk.ts'

export const Unsent = ({ ticket }: { readonly ticket: ListedTicket }) => {
  const { tickets } = useText()
  const { outbox } = useWorkplace()
  const { openForm, isOpening } = useOpenForm()
  const beat = useStoreBeat()
  const load = useCallback(() => outbox.list(500), [outbox])
  const [rows] = useLoaded(load, beat)
  const row = rows.is === 'ready' ? rows.value.find((each) => each.id === ticket.dispatch.id) : undefined
  if (ticket.unsent === 'waiting') return <ErrorNote tone="slate" what={tickets.notSentYet} />
  return (
    <ErrorNote
      tone="red"
      what={tickets.refusedBy(row?.problem?.text ?? '')}
      action={
        <>
          <Button size="small" loading={isOpening} onClick={() => void openForm(ticket.dispatch.callId)}>
            {tickets.correct}
          </Button>
          {/* A department that has signed takes no change any more. */}
          {row ? <GiveUp row={row} title={ticket.dispatch.title} /> : null}
        </>
      }
    />
  )
}
