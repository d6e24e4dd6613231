// A reply half written survives a reload of this window. It leaves with the window: a shared computer keeps nothing.
// Whoever signs in next in the same window does not see it.
import { z } from 'zod'

const Degree = z.enum(['yes', 'partly', 'no']).nullable()
const ReplyDraft = z.object({ substantiated: Degree, solved: Degree, text: z.string(), reason: z.string() })
export type ReplyDraft = z.infer<typeof ReplyDraft>

export const emptyReply: ReplyDraft = { substantiated: null, solved: null, text: '', reason: '' }
const keyOf = (account: string, ticket: string): string => `reply.${account}.${ticket}`

export const keptReply = (account: string, ticket: string): ReplyDraft => {
  try {
    return ReplyDraft.parse(JSON.parse(sessionStorage.getItem(keyOf(account, ticket)) ?? 'null'))
  } catch {
    return emptyReply
  }
}

/** An empty draft is forgotten. */
export const keepReply = (account: string, ticket: string, draft: ReplyDraft): void => {
  try {
    if (JSON.stringify(draft) === JSON.stringify(emptyReply))
      sessionStorage.removeItem(keyOf(account, ticket))
    else sessionStorage.setItem(keyOf(account, ticket), JSON.stringify(draft))
  } catch {
    // A browser that keeps nothing only costs the draft.
  }
}
