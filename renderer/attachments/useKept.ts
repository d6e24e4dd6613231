// The files of a call on this computer, read again whenever one gets on.
import { useCallback, useEffect, useState } from 'react'
import type { CallId } from '../../contract/ids.ts'
import type { KeptAttachment } from '../adapters/attachments.ts'
import { shownOf, useLoaded } from '../sync/useSync.ts'
import { useWorkplace } from '../workplace.ts'

const none: readonly KeptAttachment[] = []

export const useKept = (callId: CallId): readonly KeptAttachment[] => {
  const { attachments } = useWorkplace()
  const [beat, setBeat] = useState(0)
  useEffect(() => attachments.listen(() => setBeat((n) => n + 1)), [attachments])
  const load = useCallback(() => attachments.of(callId), [attachments, callId])
  const [loaded] = useLoaded(load, beat)
  return shownOf(loaded)?.value ?? none
}
