// The 20 ms beat of telephone sound.
import { FRAME_MS } from './audio.ts'

/** After a longer stall than this the beat skips ahead instead of catching up all at once. */
const MAX_CATCH_UP_MS = 500

/**
 * Calls `beat` once per 20 ms of real time with the number of the frame, until stopped. It counts against the
 * clock instead of trusting the timer: one setInterval of 20 drifts, and Windows ticks every 15.6 ms.
 */
export function startPacer(beat: (frame: number) => void): () => void {
  const startedAt = performance.now()
  let frame = 0
  const timer = setInterval(() => {
    const due = Math.floor((performance.now() - startedAt) / FRAME_MS)
    if ((due - frame) * FRAME_MS > MAX_CATCH_UP_MS) frame = due - 1
    for (; frame < due; frame += 1) beat(frame)
  }, FRAME_MS / 2)
  return () => clearInterval(timer)
}
