// Remembers what the telephone of this window went through, in memory only, for the diagnostics file.
import type { Memory } from '../../core/diagnostics/memory.ts'
import { noMemory, withEvent, withSip } from '../../core/diagnostics/memory.ts'
import { traceOf } from '../../core/diagnostics/sipStep.ts'
import type { Clock } from '../../core/ports.ts'
import type { PhoneEvent } from '../../core/softphone/phoneEvent.ts'
import type { Traced } from '../adapters/phone/sipTrace.ts'

export type BlackBox = {
  readonly sip: Traced
  heard(event: PhoneEvent): void
  read(): Memory
}

export const createBlackBox = (clock: Clock): BlackBox => {
  let memory = noMemory
  return {
    sip(way, text) {
      const step = traceOf(way, text, clock.now())
      if (step !== null) memory = withSip(memory, step)
    },
    heard(event) {
      memory = withEvent(memory, event)
    },
    read: () => memory,
  }
}
