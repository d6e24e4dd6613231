// A reply half written survives a reload of this window. It leaves with the window: a shared computer keeps nothing. It is
// sealed like everything else a seat writes down: browsers keep a window's storage in a file.
import { z } from 'zod'
import type { Sealer } from '../../core/seal/sealer.ts'

const Degree = z.enum(['yes', 'partly', 'no']).nullable()
const ReplyDraft = z.object({
  substantiated: Degree,
  solved: Degree,
  text: z.string(),
  reason: z.string(),
  askReason: z.string().default(''),
})
export type ReplyDraft = z.infer<typeof ReplyDraft>

export const emptyReply: ReplyDraft = {
  substantiated: null,
  solved: null,
  text: '',
  reason: '',
  askReason: '',
}

export type KeptReplies = {
  /** Of this work order; an empty one when there is none, or another person wrote it. */
  read(ticket: string): Promise<ReplyDraft>
  /** An empty draft is forgotten. */
  keep(ticket: string, draft: ReplyDraft): Promise<void>
}

const table = 'reply'

export const keptReplies = (
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>,
  account: string,
  sealer: Sealer,
): KeptReplies => {
  const keyOf = (ticket: string): string => `reply.${account}.${ticket}`
  let newest: ReplyDraft | null = null
  return {
    async read(ticket) {
      try {
        const kept = Uint8Array.from(atob(storage.getItem(keyOf(ticket)) ?? ''), (one) => one.charCodeAt(0))
        const plain = await sealer.open(table, ticket, kept)
        return plain ? ReplyDraft.parse(JSON.parse(new TextDecoder().decode(plain))) : emptyReply
      } catch {
        return emptyReply
      }
    },
    async keep(ticket, draft) {
      newest = draft
      const sealed = await sealer.seal(table, ticket, new TextEncoder().encode(JSON.stringify(draft)))
      // Somebody typed on meanwhile.
      if (newest !== draft) return
      try {
        if (JSON.stringify(draft) === JSON.stringify(emptyReply)) storage.removeItem(keyOf(ticket))
        else storage.setItem(keyOf(ticket), btoa(String.fromCharCode(...sealed)))
      } catch {
        // A browser that keeps nothing only costs the draft.
      }
    },
  }
}
