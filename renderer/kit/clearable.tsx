// The small cross that empties a field. Ant Design names it "close-circle", in English, for everybody.
import { CircleX } from 'lucide-react'
import type { ReactNode } from 'react'

/** For `allowClear`: the cross with a name in the language of the screen. */
export const clearable = (label: string): { clearIcon: ReactNode } => ({
  clearIcon: (
    <>
      <CircleX size={14} aria-hidden="true" />
      <span className="unseen">{label}</span>
    </>
  ),
})
