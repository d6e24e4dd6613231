// Watches a connected call's sound: measures it, and sees when it is lost. Decides when to ask for repair and when
// to give up, because SIP.js lets a dead call stand for ever.
import type { CallQuality } from '../../../contract/softphone.ts'
import type { Clock } from '../../../core/ports.ts'
import type { Expected } from '../../../core/softphone/quality.ts'
import {
  recentQuality,
  startListening,
  takeSample,
  UNHEARD_MS,
  wholeQuality,
} from '../../../core/softphone/quality.ts'
import type { CallMedia } from './media.ts'

const SAMPLE_MS = 1_000
/** Every so many samples the quality is told. */
const TELL_EVERY = 2
/** A broken path often comes back by itself in this time, the four seconds of noticing included. */
const REPAIR_AFTER_MS = 6_000
/** Each try is good for a few seconds of connecting only; the one that meets the path when it is back must come soon. */
const REPAIR_EVERY_MS = 3_000
/** A path that seems whole and carries nothing is made anew; but the other side may be silent on purpose. */
const SILENCE_REPAIRS = 3
/** The browser tells a broken path only after so long. */
const NOTICE_MS = 4_000
/** With the line gone too, this long without sound ends the call (F03, F15: 15 s with the time it takes to notice). */
const GIVE_UP_LINE_MS = 12_000
const LINE_BLINK_MS = 4_000
/** Sound alone gone, the line good: a cut of 15 s, 5 s to come back from it, and some to spare (decision 0015). */
const GIVE_UP_PATH_MS = 25_000

export type CallWatch = {
  start(): void
  /** The whole call's quality; null: it never had sound. */
  stop(): CallQuality | null
  repaired: () => void
}

export function watchCall(deps: {
  clock: Clock
  media: CallMedia
  /** While held, or muted by the agent, silence means nothing. */
  expected(): Expected
  isLineGood(): boolean
  measured(quality: CallQuality): void
  repair(): void
  giveUp(reason: 'lineLost' | 'soundLost'): void
}): CallWatch {
  const { clock, media } = deps
  let listening = startListening(clock.tick())
  let isRunning = false
  let cancelTimer = () => {}
  let round = 0
  let wasHeard = true
  let hasPath = false
  let wasSaid = true
  let pathLostTick: number | null = null
  let repairTick = Number.NEGATIVE_INFINITY
  let silenceRepairs = 0
  let lineLostTick: number | null = null
  let wasSilent = false

  media.onPath((path) => {
    hasPath = path === 'found'
    pathLostTick = hasPath ? null : (pathLostTick ?? clock.tick())
  })

  async function look() {
    const sample = await media.sample()
    if (!isRunning) return
    if (sample !== null) {
      listening = takeSample(listening, sample, deps.expected())
      const quality = recentQuality(listening)
      round += 1
      const isNews = quality?.heard !== wasHeard || quality?.said !== wasSaid
      if (quality !== null && (round % TELL_EVERY === 0 || isNews)) {
        wasHeard = quality.heard
        wasSaid = quality.said !== false
        deps.measured(quality)
      }
    }
    judge()
  }

  function judge() {
    const tick = clock.tick()
    const silentMs = deps.expected().hears ? tick - listening.heardTick : 0
    const brokenMs = pathLostTick === null ? 0 : tick - pathLostTick + NOTICE_MS
    if (!deps.isLineGood()) {
      lineLostTick ??= tick
      // Sound without a line goes on: only both gone is the end, and a line that blinks is not gone.
      const isBothGone = Math.max(silentMs, brokenMs) >= GIVE_UP_LINE_MS
      if (isBothGone && tick - lineLostTick >= LINE_BLINK_MS) deps.giveUp('lineLost')
      return
    }
    lineLostTick = null
    if (brokenMs >= GIVE_UP_PATH_MS) deps.giveUp('soundLost')
    else if (brokenMs >= REPAIR_AFTER_MS && tick - repairTick >= REPAIR_EVERY_MS) {
      repairTick = tick
      deps.repair()
    }
    const isSilent = silentMs >= UNHEARD_MS && brokenMs === 0
    if (isSilent && !wasSilent && silenceRepairs < SILENCE_REPAIRS) {
      silenceRepairs += 1
      deps.repair()
    }
    wasSilent = isSilent
  }

  function schedule() {
    cancelTimer = clock.after(SAMPLE_MS, () => {
      look()
        .catch(() => {})
        .finally(() => isRunning && schedule())
    })
  }

  return {
    start() {
      isRunning = true
      listening = startListening(clock.tick())
      // A path that does not come up at all tells nothing: it is counted as broken from here.
      if (!hasPath) pathLostTick ??= clock.tick()
      schedule()
    },
    stop() {
      isRunning = false
      cancelTimer()
      return wholeQuality(listening)
    },
    repaired() {
      repairTick = clock.tick()
    },
  }
}
