// What the far side notices of the seat's voice: speech begins, speech ends, and once a second how loud and which tone.
// Loudness only: nothing here understands words, and nothing is kept.
import { dominantTone, FRAME_MS, rmsOf, SAMPLE_RATE, type Frame } from './audio.ts'

/** A headset in a quiet room stays below this; a person speaking into it is well above. */
const SPEECH_RMS = 0.012
/** And speech is this much louder than whatever hums behind it. */
const OVER_NOISE = 3
/** Per frame: sound that goes on without a pause counts as noise after half a minute; a pause brings it back. */
const NOISE_RISE = 1.002
const QUIET_RMS = 0.004
/** Clicks are shorter than this. */
const SPEECH_MS = 120
/** Pauses between words are shorter than this. */
const PAUSE_MS = 700

export type Hearing = { isSpeech: boolean; changingMs: number; noise: number }

export const DEAF: Hearing = { isSpeech: false, changingMs: 0, noise: QUIET_RMS }

/** One frame's loudness in; the second word says whether speech just began or ended. */
export function stepHearing(
  hearing: Hearing,
  rms: number,
): [Hearing, 'speechStarted' | 'speechStopped' | null] {
  const noise = Math.max(QUIET_RMS, Math.min(rms, hearing.noise * NOISE_RISE))
  const isLoud = rms >= Math.max(SPEECH_RMS, noise * OVER_NOISE)
  if (isLoud === hearing.isSpeech) return [{ ...hearing, noise, changingMs: 0 }, null]
  const changingMs = hearing.changingMs + FRAME_MS
  const neededMs = hearing.isSpeech ? PAUSE_MS : SPEECH_MS
  if (changingMs < neededMs) return [{ ...hearing, noise, changingMs }, null]
  return [{ isSpeech: isLoud, changingMs: 0, noise }, isLoud ? 'speechStarted' : 'speechStopped']
}

export type Meter = { add(frame: Frame): void; read(): { rms: number; toneHz: number | null } }

/** The last second of sound; silence where none came. */
export function openMeter(): Meter {
  let second: Uint8Array = new Uint8Array(0)
  return {
    add(frame) {
      second = Buffer.concat([second, frame]).subarray(-SAMPLE_RATE)
    },
    read() {
      const reading = {
        rms: Math.round(rmsOf(second) * 1e4) / 1e4,
        toneHz: dominantTone(second.slice(-SAMPLE_RATE / 2)),
      }
      second = new Uint8Array(0)
      return reading
    },
  }
}
