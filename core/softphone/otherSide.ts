// Somebody else comes to the other end of a line.
import type { Call, CallEvent } from './call.ts'

/**
 * [CALL-23] A colleague put somebody through: a worker at the other end is a worker's call, guarded and written up. Who
 * comes on the line of a consultation is a matter of their own, and no part of the call the colleague was asked about.
 */
export const otherSide = (call: Call, event: Extract<CallEvent, { type: 'otherSideChanged' }>): Call => {
  const { number, name, internal } = event
  const place = number === call.number ? call.place : (event.place ?? null)
  if (call.direction !== 'internal') return { ...call, number, place, name: name ?? call.name }
  const next = { ...call, number, place, name, passedBy: call.number }
  if (internal) return next
  const callRef = call.madeFor === null ? call.callRef : null
  return { ...next, direction: 'inbound', madeFor: null, callRef }
}
