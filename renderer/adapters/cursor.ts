// Where pulling goes on, as it lies in the store: read by the mirror and by the outbox, which must know the epoch.
import { z } from 'zod'
import { PROTOCOL } from '../../contract/version.ts'
import type { MirrorCursor } from '../../core/centrePorts.ts'

export const freshCursor: MirrorCursor = { cursor: 0, reference: -1, epoch: null }

const Kept = z.object({
  value: z.object({
    cursor: z.number(),
    reference: z.number(),
    epoch: z.number().nullable(),
    /** A program of this protocol could not read all it was told. */
    unreadBy: z.number().optional(),
  }),
})

/** Of the row `cursor` of the table `kept`. [SYNC-31] What an older program could not read, this one is told anew. */
export const cursorIn = (row: unknown): MirrorCursor => {
  const kept = Kept.safeParse(row).data?.value ?? freshCursor
  const unreadBy = unreadIn(row)
  if (unreadBy !== undefined && unreadBy < PROTOCOL) return { ...freshCursor, epoch: kept.epoch }
  const { cursor, reference, epoch } = kept
  return { cursor, reference, epoch }
}

/** Which protocol's program left something unread; undefined: none. */
export const unreadIn = (row: unknown): number | undefined => Kept.safeParse(row).data?.value.unreadBy

/** For the row `cursor`: this program could not read all of the page, or of one before it. */
export const withUnread = (cursor: MirrorCursor, unread: number, before: unknown) =>
  unread > 0 || unreadIn(before) === PROTOCOL ? { ...cursor, unreadBy: PROTOCOL } : cursor
