// A work order that came back to its agent: why, and the way to put it right and dispatch it again under its number.
import { Button } from 'antd'
import type { CallId } from '../../contract/ids.ts'
import type { Returned } from '../../core/tickets/again.ts'
import { ErrorNote } from '../kit/ErrorNote.tsx'
import { useText } from '../text/catalogue.ts'
import { useOpenForm } from '../wrapup/useDesk.ts'

type Props = { readonly callId: CallId; readonly returned: Returned }

export const SendAgain = ({ callId, returned }: Props) => {
  const { tickets, wrapup } = useText()
  const { openForm, isOpening } = useOpenForm()
  return (
    <ErrorNote
      what={wrapup.returnedBy(returned.department)}
      safe={returned.reason}
      action={
        <Button size="small" loading={isOpening} onClick={() => void openForm(callId)}>
          {tickets.correctAndSend}
        </Button>
      }
    />
  )
}
