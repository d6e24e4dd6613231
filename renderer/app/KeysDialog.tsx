// F1: every key there is, read from the same table that carries them out.
import { Modal } from 'antd'
import { useEffect, useState } from 'react'
import type { CommandName } from '../../core/commands.ts'
import { useText } from '../text/catalogue.ts'
import { useWorkplace } from '../workplace.ts'
import { KeyList } from './KeyList.tsx'

const command: CommandName = 'keys'

export const KeysDialog = () => {
  const t = useText()
  const { onCommand } = useWorkplace()
  const [open, setOpen] = useState(false)
  useEffect(() => onCommand(command, () => setOpen((now) => !now)), [onCommand])
  return (
    <Modal
      title={t.keys.title}
      open={open}
      onCancel={() => setOpen(false)}
      footer={null}
      width={560}
      destroyOnHidden
    >
      <KeyList />
      <p>{t.keys.note}</p>
    </Modal>
  )
}
