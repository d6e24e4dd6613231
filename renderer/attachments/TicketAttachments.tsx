// The files of a work order's call: those of this computer with their way to the centre, and those the centre has.
import { useCallback } from 'react'
import type { CallId } from '../../contract/ids.ts'
import { ErrorNote } from '../kit/ErrorNote.tsx'
import { TextButton } from '../kit/TextButton.tsx'
import { shownOf, useLoaded, useSync } from '../sync/useSync.ts'
import { useText } from '../text/catalogue.ts'
import { useWorkplace } from '../workplace.ts'
import { AttachmentList } from './AttachmentList.tsx'
import styles from './AttachmentList.module.css'
import { useKept } from './useKept.ts'

export const TicketAttachments = ({ callId }: { readonly callId: CallId }) => {
  const { attachments: words } = useText()
  const { centre } = useWorkplace()
  const kept = useKept(callId)
  const load = useCallback(() => centre.call('attachments.list', { callId }), [centre, callId])
  // Files travel behind their work order.
  const pulledAt = useSync((status) => status.lastPulledAt)
  const [loaded, reload] = useLoaded(load, `${kept.length} ${pulledAt ?? ''}`)
  const here = new Set(kept.map(({ head }) => head.id))
  const others = (shownOf(loaded)?.value ?? []).filter(({ id }) => !here.has(id))
  const files = [...kept, ...others.map((head) => ({ head }))]
  const lacks = loaded.is === 'failed' && loaded.last === null
  if (files.length === 0 && !lacks) return null
  return (
    <section className={styles.field} aria-label={words.list}>
      <h3>{words.list}</h3>
      <AttachmentList files={files} />
      {lacks ? (
        <ErrorNote
          tone="slate"
          what={words.notRead}
          todo={loaded.text}
          action={<TextButton onClick={reload}>{words.retry}</TextButton>}
        />
      ) : null}
    </section>
  )
}
