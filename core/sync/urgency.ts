// What may not stand in line behind three days of calls: it overtakes them in the outbox, on a thin link too.
import type { PushItem } from '../../contract/sync.ts'

/** 0 before everything: a warning; 1: a work order marked 特急; null: in its turn. */
export const urgencyOf = (item: PushItem): 0 | 1 | null =>
  item.kind === 'warning' ? 0 : item.kind === 'ticket' && item.body.urgency === 'critical' ? 1 : null
