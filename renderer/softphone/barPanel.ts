// Which panel of the bar is open: at most one. Opened by keys, by buttons of the bar, and by lists of the desk.
import { createContext, useContext } from 'react'
import type { CallId } from '../../contract/ids.ts'

export type BarPanel =
  | { readonly is: 'none' }
  /** Of one call: the keypad, and the list of places to put it through to, or to ask first. */
  | { readonly is: 'keypad' | 'transfer' | 'consult'; readonly callId: CallId }
  /** `number` fills the box; a person still presses dial. */
  | { readonly is: 'dial'; readonly number: string }

export type BarPanels = { readonly panel: BarPanel; readonly show: (panel: BarPanel) => void }

export const noPanel: BarPanel = { is: 'none' }

export const BarPanelContext = createContext<BarPanels>({ panel: noPanel, show: () => {} })

export const useBarPanel = (): BarPanels => useContext(BarPanelContext)
