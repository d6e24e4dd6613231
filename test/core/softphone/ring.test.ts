// How a call rings, and when the program answers it by itself (docs/rules/audio.md).
import { describe, expect, test } from 'vitest'
import type { WorkEvent } from '../../../core/workstation.ts'
import { callOf } from '../../../core/softphone/lines.ts'
import { aReadySeat, anOffer, play } from '../../makers/seats.ts'
import { at, callId } from '../../makers/stamps.ts'

const offered = (n: number, ms: number, over = {}): WorkEvent => ({
  type: 'offered',
  call: anOffer(n, over),
  ...at(ms),
})
const on = (n: number, type: string, ms: number): WorkEvent =>
  ({ type, callId: callId(n), ...at(ms) }) as WorkEvent
const dos = (effects: readonly { do: string }[]) => effects.map((effect) => effect.do)
const kinds = (...events: WorkEvent[]) =>
  play(events, aReadySeat()).effects.flatMap((effect) => ('kind' in effect ? [effect.kind] : []))

test('[AUDIO-7] a call from the queue, a direct one, a colleague, and one while another line is in hand ring each in its own way', () => {
  expect(kinds(offered(1, 0))).toEqual(['queue'])
  expect(kinds(offered(1, 0, { queue: null }))).toEqual(['direct'])
  expect(kinds(offered(1, 0, { queue: null, internal: true }))).toEqual(['internal'])
  const talking = [offered(1, 0), on(1, 'answerPressed', 10), on(1, 'connected', 20)]
  expect(kinds(...talking, offered(2, 5000))).toEqual(['queue', 'second'])
})

describe('answering by itself', () => {
  const bySelf = aReadySeat({ autoAnswer: { seconds: 3 } })

  test('[AUDIO-8] off unless the policy says so', () => {
    for (const policy of [{}, { autoAnswer: null }])
      expect(dos(play([offered(1, 0)], aReadySeat(policy)).effects)).not.toContain('answerLater')
  })

  test('[AUDIO-8] a call from the queue rings, falls silent, beeps in the headset, and only then is answered', () => {
    const ringing = play([offered(1, 0)], bySelf)
    expect(ringing.effects).toContainEqual({ do: 'answerLater', callId: callId(1), afterMs: 3000 })
    expect(callOf(ringing.state, callId(1))?.autoAnswerTick).toBe(at(3000).tick)
    const due = play([on(1, 'autoAnswerDue', 3000)], ringing.state)
    expect(dos(due.effects)).toEqual(['stopRinging', 'beepThenAnswer'])
    expect(callOf(due.state, callId(1))?.phase.is).toBe('ringing')
    expect(dos(play([on(1, 'answerPressed', 3500)], due.state).effects)).toContain('answerCall')
  })

  test('[AUDIO-8] answered by hand before, given up or refused: the time that is up does nothing', () => {
    const answered = play([offered(1, 0), on(1, 'answerPressed', 1000)], bySelf).state
    expect(dos(play([on(1, 'autoAnswerDue', 3000)], answered).effects)).toEqual([])
    const gone = play(
      [offered(1, 0), { type: 'ended', callId: callId(1), by: 'them', cause: null, ...at(1000) }],
      bySelf,
    ).state
    expect(dos(play([on(1, 'autoAnswerDue', 3000)], gone).effects)).toEqual(['noteAnomaly'])
  })

  test('[AUDIO-8] never a direct or internal call, never beside another line, never for an agent who is not ready or a seat that is not fit', () => {
    const later = (...events: WorkEvent[]) =>
      dos(play(events, bySelf).effects).filter((name) => name === 'answerLater').length
    expect(later(offered(1, 0, { queue: null }))).toBe(0)
    expect(later(offered(1, 0, { queue: null, internal: true }))).toBe(0)
    expect(later(offered(1, 0), on(1, 'answerPressed', 5), on(1, 'connected', 9), offered(2, 50))).toBe(1)
    expect(later({ type: 'notReadyPressed', reason: 'XX', ...at(0) }, offered(1, 10))).toBe(0)
    const deaf: WorkEvent = {
      type: 'microphoneChanged',
      microphone: 'missing',
      label: '',
      moved: null,
      ...at(0),
    }
    expect(later(deaf, offered(1, 10))).toBe(0)
  })
})
