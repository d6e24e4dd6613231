// Telephone sound: 8 kHz mono µ-law (G.711) in 20 ms frames, its WAV files, loudness and tones.
// Everything else in the exchange moves frames around without looking inside them.

export const SAMPLE_RATE = 8000
/** Samples, and in µ-law also bytes, of one 20 ms frame. */
export const FRAME = 160
export const FRAME_MS = 20

/** 20 ms of µ-law. */
export type Frame = Uint8Array

const MULAW_SILENCE = 0xff
export const SILENCE: Frame = new Uint8Array(FRAME).fill(MULAW_SILENCE)

const BIAS = 0x84
const CLIP = 32635

/** One 16-bit sample to µ-law (ITU-T G.711). */
export function encodeMulaw(sample: number): number {
  const sign = sample < 0 ? 0x80 : 0
  const magnitude = Math.min(Math.abs(sample), CLIP) + BIAS
  const exponent = Math.max(0, 24 - Math.clz32(magnitude))
  const mantissa = (magnitude >> (exponent + 3)) & 0x0f
  return ~(sign | (exponent << 4) | mantissa) & 0xff
}

const DECODED = Int16Array.from({ length: 256 }, (_, byte) => {
  const bits = ~byte & 0xff
  const exponent = (bits >> 4) & 0x07
  const magnitude = (((bits & 0x0f) << 3) + BIAS) << exponent
  return bits & 0x80 ? BIAS - magnitude : magnitude - BIAS
})

/** One µ-law byte to a 16-bit sample. */
export function decodeMulaw(byte: number): number {
  return DECODED[byte & 0xff] ?? 0
}

export function toMulaw(samples: ArrayLike<number>): Uint8Array {
  return Uint8Array.from(samples, encodeMulaw)
}

export function toSamples(mulaw: Uint8Array): Int16Array {
  return Int16Array.from(mulaw, decodeMulaw)
}

/** Loudness 0..1 of full scale; a full-scale sine is 0.707. */
export function rmsOf(mulaw: Uint8Array): number {
  let sum = 0
  for (const byte of mulaw) sum += decodeMulaw(byte) ** 2
  return mulaw.length === 0 ? 0 : Math.sqrt(sum / mulaw.length) / 32768
}

/** The sum of two voices, for conferences; clips rather than wraps. */
export function mixFrames(frames: readonly Frame[]): Frame {
  const [only] = frames
  if (frames.length === 1 && only) return only
  return Uint8Array.from({ length: FRAME }, (_, index) => {
    let sum = 0
    for (const frame of frames) sum += decodeMulaw(frame[index] ?? MULAW_SILENCE)
    return encodeMulaw(Math.max(-CLIP, Math.min(CLIP, sum)))
  })
}

/** Share (0..1) of the sound's energy that lies at this frequency (Goertzel's algorithm). */
export function toneShare(samples: ArrayLike<number>, hertz: number): number {
  const coefficient = 2 * Math.cos((2 * Math.PI * hertz) / SAMPLE_RATE)
  let previous = 0
  let beforePrevious = 0
  let energy = 0
  for (let index = 0; index < samples.length; index += 1) {
    const sample = samples[index] ?? 0
    const current = sample + coefficient * previous - beforePrevious
    beforePrevious = previous
    previous = current
    energy += sample * sample
  }
  if (energy === 0) return 0
  const power = previous ** 2 + beforePrevious ** 2 - coefficient * previous * beforePrevious
  return (2 * power) / (samples.length * energy)
}

/** The frequency, to 10 Hz, that holds most of the energy; null for speech, noise and silence. */
export function dominantTone(mulaw: Uint8Array): number | null {
  // A quarter second resolves 4 Hz, so 10 Hz steps leave no gap wide enough to hide a tone.
  const samples = toSamples(mulaw.subarray(0, SAMPLE_RATE / 4))
  if (rmsOf(mulaw) < 0.002) return null
  let best = { hertz: 0, share: 0 }
  for (let hertz = 200; hertz <= 3400; hertz += 2) {
    const share = toneShare(samples, hertz)
    if (share > best.share) best = { hertz, share }
  }
  return best.share >= 0.6 ? Math.round(best.hertz / 10) * 10 : null
}

/** A sine of the given length, as µ-law; `loudness` is its peak, 0..1. */
export function tone(hertz: number, seconds: number, loudness = 0.4): Uint8Array {
  return Uint8Array.from({ length: Math.round(seconds * SAMPLE_RATE) }, (_, index) =>
    encodeMulaw(Math.round(loudness * 32767 * Math.sin((2 * Math.PI * hertz * index) / SAMPLE_RATE))),
  )
}
