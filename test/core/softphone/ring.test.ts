// How a call rings, and when the program answers it by itself (docs/rules/audio.md).
import { describe, expect, test } from 'vitest'
import type { WorkEvent, Workstation } from '../../../core/workstation.ts'
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

test('[SEAT-14] a policy changed at the centre holds for the next call', () => {
  const policy = { secondCall: 'busy', ringSeconds: 40, autoAnswer: { seconds: 3 } } as const
  const { state } = play([{ type: 'policyChanged', policy, ...at(0) }], aReadySeat())
  const beside = play(
    [offered(1, 1000), on(1, 'answerPressed', 2000), on(1, 'connected', 2050), offered(2, 9000)],
    state,
  )
  expect(beside.effects).toContainEqual({ do: 'answerLater', callId: callId(1), afterMs: 3000 })
  expect(beside.effects).toContainEqual({ do: 'rejectCall', callId: callId(2), how: 'busy' })
  const gone = { ...on(1, 'ended', 25_000), by: 'them', cause: null } as WorkEvent
  expect(play([offered(1, 0), gone], state).effects).toContainEqual(
    expect.objectContaining({ do: 'finishCall', record: expect.objectContaining({ outcome: 'abandoned' }) }),
  )
})

const bySelf = aReadySeat({ autoAnswer: { seconds: 3 } })

describe('the bell fits what rings now', () => {
  const gone = (n: number, ms: number): WorkEvent =>
    ({ ...on(n, 'ended', ms), by: 'them', cause: null }) as WorkEvent
  const direct = { queue: null }
  /** What is done about the bell, as it was done: "queue", "second" …, or "stop". */
  const bell = (seat: Workstation, ...events: WorkEvent[]) =>
    play(events, seat).effects.flatMap((effect) => {
      if (effect.do === 'startRinging') return [effect.kind]
      return effect.do === 'stopRinging' ? ['stop'] : []
    })

  test('[AUDIO-11] of two that ring one is answered: the other asks softly', () => {
    const heard = bell(aReadySeat(), offered(1, 0), offered(2, 1000, direct), on(1, 'answerPressed', 2000))
    expect(heard).toEqual(['queue', 'stop', 'second'])
  })

  test('[AUDIO-11] one is answered by itself while another rings: the other is heard', () => {
    const heard = bell(bySelf, offered(1, 0), offered(2, 1000, direct), on(1, 'autoAnswerDue', 3000))
    expect(heard).toEqual(['queue', 'stop', 'second'])
  })

  test('[AUDIO-11] the line in hand ends while another rings: it rings aloud', () => {
    const talking = [offered(1, 0), on(1, 'answerPressed', 10), on(1, 'connected', 20)]
    const heard = bell(aReadySeat(), ...talking, offered(2, 5000), gone(1, 6000), gone(2, 9000))
    expect(heard).toEqual(['queue', 'stop', 'second', 'stop', 'queue', 'stop'])
  })

  test('[AUDIO-11] the first of two gives up: the tone is the other one’s, and the same tone goes on without a break', () => {
    expect(bell(aReadySeat(), offered(1, 0), offered(2, 1000, direct), gone(1, 2000))).toEqual([
      'queue',
      'stop',
      'direct',
    ])
    expect(bell(aReadySeat(), offered(1, 0), offered(2, 1000), gone(1, 2000))).toEqual(['queue'])
  })

  test('[AUDIO-11] sent back it is silent at once, and refused by policy it never rings', () => {
    const reject = { ...on(1, 'rejectPressed', 500), how: 'decline' } as WorkEvent
    expect(bell(aReadySeat(), offered(1, 0), reject, gone(1, 600))).toEqual(['queue', 'stop'])
    const busy = aReadySeat({ secondCall: 'busy' })
    expect(bell(busy, offered(1, 0), offered(2, 100), gone(2, 110), gone(1, 200))).toEqual(['queue', 'stop'])
  })

  test('[AUDIO-11] signing out silences it', () => {
    expect(bell(aReadySeat(), offered(1, 0), { type: 'signedOut', ...at(10) })).toEqual(['queue', 'stop'])
  })
})

describe('a call from the queue that rings out', () => {
  const out = (n: number, ms: number): WorkEvent =>
    ({ ...on(n, 'ended', ms), by: 'them', cause: null }) as WorkEvent
  const answered = (n: number, ms: number) => [on(n, 'answerPressed', ms), on(n, 'connected', ms + 20)]
  const after = (...events: WorkEvent[]) => {
    const { state, effects } = play([offered(1, 0), ...events], aReadySeat())
    const missed = effects.filter(
      (effect) => effect.do === 'finishCall' && effect.record.outcome === 'missed',
    )
    const reason = state.seat.is === 'signedIn' && state.seat.rest.is === 'notReady' && state.seat.rest.reason
    return { missed: missed.length, reason }
  }

  test('[SEAT-4] beside a line in hand it is missed, and says nothing of an agent who talks', () => {
    const lines = [...answered(1, 10), offered(2, 5_000)]
    expect(after(...lines, out(2, 25_100))).toEqual({ missed: 1, reason: false })
    // The line ended a second before it rang out.
    expect(after(...lines, out(1, 24_000), out(2, 25_100))).toEqual({ missed: 1, reason: false })
    // They rang together, the other one was taken.
    expect(after(offered(2, 100), ...answered(1, 200), out(2, 20_200))).toEqual({ missed: 1, reason: false })
  })

  test('[SEAT-4] the rest chosen before or while it rang keeps its reason', () => {
    const meal: WorkEvent = { type: 'notReadyPressed', reason: 'meal', ...at(5_000) }
    expect(after(meal, out(1, 20_100))).toEqual({ missed: 1, reason: 'meal' })
  })

  test('[SEAT-4] two that ring out together, and the next one that rings alone, were left waiting', () => {
    expect(after(offered(2, 100), out(1, 20_000), out(2, 20_200))).toEqual({ missed: 2, reason: 'RONA' })
    const next = [...answered(1, 10), out(1, 9_000), offered(2, 10_000), out(2, 30_100)]
    expect(after(...next)).toEqual({ missed: 1, reason: 'RONA' })
  })
})

describe('answering by itself', () => {
  test('[AUDIO-8] off unless the policy says so', () => {
    for (const policy of [{}, { autoAnswer: null }])
      expect(dos(play([offered(1, 0)], aReadySeat(policy)).effects)).not.toContain('answerLater')
  })

  test('[AUDIO-8] a call from the queue rings, falls silent, beeps in the headset, and only then is answered', () => {
    const ringing = play([offered(1, 0)], bySelf)
    expect(ringing.effects).toContainEqual({ do: 'answerLater', callId: callId(1), afterMs: 3000 })
    expect(callOf(ringing.state, callId(1))?.autoAnswer).toEqual({ tick: at(3000).tick, isDue: false })
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

  test('[AUDIO-8] while it counts down the agent takes up another one: it waits for a hand', () => {
    const other = [offered(2, 1000, { queue: null }), on(2, 'answerPressed', 2000), on(2, 'connected', 2050)]
    const { state } = play([offered(1, 0), ...other], bySelf)
    expect(callOf(state, callId(1))?.autoAnswer).toBeNull()
    expect(dos(play([on(1, 'autoAnswerDue', 3000)], state).effects)).toEqual([])
    expect(dos(play([on(1, 'answerPressed', 3500)], state).effects)).toContain('answerCall')
  })

  test('[AUDIO-8] not ready said, or the headset pulled, while it counts down: it rings on and waits for a hand', () => {
    const pulled = { type: 'earChanged', ear: { is: 'missing' }, moved: 'gone', ...at(1000) } as const
    for (const event of [{ type: 'notReadyPressed', reason: 'XX', ...at(1000) } as const, pulled]) {
      const { state } = play([offered(1, 0), event], bySelf)
      expect(callOf(state, callId(1))?.autoAnswer).toBeNull()
      const due = play([on(1, 'autoAnswerDue', 3000)], state)
      expect(due.effects).toEqual([])
      expect(dos(play([on(1, 'answerPressed', 3500)], due.state).effects)).toContain('answerCall')
    }
  })

  test('[AUDIO-8] a call that crosses the word of wrap-up to the queue waits for a hand', () => {
    const written = [
      offered(1, 0),
      on(1, 'answerPressed', 10),
      on(1, 'connected', 20),
      { ...on(1, 'ended', 9_000), by: 'them', cause: null } as WorkEvent,
    ]
    const later = (...events: WorkEvent[]) =>
      dos(play([...events, offered(2, 9_100)], play(written, bySelf).state).effects).includes('answerLater')
    expect(later()).toBe(false)
    expect(later({ type: 'formFiled', callId: callId(1), ...at(9_050) })).toBe(true)
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
