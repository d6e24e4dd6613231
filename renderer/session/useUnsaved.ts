// [DESK-33] A file that was handed to the desktop and did not get onto a disk: said at once, and not called exported.
import { useEffect } from 'react'
import type { Desk } from '../../contract/ipc.ts'
import { texts } from '../text/catalogue.ts'
import type { Workplace } from '../workplace.ts'

export const useUnsaved = (desk: Desk, { handover, notices, settings }: Workplace): void => {
  const { notSaved } = texts[settings.language].app
  useEffect(
    () =>
      desk['download.ended'](({ file, saved }) => {
        if (saved) return
        notices.tell(notSaved(file), true)
        if (file.endsWith('.handover')) handover.notSaved(notSaved(file))
      }),
    [desk, handover, notices, notSaved],
  )
}
