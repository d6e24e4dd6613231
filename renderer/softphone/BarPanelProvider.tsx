// Keeps the panel that hangs from the bar. One of a call is closed with it [BAR-14]: left open it would come back under
// the next call and take the keyboard out of the form.
import type { ReactNode } from 'react'
import { useMemo, useState } from 'react'
import { isConnected } from '../../core/softphone/call.ts'
import type { Workstation } from '../../core/workstation.ts'
import { useWorkstation } from '../workplace.ts'
import type { BarPanel } from './barPanel.ts'
import { BarPanelContext, noPanel } from './barPanel.ts'
import { barView } from './barView.ts'

const connectedInBar = (state: Workstation) => {
  const view = barView(state)
  return view.is === 'line' && isConnected(view.call) ? view.call.id : null
}

export const BarPanelProvider = ({ children }: { readonly children: ReactNode }) => {
  const inBar = useWorkstation(connectedInBar)
  const [panel, show] = useState<BarPanel>(noPanel)
  // While drawing, not after it: the panel must not be there for the next call even once.
  if ('callId' in panel && panel.callId !== inBar) show(noPanel)
  const panels = useMemo(() => ({ panel, show }), [panel])
  return <BarPanelContext value={panels}>{children}</BarPanelContext>
}
