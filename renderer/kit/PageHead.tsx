// The head of a page (44 px): the frame draws the bar and the title and hands out an empty place in it; the page in
// front fills that place from wherever it stands. So the frame can turn the bar to slate without asking the page.
import type { ReactNode } from 'react'
import { createContext, useContext } from 'react'
import { createPortal } from 'react-dom'

/** The element right of the title; null until the frame has drawn it. */
export const HeadSlot = createContext<HTMLElement | null>(null)

export const InHead = ({ children }: { readonly children: ReactNode }) => {
  const slot = useContext(HeadSlot)
  return slot ? createPortal(children, slot) : null
}
