// A dialog of the desk [BAR-12]: it lies below the call bar, which stays in sight and in reach; what hangs from the bar
// lies over it and has the keyboard while it is open.
import type { ModalProps } from 'antd'
import { Modal } from 'antd'
import type { FocusEvent } from 'react'
import { useFocusBack } from '../kit/useFocusBack.ts'
import { useWorkplace } from '../workplace.ts'
import { useBarPanel } from './barPanel.ts'
import { hasRowB } from './barView.ts'
import styles from './DeskDialog.module.css'

type Props = Pick<ModalProps, 'title' | 'width' | 'footer' | 'children' | 'mask'> & {
  readonly onClose: () => void
  /** It has a cross at its corner beside the buttons at its foot. */
  readonly closable?: boolean
}

/** Ant Design gives the focus to a dialog that has come; whoever types in a panel of the bar by then keeps it. */
const giveBack = ({ target, relatedTarget }: FocusEvent): void => {
  const typing = relatedTarget instanceof HTMLElement && relatedTarget.closest('dialog[open]') !== null
  if (typing && target.role === 'dialog') relatedTarget.focus()
}

export const DeskDialog = ({ onClose, closable = false, ...rest }: Props) => {
  const { panel } = useBarPanel()
  const { session } = useWorkplace()
  useFocusBack()
  return (
    <Modal
      open
      rootClassName={`${styles.belowBar} ${hasRowB(session) ? '' : styles.oneRow}`}
      style={{ top: 12 }}
      closable={closable}
      // Faded in it would come to the focus late.
      transitionName=""
      maskTransitionName=""
      wrapProps={{ onFocus: giveBack }}
      focusable={{ trap: panel.is === 'none' }}
      onCancel={onClose}
      {...rest}
    />
  )
}
