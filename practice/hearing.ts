// What the far side notices of the seat's voice: speech begins, speech ends, and once a second how loud and which tone.
// Loudness only: nothing here understands words, and nothing is kept.
import { dominantTone, FRAME_MS, rmsOf, SAMPLE_RATE, type Frame } from './audio.ts'

/** A headset in a quiet room stays below this; a person speaking into it is well above. */
const SPEECH_RMS = 0.012
/** Clicks are shorter than this. */
const SPEECH_MS = 120
/** Pauses between words are shorter than this. */
const PAUSE_MS = 700

export type Hearing = { isSpeech: boolean; changingMs: number }

export const DEAF: Hearing = { isSpeech: false, changingMs: 0 }

/** One frame's loudness in; the third word says whether speech just began or ended. */
export function stepHearing(
  hearing: Hearing,
  rms: number,
): [Hearing, 'speechStarted' | 'speechStopped' | null] {
  const isLoud = rms >= SPEECH_RMS
  if (isLoud === hearing.isSpeech) return [{ ...hearing, changingMs: 0 }, null]
  const changingMs = hearing.changingMs + FRAME_MS
  if (changingMs < (hearing.isSpeech ? PAUSE_MS : SPEECH_MS)) return [{ ...hearing, changingMs }, null]
  return [{ isSpeech: isLoud, changingMs: 0 }, isLoud ? 'speechStarted' : 'speechStopped']
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
