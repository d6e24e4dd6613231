// Three people at once: what joining and leaving do to the two lines, as lists of events (docs/rules/call.md).
import { describe, expect, test } from 'vitest'
import type { WorkEvent } from '../../../core/workstation.ts'
import { aReadySeat, play } from '../../makers/seats.ts'
import { at, callId } from '../../makers/stamps.ts'
import {
  after,
  consulting,
  dos,
  ends,
  handOver,
  joinedBoth,
  on,
  phases,
  pressed,
  worker,
} from '../../makers/twoLines.ts'

describe('three-way', () => {
  test('[CALL-24] the caller is taken off hold, nobody is held instead, and the guard is in the bar', () => {
    const { state, effects } = after(consulting, { type: 'threeWayPressed', ...at(9000) })
    expect(effects).toEqual([
      { do: 'joinCalls', callId: callId(1), withId: callId(2) },
      { do: 'resumeCall', callId: callId(1) },
    ])
    expect(state.selected).toBe(callId(1))
    expect(phases(play(joinedBoth, aReadySeat()).state)).toEqual(['talking', 'talking'])
  })

  test('[CALL-24] mute, hold and resume are for both', () => {
    const both = (what: string, ...events: WorkEvent[]) =>
      after(joinedBoth, ...events).effects.filter((effect) => effect.do === what)
    expect(both('muteCall', on(1, 'mutePressed', 9500, { muted: true }))).toEqual([
      { do: 'muteCall', callId: callId(1), muted: true },
      { do: 'muteCall', callId: callId(2), muted: true },
    ])
    expect(both('holdCall', on(1, 'holdPressed', 9500))).toHaveLength(2)
    const held = [on(1, 'holdPressed', 9500), on(1, 'heldByUs', 9520), on(2, 'heldByUs', 9521)]
    expect(both('resumeCall', ...held, on(2, 'resumePressed', 9600))).toHaveLength(2)
  })

  test('[CALL-24] whoever is muted when it begins is muted to both', () => {
    const { effects } = after([...consulting, on(2, 'mutePressed', 8500, { muted: true })], {
      type: 'threeWayPressed',
      ...at(9000),
    })
    expect(effects).toContainEqual({ do: 'muteCall', callId: callId(1), muted: true })
  })

  test('[CALL-24] one hangs up, and the other goes on talking with the agent', () => {
    const { state, effects } = after(joinedBoth, ends(2, 12_000, 'them'))
    expect([state.joined, state.selected]).toEqual([null, callId(1)])
    expect(phases(state)).toEqual(['talking'])
    expect(dos(effects)).not.toContain('holdCall')
    const other = after(joinedBoth, ends(1, 12_000, 'them'))
    expect(other.state.selected).toBe(callId(2))
  })

  test('[CALL-25] leaving it goes on with the line in the bar; the other one waits', () => {
    const { state, effects } = after(
      joinedBoth,
      pressed(play(joinedBoth, aReadySeat()).state, 'threeWay', 12_000),
    )
    expect(effects).toEqual([
      { do: 'holdCall', callId: callId(2) },
      { do: 'partCalls', callId: callId(1), withId: callId(2) },
    ])
    expect(state.joined).toBeNull()
  })

  test('[CALL-25] when it does not come about, one of the two waits again and a sentence says so', () => {
    const { state, effects } = after(
      [...consulting, { type: 'threeWayPressed', ...at(9000) }, on(1, 'resumedByUs', 9020)],
      on(1, 'joinFailed', 9030, { withId: callId(2), text: '' }),
    )
    expect(effects).toEqual([
      { do: 'holdCall', callId: callId(2) },
      { do: 'tell', text: 'joinFailed', detail: '' },
    ])
    expect(state.joined).toBeNull()
  })

  test('[CALL-24] the agent leaves the two to each other by handing over, and the record knows it was three-way', () => {
    const { state } = play(joinedBoth, aReadySeat())
    const { effects } = after(
      joinedBoth,
      handOver(state, 12_000),
      on(1, 'transferred', 12_100),
      ends(1, 12_101, 'us'),
    )
    expect(effects.find((effect) => effect.do === 'finishCall')).toMatchObject({
      record: { threeWay: true, transfer: { kind: 'attended' } },
    })
  })

  test('[CALL-24] two callers are joined as well, and each record stays its own', () => {
    const two = [...worker(1, 0), ...worker(3, 3000), on(1, 'heldByUs', 4050)]
    const { state } = play(two, aReadySeat())
    const { effects } = after(two, pressed(state, 'threeWay', 6000), ends(3, 9000, 'them'))
    expect(effects).toContainEqual({ do: 'joinCalls', callId: callId(1), withId: callId(3) })
    expect(effects.find((effect) => effect.do === 'finishCall')).toMatchObject({
      record: { id: callId(3), threeWay: true, madeFor: null, endedBy: 'caller' },
    })
  })
})
