// What may not stand in line behind three days of calls: it overtakes them in the outbox, on a thin link too.
import type { PushItem } from '../../contract/sync.ts'

/** A work order marked 特急; warnings will be another kind of it. */
export const isUrgent = (item: PushItem): boolean =>
  item.kind === 'ticket' && item.body.urgency === 'critical'
