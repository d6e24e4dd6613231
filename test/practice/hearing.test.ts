// What the far side notices of the seat's voice, and how sound passes between parties.
import { describe, expect, test } from 'vitest'
import { FRAME, rmsOf, SILENCE, tone } from '../../practice/audio.ts'
import { DEAF, openMeter, stepHearing } from '../../practice/hearing.ts'
import { after, bridge, echo, frameQueue, room } from '../../practice/party.ts'

const loud = tone(500, 0.02)

/** Changes noticed, with the millisecond they were noticed at. */
function listenTo(frames: number[]): string[] {
  let hearing = DEAF
  return frames.flatMap((rms, index) => {
    const [next, change] = stepHearing(hearing, rms)
    hearing = next
    return change ? [`${(index + 1) * 20}:${change}`] : []
  })
}

const of = (ms: number, rms: number) => Array.from({ length: ms / 20 }, () => rms)

describe('hearing', () => {
  test('speech is noticed after 120 ms and over after 700 ms of quiet', () => {
    expect(listenTo([...of(1000, 0.001), ...of(1000, 0.1), ...of(1000, 0.001)])).toEqual([
      '1120:speechStarted',
      '2700:speechStopped',
    ])
  })

  test('a click is no speech and a pause between words is no end', () => {
    expect(
      listenTo([...of(80, 0.3), ...of(500, 0), ...of(400, 0.1), ...of(400, 0), ...of(400, 0.1)]),
    ).toEqual(['700:speechStarted'])
  })

  test('a hum that never pauses is no speech in the end, and a voice above it is', () => {
    const hum = listenTo([...of(60_000, 0.02), ...of(1000, 0.15), ...of(1000, 0.02)])
    expect(hum.map((change) => change.split(':')[1])).toEqual([
      'speechStarted',
      'speechStopped',
      'speechStarted',
      'speechStopped',
    ])
    expect(Number.parseInt(hum[1] ?? '', 10)).toBeLessThan(15_000)
    expect(hum[2]).toBe('60120:speechStarted')
  })

  test('a voice with its pauses stays a voice, however long it speaks', () => {
    const sentence = [...of(2000, 0.1), ...of(300, 0.002)]
    const speech = Array.from({ length: 60 }, () => sentence).flat()
    expect(listenTo(speech)).toEqual(['120:speechStarted'])
  })

  test('the meter tells loudness and tone of the last second and starts anew', () => {
    const meter = openMeter()
    meter.add(tone(1000, 1, 0.4))
    expect(meter.read()).toEqual({ rms: expect.closeTo(0.283, 2), toneHz: 1000 })
    expect(meter.read()).toEqual({ rms: 0, toneHz: null })
  })
})

describe('parties', () => {
  test('a queue cuts whatever comes into frames and lets the oldest go', () => {
    const queue = frameQueue(2)
    queue.put(new Uint8Array(FRAME - 60).fill(1))
    expect(queue.take()).toBeNull()
    queue.put(new Uint8Array(60 + 2 * FRAME).fill(2))
    expect([queue.take(), queue.take(), queue.take()]).toEqual([
      new Uint8Array(FRAME).fill(2),
      new Uint8Array(FRAME).fill(2),
      null,
    ])
  })

  test('over a bridge each hears the other and not itself', () => {
    const [first, second] = bridge()
    first.hear(loud)
    expect(first.speak()).toBeNull()
    expect(second.speak()).toEqual(loud)
  })

  test('an echo gives back what it heard, a moment later', () => {
    const party = echo(3)
    const said = Array.from({ length: 6 }, () => {
      party.hear(loud)
      return party.speak() !== null
    })
    expect(said).toEqual([false, false, false, true, true, true])
  })

  test('an opening is said before the echo begins', () => {
    const party = after([tone(500, 0.04)], echo(0))
    party.hear(SILENCE)
    expect([party.speak(), party.speak()].map((frame) => frame !== null)).toEqual([true, true])
    party.hear(loud)
    expect(party.speak()).toEqual(loud)
  })

  test('in a conference everyone hears all the others, and nobody who left', () => {
    const meeting = room()
    const [one, two, three] = [meeting.enter(), meeting.enter(), meeting.enter()]
    one.party.hear(loud)
    two.party.hear(loud)
    expect(rmsOf(three.party.speak() ?? SILENCE)).toBeGreaterThan(rmsOf(loud) * 1.5)
    expect(one.party.speak()).toEqual(loud)
    two.leave()
    one.party.hear(loud)
    expect(two.party.speak()).toEqual(loud)
    expect(two.party.speak()).toBeNull()
    expect(three.party.speak()).toEqual(loud)
  })
})
