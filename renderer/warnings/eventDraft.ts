// What a duty leader has half written about an event, and as what: an outcome must not come back as an order.
import { z } from 'zod'
import type { Kind } from '../adapters/halfWritten.ts'

const Draft = z.object({ step: z.enum(['order', 'progress', 'close']), text: z.string() })
type Draft = z.infer<typeof Draft>

/** By event. */
export const eventDraft: Kind<Draft> = { name: 'event', shape: Draft, empty: { step: 'order', text: '' } }
