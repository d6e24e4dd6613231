// Reads WebRTC's statistics of one call into the few numbers core reckons with (core/softphone/quality.ts).
import type { VoiceSample } from '../../../core/softphone/quality.ts'
import type { Loudness } from '../../../core/softphone/saying.ts'

/** The fields of all kinds of rows that matter here; which are there depends on the row's type. */
type Row = {
  readonly type: string
  readonly kind?: string
  readonly packetsReceived?: number
  readonly packetsLost?: number
  readonly jitter?: number
  readonly roundTripTime?: number
  readonly nominated?: boolean
  readonly currentRoundTripTime?: number
  readonly totalAudioEnergy?: number
  readonly totalSamplesDuration?: number
}

/** Before the first packet there is no row to read: that is a count of nothing, not nothing to count. */
export function readVoice(stats: RTCStatsReport, tick: number): VoiceSample {
  const rows: Row[] = []
  stats.forEach((row: Row) => rows.push(row))
  const inbound = rows.find((row) => row.type === 'inbound-rtp' && row.kind === 'audio')
  // What the PBX reports of our voice; before its first report, the path's own checks.
  const report = rows.find((row) => row.type === 'remote-inbound-rtp')
  const path = rows.find((row) => row.type === 'candidate-pair' && row.nominated === true)
  const source = rows.find((row) => row.type === 'media-source' && row.kind === 'audio')
  const roundTrip = report?.roundTripTime ?? path?.currentRoundTripTime
  return {
    tick,
    received: inbound?.packetsReceived ?? 0,
    lost: inbound?.packetsLost ?? 0,
    jitterMs: (inbound?.jitter ?? 0) * 1000,
    roundTripMs: roundTrip === undefined ? null : roundTrip * 1000,
    ours: loudnessOf(source),
    theirs: loudnessOf(inbound),
  }
}

function loudnessOf(row: Row | undefined): Loudness | null {
  const { totalAudioEnergy: energy, totalSamplesDuration: seconds } = row ?? {}
  return energy === undefined || seconds === undefined ? null : { energy, seconds }
}
