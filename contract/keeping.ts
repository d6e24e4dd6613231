// How the centre keeps what it is given: does its database take it, how much room is left, when was the last good backup.
import { z } from 'zod'
import { Instant } from './ids.ts'

export const Keeping = z.object({
  /** The database takes nothing at present; null: it does. */
  unwritable: z
    .object({
      since: Instant,
      why: z.enum([
        'full', // no room on its disk
        'readOnly', // it may only be read
        'away', // it does not answer
        'failed', // its disk or it itself gave up
      ]),
    })
    .nullable(),
  /** Room left on the centre's own disks; a database on another computer is not seen from here. */
  room: z.array(z.object({ place: z.enum(['data', 'backup']), freeBytes: z.number().int().nonnegative() })),
  backup: z.object({
    /** Does this centre make one by itself every day? */
    daily: z.boolean(),
    /** When the last good one was made, also by hand; null: none that is known. */
    lastAt: Instant.nullable(),
    /** Since when they fail; null: the last one went well, or none was tried. */
    failing: z.object({ since: Instant, why: z.enum(['full', 'failed']) }).nullable(),
  }),
})
export type Keeping = z.infer<typeof Keeping>
