// Where a caller's voice may come out, and when the other side hears nothing of us.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Hearing } from '../../../core/softphone/sound.ts'
import { chooseEar, isWorn } from '../../../core/softphone/sound.ts'
import type { Loudness, Saying } from '../../../core/softphone/saying.ts'
import { isSaid, startSaying, stepSaying } from '../../../core/softphone/saying.ts'

const headset = { id: 'h', label: '耳机 (USB Headset H540)' }
const boxes = { id: 'b', label: 'Speakers (Realtek Audio)' }
const screen = { id: 's', label: 'DELL U2720Q' }
const hearing = (over: Partial<Hearing>): Hearing => ({
  wanted: null,
  outputs: [boxes, headset],
  standard: headset,
  last: headset,
  agreed: [],
  ...over,
})

describe('where callers are heard', () => {
  test('[AUDIO-4] [F72] the headset pulled out: the loudspeaker left over waits for the agent’s word', () => {
    const pulled = { outputs: [boxes], standard: boxes }
    expect(chooseEar(hearing({ ...pulled, wanted: 'h' }))).toEqual({ is: 'asks', ...boxes })
    expect(chooseEar(hearing(pulled))).toEqual({ is: 'asks', ...boxes })
    expect(chooseEar(hearing({ ...pulled, agreed: ['b'] }))).toEqual({ is: 'plays', ...boxes })
    expect(chooseEar(hearing({ wanted: 'h' }))).toEqual({ is: 'plays', ...headset })
    expect(chooseEar(hearing({ outputs: [], standard: null }))).toEqual({ is: 'missing' })
  })

  test('[AUDIO-4] [F72] another thing worn on the head takes over by itself', () => {
    const other = { id: 'o', label: 'Jabra Evolve2 65' }
    const left = { outputs: [boxes, other], standard: other, wanted: 'h' }
    expect(chooseEar(hearing(left))).toEqual({ is: 'plays', ...other })
  })

  test('[F74] a default moved by hand is followed: the old device is still there', () => {
    expect(chooseEar(hearing({ standard: boxes }))).toEqual({ is: 'plays', ...boxes })
    expect(chooseEar(hearing({ standard: boxes, last: null }))).toEqual({ is: 'plays', ...boxes })
  })

  test('[AUDIO-4] whatever is plugged in and out: no voice on a device that is neither worn, chosen, agreed to, nor the default left alone', () => {
    const outputs = fc.subarray([headset, boxes, screen])
    fc.assert(
      fc.property(
        outputs,
        fc.constantFrom(null, 'h', 'b', 's'),
        fc.constantFrom(null, headset, boxes, screen),
        fc.subarray(['b', 's']),
        fc.nat(),
        (plugged, wanted, last, agreed, pick) => {
          const standard = plugged[pick % Math.max(1, plugged.length)] ?? null
          const ear = chooseEar({ wanted, outputs: plugged, standard, last, agreed })
          expect(ear.is === 'missing').toBe(plugged.length === 0)
          if (ear.is !== 'plays' || isWorn(ear.label)) return
          const isOwnWish = ear.id === wanted || agreed.includes(ear.id)
          const isUntouched = last === null || last.id === ear.id || plugged.some(({ id }) => id === last.id)
          expect(isOwnWish || (wanted === null && isUntouched)).toBe(true)
        },
      ),
    )
  })
})

describe('whether the other side hears us', () => {
  const add = (from: Loudness | null, rms: number): Loudness => ({
    energy: (from?.energy ?? 0) + rms * rms,
    seconds: (from?.seconds ?? 0) + 1,
  })
  const talk = (
    seconds: number,
    ours: number,
    theirs: number,
    from = startSaying(0),
    isDue = true,
  ): Saying => {
    let saying = from
    for (let n = 0; n < seconds; n += 1) {
      const tick = (saying.ours?.seconds ?? 0) * 1000 + 1000
      saying = stepSaying(
        saying,
        { tick, ours: add(saying.ours, ours), theirs: add(saying.theirs, theirs) },
        isDue,
      )
    }
    return saying
  }
  const said = (saying: Saying) => isSaid(saying, (saying.ours?.seconds ?? 0) * 1000)
  const ROOM = 0.0003
  const VOICE = 0.05

  test('[AUDIO-1] [F75] a microphone that gives nothing while they speak is told within five seconds, and over with the first sound', () => {
    const before = talk(10, VOICE, VOICE)
    expect(said(talk(3, 0, VOICE, before))).toBe(true)
    const dead = talk(4, 0, VOICE, before)
    expect(said(dead)).toBe(false)
    expect(said(talk(1, ROOM, VOICE, dead))).toBe(true)
    expect(talk(1, ROOM, VOICE, dead).wasUnsaid).toBe(true)
  })

  test('[AUDIO-1] an agent who only listens in a quiet room is no trouble, nor is silence on both sides', () => {
    expect(said(talk(60, ROOM, VOICE))).toBe(true)
    expect(said(talk(60, 0, 0))).toBe(true)
  })

  test('[AUDIO-1] muted by the agent or on hold, nothing is due; afterwards the span begins anew', () => {
    const muted = talk(60, 0, VOICE, startSaying(0), false)
    expect(said(muted)).toBe(true)
    expect(said(talk(3, 0, VOICE, muted))).toBe(true)
    expect(said(talk(5, 0, VOICE, muted))).toBe(false)
  })

  test('[F74] totals that begin anew with another microphone say nothing', () => {
    const before = talk(10, VOICE, VOICE)
    const fresh = stepSaying(
      before,
      { tick: 11_000, ours: { energy: 0, seconds: 0 }, theirs: before.theirs },
      true,
    )
    expect(isSaid(fresh, 11_000)).toBe(true)
    expect(fresh.saidTick).toBe(11_000)
  })
})
