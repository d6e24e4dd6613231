// The files on this computer, read again whenever one gets on.
import { useCallback } from 'react'
import type { CallId } from '../../contract/ids.ts'
import type { KeptAttachment } from '../adapters/attachmentsPort.ts'
import { shownOf, useBeat, useLoaded } from '../sync/useSync.ts'
import { useWorkplace } from '../workplace.ts'

const none: readonly KeptAttachment[] = []

/** Of a call. */
export const useKept = (callId: CallId): readonly KeptAttachment[] => {
  const { attachments } = useWorkplace()
  const load = useCallback(() => attachments.of(callId), [attachments, callId])
  const [loaded] = useLoaded(load, useBeat(attachments))
  return shownOf(loaded)?.value ?? none
}

/** How many, of all calls, the centre does not have yet. */
export const useWaitingFiles = (): number => {
  const { attachments } = useWorkplace()
  const load = useCallback(() => attachments.waiting(), [attachments])
  const [loaded] = useLoaded(load, useBeat(attachments))
  return shownOf(loaded)?.value ?? 0
}
