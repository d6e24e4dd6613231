// A work order that came back to its agent: why, and the way to put it right and dispatch it again under its number.
import { Button } from 'antd'
import { useState } from 'react'
import type { CallId } from '../../contract/ids.ts'
import type { Returned } from '../../core/tickets/again.ts'
import { go } from '../app/route.ts'
import { ErrorNote } from '../kit/ErrorNote.tsx'
import { useText } from '../text/catalogue.ts'
import { useWorkplace } from '../workplace.ts'
import { useBook } from '../wrapup/useDesk.ts'

type Props = { readonly callId: CallId; readonly returned: Returned }

export const SendAgain = ({ callId, returned }: Props) => {
  const { tickets, wrapup } = useText()
  const { store, stamp } = useWorkplace()
  const book = useBook()
  const [lacks, setLacks] = useState(false)
  const open = async () => {
    const found = await book.open(callId)
    setLacks(!found)
    if (!found) return
    store.dispatch({ type: 'formOpened', callId, ...stamp() })
    go('desk')
  }
  return (
    <ErrorNote
      what={wrapup.returnedBy(returned.department)}
      safe={returned.reason}
      {...(lacks ? { todo: tickets.formElsewhere } : {})}
      action={
        <Button size="small" onClick={() => void open()}>
          {tickets.correctAndSend}
        </Button>
      }
    />
  )
}
