// Which face row B shows, for every state the workstation can be in.
import { describe, expect, test } from 'vitest'
import type { WorkEvent } from '../../../core/workstation.ts'
import { barView } from '../../../renderer/softphone/barView.ts'
import { aReadySeat, anOffer, play } from '../../makers/seats.ts'
import { at, callId } from '../../makers/stamps.ts'

const on = (n: number, type: string, ms: number, more: object = {}): WorkEvent =>
  ({ type, callId: callId(n), ...more, ...at(ms) }) as WorkEvent
const offered = (n: number, ms: number): WorkEvent => ({ type: 'offered', call: anOffer(n), ...at(ms) })
const talking = (n: number, ms: number) => [
  offered(n, ms),
  on(n, 'answerPressed', ms + 1000),
  on(n, 'connected', ms + 1100),
]
const ended = (n: number, ms: number, by: 'them' | 'us' | null) => on(n, 'ended', ms, { by, cause: null })
const lineLost: WorkEvent = {
  type: 'linkChanged',
  link: { link: 'disconnected', retryAt: 0, attempt: 1 },
  ...at(90_000),
}
const face = (...events: WorkEvent[]) => barView(play(events, aReadySeat()).state)

describe('row B', () => {
  test('[BAR-1] waits, rings, talks, and shows who hung up, in this order of a plain call', () => {
    expect(face().is).toBe('idle')
    expect(face(offered(1, 0)).is).toBe('ringing')
    expect(face(...talking(1, 0)).is).toBe('line')
    expect(face(...talking(1, 0), ended(1, 5000, 'them'))).toMatchObject({
      is: 'ended',
      call: { id: callId(1) },
    })
  })

  test('[BAR-2] [F20] a second ring never takes the bar from the line in hand', () => {
    const view = face(...talking(1, 0), offered(2, 5000))
    expect(view).toMatchObject({ is: 'line', call: { id: callId(1) }, second: { id: callId(2) } })
    const chosen = face(...talking(1, 0), offered(2, 5000), on(2, 'lineSelected', 6000))
    expect(chosen).toMatchObject({ is: 'line', call: { id: callId(1) } })
  })

  test('[BAR-2] with two lines the chosen one is shown', () => {
    const both = [...talking(1, 0), offered(2, 5000), on(2, 'answerPressed', 6000), on(2, 'connected', 6100)]
    expect(face(...both)).toMatchObject({ call: { id: callId(2) } })
    expect(face(...both, on(1, 'lineSelected', 7000))).toMatchObject({ call: { id: callId(1) } })
  })

  test('[BAR-3] [F01] without a line to the PBX the bar says so, unless a call is in hand', () => {
    expect(face(lineLost)).toEqual({ is: 'away', cut: null })
    expect(face(...talking(1, 0), lineLost).is).toBe('line')
  })

  test('[BAR-3] [F03] the call that was cut is offered to be rung back, not one that somebody ended', () => {
    expect(face(...talking(1, 0), ended(1, 5000, null), lineLost)).toMatchObject({
      is: 'away',
      cut: { id: callId(1) },
    })
    expect(face(...talking(1, 0), ended(1, 5000, 'them'), lineLost)).toEqual({ is: 'away', cut: null })
  })
})
