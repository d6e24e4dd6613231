// What may be half written about a work order: a handler's reply, return or request for time, a lead's word on such a
// request, where a lead would dispatch it.
import { z } from 'zod'
import type { Kind } from '../adapters/halfWritten.ts'

const Degree = z.enum(['yes', 'partly', 'no']).nullable()
const Reply = z.object({
  substantiated: Degree,
  solved: Degree,
  text: z.string(),
  reason: z.string(),
  askReason: z.string().default(''),
})
type Reply = z.infer<typeof Reply>

/** By work order. */
export const replyDraft: Kind<Reply> = {
  name: 'reply',
  shape: Reply,
  empty: { substantiated: null, solved: null, text: '', reason: '', askReason: '' },
}

/** By what was asked for, not by work order: a word on one request is none on the next. */
export const decisionDraft: Kind<string> = { name: 'decision', shape: z.string(), empty: '' }

const Anew = z.object({ department: z.string().nullable(), limit: z.string().nullable(), text: z.string() })

/** By work order. */
export const redispatchDraft: Kind<z.infer<typeof Anew>> = {
  name: 'redispatch',
  shape: Anew,
  empty: { department: null, limit: null, text: '' },
}
