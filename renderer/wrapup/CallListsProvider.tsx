// Hands the calls that are owed to everything in the window.
import type { ReactNode } from 'react'
import { CallListsContext, useReadCallLists } from './callLists.ts'

export const CallListsProvider = ({ children }: { readonly children: ReactNode }) => (
  <CallListsContext value={useReadCallLists()}>{children}</CallListsContext>
)
