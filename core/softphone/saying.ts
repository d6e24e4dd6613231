// Does the other side hear us? A live microphone is never without any noise at all; one that gives nothing while they
// speak to us is muted by its own key, unplugged or dead, and the agent is told before the worker gives up.

/** Running totals of one direction's sound, as WebRTC counts them: energy (of full scale squared) over seconds. */
export type Loudness = { readonly energy: number; readonly seconds: number }

/** Without a sound of ours for so long, the next look tells: within five seconds. */
export const UNSAID_MS = 4_000
/** Root mean square under which a microphone gives nothing: −86 dB, below the noise of any open one. */
const DEAD = 5e-5
/** Above it they speak: −48 dB. */
const SPEECH = 0.004

export type Saying = {
  readonly ours: Loudness | null
  readonly theirs: Loudness | null
  /** When we last gave a sound, or none was due. */
  readonly saidTick: number
  /** They have spoken since. */
  readonly theySpoke: boolean
  readonly wasUnsaid: boolean
}

export const startSaying = (tick: number): Saying => ({
  ours: null,
  theirs: null,
  saidTick: tick,
  theySpoke: false,
  wasUnsaid: false,
})

/** `isDue` false: muted by the agent, or held. A total that is missing or began anew says nothing. */
export const stepSaying = (
  before: Saying,
  sample: { readonly tick: number; readonly ours: Loudness | null; readonly theirs: Loudness | null },
  isDue: boolean,
): Saying => {
  const { ours, theirs, tick } = sample
  const level = between(before.ours, ours)
  if (!isDue || level === null || level > DEAD)
    return { ...before, ours, theirs, saidTick: tick, theySpoke: false }
  const theySpoke = before.theySpoke || (between(before.theirs, theirs) ?? 0) > SPEECH
  const next = { ...before, ours, theirs, theySpoke }
  return { ...next, wasUnsaid: before.wasUnsaid || !isSaid(next, tick) }
}

export const isSaid = (saying: Saying, tick: number): boolean =>
  !(saying.theySpoke && tick - saying.saidTick >= UNSAID_MS)

const between = (from: Loudness | null, to: Loudness | null): number | null => {
  if (from === null || to === null || to.seconds <= from.seconds) return null
  return Math.sqrt(Math.max(0, to.energy - from.energy) / (to.seconds - from.seconds))
}
