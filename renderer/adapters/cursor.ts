// Where pulling goes on, as it lies in the store: read by the mirror and by the outbox, which must know the epoch.
import { z } from 'zod'
import type { MirrorCursor } from '../../core/ports.ts'

export const freshCursor: MirrorCursor = { cursor: 0, reference: -1, epoch: null }

const Kept = z.object({
  value: z.object({ cursor: z.number(), reference: z.number(), epoch: z.number().nullable() }),
})

/** Of the row `cursor` of the table `kept`. */
export const cursorIn = (row: unknown): MirrorCursor => Kept.safeParse(row).data?.value ?? freshCursor
