// Time in tests is a value: a stamp `ms` after a made-up morning.
import type { CallId } from '../../contract/ids.ts'
import type { Stamp } from '../../core/softphone/phoneEvent.ts'

export const morning = Date.UTC(2026, 10, 23, 1, 0, 0)

export const at = (ms: number): Stamp => ({ at: morning + ms, tick: 5_000 + ms })

/** The nth call id of a test. */
export const callId = (n: number): CallId =>
  `0193f0a0-0000-7000-8000-${String(n).padStart(12, '0')}` as CallId
