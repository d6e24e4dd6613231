// Somebody else comes to the other end of a line.
import type { Call, CallEvent } from './call.ts'

/** [CALL-23] A colleague put somebody through: a worker at the other end is a worker's call, guarded and written up. */
export const otherSide = (call: Call, event: Extract<CallEvent, { type: 'otherSideChanged' }>): Call => {
  const { number, name, internal } = event
  const place = number === call.number ? call.place : (event.place ?? null)
  if (call.direction !== 'internal') return { ...call, number, place, name: name ?? call.name }
  const direction = internal ? 'internal' : 'inbound'
  return { ...call, direction, number, place, name, passedBy: call.number }
}
