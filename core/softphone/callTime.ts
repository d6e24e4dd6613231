// How long a call has lasted as its timer shows it, on the monotonic clock [CALL-9].
import type { Call } from './call.ts'

/** Ms both sides have been connected, time on hold included; 0 before that. */
export const connectedMs = (call: Call, tick: number): number => {
  const { phase } = call
  if (phase.is === 'talking' || phase.is === 'held')
    return phase.talkMs + phase.holdMs + Math.max(0, tick - phase.sinceTick)
  return phase.is === 'ended' ? phase.talkMs + phase.holdMs : 0
}

/** Ms the bar shows for this call: since the offer while it rings or is dialled, since the connection afterwards. */
export const shownMs = (call: Call, tick: number): number => {
  const early = call.phase.is === 'ringing' || call.phase.is === 'answering' || call.phase.is === 'dialling'
  return early ? Math.max(0, tick - call.offeredTick) : connectedMs(call, tick)
}
