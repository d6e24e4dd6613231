// F1: every key there is, read from the same table that carries them out; on paper too.
import { Button } from 'antd'
import { useEffect, useState } from 'react'
import type { CommandName } from '../../core/commands.ts'
import { DeskDialog } from '../softphone/DeskDialog.tsx'
import { useText } from '../text/catalogue.ts'
import { useWorkplace } from '../workplace.ts'
import { KeyList } from './KeyList.tsx'
import { KeySheet } from './KeySheet.tsx'
import { go } from './route.ts'

const command: CommandName = 'keys'

export const KeysDialog = () => {
  const t = useText()
  const { onCommand } = useWorkplace()
  const [open, setOpen] = useState(false)
  useEffect(() => onCommand(command, () => setOpen((now) => !now)), [onCommand])
  const change = () => {
    setOpen(false)
    go('settings')
  }
  if (!open) return null
  return (
    <DeskDialog
      title={t.keys.title}
      closable
      onClose={() => setOpen(false)}
      footer={[
        <Button key="change" onClick={change}>
          {t.keys.toSettings}
        </Button>,
        <Button key="print" type="primary" onClick={() => window.print()}>
          {t.keys.print}
        </Button>,
      ]}
      width={560}
    >
      <KeyList />
      <p>{t.keys.note}</p>
      <KeySheet />
    </DeskDialog>
  )
}
