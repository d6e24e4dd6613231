// How good a call sounds, from what the network does to it. Decides the figure and what counts as unheard;
// the phone adapter takes the samples, the screens choose the colours.
import type { CallQuality } from '../../contract/softphone.ts'
import type { Curve } from './qualityCurve.ts'
import { addPoint, startCurve } from './qualityCurve.ts'
import type { Loudness, Saying } from './saying.ts'
import { isSaid, startSaying, stepSaying } from './saying.ts'

/** Running totals of one call's received voice, as WebRTC counts them. */
export type VoiceSample = {
  /** Monotonic ms. */
  readonly tick: number
  readonly received: number
  readonly lost: number
  readonly jitterMs: number
  /** null: the other side sent no report yet. */
  readonly roundTripMs: number | null
  /** How loud our microphone and the other side were; null: not told. */
  readonly ours: Loudness | null
  readonly theirs: Loudness | null
}

/** What should be going on: held, nothing is heard or said; muted by the agent, nothing is said. */
export type Expected = { readonly hears: boolean; readonly speaks: boolean }

/** Unheard this long, the next look tells the agent: within five seconds (F25). */
export const UNHEARD_MS = 4_000
/** The span the live figure looks back on. */
export const RECENT_MS = 10_000

/**
 * Estimated mean opinion score 1–4.5 by the E-model, ITU-T G.107 (06/2015), reduced to what a softphone sees:
 *   R = 93.2 − Id − Ie,eff
 *   Id = 0.024·d + 0.11·(d − 177.3)·[d > 177.3]       one-way delay d in ms (G.107 annex, Cole & Rosenbluth 2001)
 *   Ie,eff = Ie + (95 − Ie)·Ppl ÷ (Ppl + Bpl)         Ppl: loss in %; G.711 with concealment: Ie 0, Bpl 25.1 (G.113 App. I)
 *   MOS = 1 + 0.035·R + 7·10⁻⁶·R·(R − 60)·(100 − R)   (G.107 annex B)
 * d = half the round trip + a play-out buffer of two jitters + 20 ms of packet and codec.
 */
export function estimateMos(loss: number, jitterMs: number, roundTripMs: number | null): number {
  const delay = (roundTripMs ?? 0) / 2 + 2 * jitterMs + 20
  const delayImpairment = 0.024 * delay + (delay > 177.3 ? 0.11 * (delay - 177.3) : 0)
  const percent = loss * 100
  const lossImpairment = (95 * percent) / (percent + 25.1)
  const rating = 93.2 - delayImpairment - lossImpairment
  if (rating <= 0) return 1
  const score = 1 + 0.035 * rating + 7e-6 * rating * (rating - 60) * (100 - rating)
  return Math.min(4.5, Math.max(1, Math.round(score * 100) / 100))
}

/** What is remembered of a call's samples: the first, the recent ones, and the longest silence. */
export type Listening = {
  readonly first: VoiceSample | null
  readonly recent: readonly VoiceSample[]
  /** When the count of received packets last grew, or listening (re)started. */
  readonly heardTick: number
  readonly wasUnheard: boolean
  readonly jitterSum: number
  readonly samples: number
  readonly curve: Curve
  readonly saying: Saying
}

export function startListening(tick: number): Listening {
  return {
    first: null,
    recent: [],
    heardTick: tick,
    wasUnheard: false,
    jitterSum: 0,
    samples: 0,
    curve: startCurve(tick),
    saying: startSaying(tick),
  }
}

/** Silence that is expected counts for nothing. */
export function takeSample(listening: Listening, sample: VoiceSample, expected: Expected): Listening {
  const last = listening.recent.at(-1)
  const grew = sample.received > (last?.received ?? 0)
  const heardTick = grew || !expected.hears ? sample.tick : listening.heardTick
  const taken = {
    first: listening.first ?? sample,
    recent: [...listening.recent.filter((old) => sample.tick - old.tick <= RECENT_MS), sample],
    heardTick,
    wasUnheard: listening.wasUnheard || sample.tick - heardTick >= UNHEARD_MS,
    jitterSum: listening.jitterSum + sample.jitterMs,
    samples: listening.samples + 1,
    curve: listening.curve,
    saying: stepSaying(listening.saying, sample, expected.speaks),
  }
  const mos = expected.hears ? (recentQuality(taken)?.mos ?? null) : null
  return { ...taken, curve: addPoint(listening.curve, sample.tick, mos) }
}

/** The last ten seconds, for the live badge. null: nothing sampled yet. */
export function recentQuality(listening: Listening): CallQuality | null {
  const [from] = listening.recent
  const to = listening.recent.at(-1)
  if (!from || !to) return null
  return qualityOf(
    lossBetween(from, to),
    to.jitterMs,
    to.roundTripMs,
    to.tick - listening.heardTick < UNHEARD_MS,
    isSaid(listening.saying, to.tick),
  )
}

/** The whole call, for its record. null: nothing sampled. */
export function wholeQuality(listening: Listening): CallQuality | null {
  const to = listening.recent.at(-1)
  if (!to || listening.samples === 0) return null
  const start = { ...to, received: 0, lost: 0 }
  const jitterMs = listening.jitterSum / listening.samples
  const whole = qualityOf(
    lossBetween(start, to),
    jitterMs,
    to.roundTripMs,
    !listening.wasUnheard,
    !listening.saying.wasUnsaid,
  )
  const { everyMs, mos } = listening.curve
  return mos.length === 0 ? whole : { ...whole, curve: { everyMs, mos } }
}

function qualityOf(
  loss: number,
  jitterMs: number,
  roundTripMs: number | null,
  heard: boolean,
  said: boolean,
): CallQuality {
  const mos = heard ? estimateMos(loss, jitterMs, roundTripMs) : 1
  return { loss, jitterMs, roundTripMs, mos, heard, said }
}

function lossBetween(from: VoiceSample, to: VoiceSample): number {
  // WebRTC's count of lost packets can fall again when late ones arrive.
  const lost = Math.max(0, to.lost - from.lost)
  const expected = lost + Math.max(0, to.received - from.received)
  return expected === 0 ? 0 : lost / expected
}
