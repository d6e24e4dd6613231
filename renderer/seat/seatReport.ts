// What the seat tells the centre about itself, made from the workstation's state.
import type { SeatReport } from '../../contract/seat.ts'
import type { Clock } from '../../core/ports.ts'
import type { SyncStatus } from '../../core/sync/status.ts'
import type { Workstation } from '../../core/workstation.ts'
import { selectedCall } from '../../core/workstation.ts'

/** `forMs` from the monotonic clock, so that a wrong wall clock cannot falsify the lead's timers. */
export const seatReport = (state: Workstation, sync: SyncStatus, clock: Clock): SeatReport => ({
  phase: state.since.phase,
  forMs: Math.max(0, Math.round(clock.tick() - state.since.tick)),
  reason: state.since.reason,
  topic: selectedCall(state)?.topic ?? null,
  waiting: sync.waiting + sync.refused,
})
