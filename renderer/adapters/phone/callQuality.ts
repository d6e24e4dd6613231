// Reads WebRTC's statistics of one call into the few numbers core reckons with (core/softphone/quality.ts).
import type { VoiceSample } from '../../../core/softphone/quality.ts'

/** null: nothing has been received yet. */
export function readVoice(stats: RTCStatsReport, tick: number): VoiceSample | null {
  let inbound: RTCInboundRtpStreamStats | null = null
  let reportedMs: number | null = null
  let pathMs: number | null = null
  // RTCStatsReport is typed as a map of `any`.
  const rows = [...(stats as unknown as ReadonlyMap<string, RTCStats>).values()]
  for (const row of rows) {
    if (isInboundVoice(row)) inbound = row
    else if (isFarReport(row)) reportedMs = milliseconds(row.roundTripTime) ?? reportedMs
    else if (isPath(row) && row.nominated === true) pathMs = milliseconds(row.currentRoundTripTime) ?? pathMs
  }
  if (inbound === null) return null
  return {
    tick,
    received: inbound.packetsReceived ?? 0,
    lost: inbound.packetsLost ?? 0,
    jitterMs: milliseconds(inbound.jitter) ?? 0,
    roundTripMs: reportedMs ?? pathMs,
  }
}

type FarReport = RTCStats & { roundTripTime?: number }

const isInboundVoice = (row: RTCStats): row is RTCInboundRtpStreamStats =>
  row.type === 'inbound-rtp' && (row as RTCInboundRtpStreamStats).kind === 'audio'
const isFarReport = (row: RTCStats): row is FarReport => row.type === 'remote-inbound-rtp'
const isPath = (row: RTCStats): row is RTCIceCandidatePairStats => row.type === 'candidate-pair'

const milliseconds = (seconds: number | undefined) => (seconds === undefined ? null : seconds * 1000)
