// The light and the pause as lists of events: only the PBX's word counts, and the record keeps when it was paused.
import { describe, expect, test } from 'vitest'
import { commands } from '../../../core/commands.ts'
import { recordOf } from '../../../core/softphone/callRecord.ts'
import type { WorkEvent, Workstation } from '../../../core/workstation.ts'
import { aReadySeat, anOffer, play, signedIn } from '../../makers/seats.ts'
import { at, callId } from '../../makers/stamps.ts'

const id = callId(1)
const told = (is: 'on' | 'paused', ms: number): WorkEvent => ({
  type: 'recordingChanged',
  callId: id,
  is,
  mayPause: true,
  ...at(ms),
})
const press = (ms: number): WorkEvent => ({ type: 'recordingPressed', callId: id, ...at(ms) })
const end = (ms: number): WorkEvent => ({ type: 'ended', callId: id, by: 'them', cause: null, ...at(ms) })

const talking = (recording: ReturnType<typeof anOffer>['recording'] = { is: 'on', mayPause: true }) =>
  play(
    [
      { type: 'offered', call: anOffer(1, { recording }), ...at(100) },
      { type: 'answerPressed', callId: id, ...at(200) },
      { type: 'connected', callId: id, ...at(300) },
    ],
    aReadySeat(),
  ).state
const call = (state: Workstation) => state.calls.find((each) => each.id === id)
const light = (state: Workstation) => call(state)?.recording?.is ?? null
const pausesOf = (state: Workstation) => {
  const ended = call(state)
  return ended && signedIn.type === 'signedIn' ? recordOf(ended, signedIn.holder).recording : null
}

describe('the light', () => {
  test('[CALL-26] of a call of ours is what the PBX says of it later; it is paused and kept like any other', () => {
    const dialled = play(
      [
        { type: 'dialPressed', callId: id, number: '13900003009', internal: false, ...at(100) },
        told('on', 200),
        { type: 'connected', callId: id, ...at(300) },
      ],
      aReadySeat(),
    )
    expect(light(dialled.state)).toBe('on')
    const paused = play([press(400), told('paused', 500), told('on', 1_500), end(2_000)], dialled.state)
    expect(pausesOf(paused.state)?.pauses).toMatchObject([{ ms: 1_000 }])
  })

  test('[CALL-26] is what the PBX said of the call; without its word there is none, and none is recorded', () => {
    expect(light(talking())).toBe('on')
    expect(light(talking({ is: 'paused', mayPause: true }))).toBe('paused')
    expect(light(talking(null))).toBeNull()
    expect(pausesOf(play([end(900)], talking(null)).state)).toBeNull()
    expect(pausesOf(play([end(900)], talking()).state)).toEqual({ pauses: [] })
  })

  test('[CALL-27] asked for is not yet done: it moves when the PBX confirms, and is not asked for twice', () => {
    const asked = play([press(1_000), press(1_100)], talking())
    expect(asked.effects).toEqual([{ do: 'turnRecording', callId: id, to: 'paused' }])
    expect(light(asked.state)).toBe('on')
    expect(commands.record.may(asked.state)).toBe(false)
    const paused = play([told('paused', 1_500)], asked.state)
    expect(light(paused.state)).toBe('paused')
    expect(play([press(3_000)], paused.state).effects).toEqual([
      { do: 'turnRecording', callId: id, to: 'on' },
    ])
  })

  test('[CALL-27] what is not confirmed is told for what it is, and can be asked again', () => {
    const unheard: WorkEvent = { type: 'recordingUnchanged', callId: id, ...at(5_000) }
    const goesOn = play([press(1_000), unheard], talking())
    expect(goesOn.effects).toContainEqual({ do: 'tell', text: 'recordingGoesOn', detail: '' })
    expect(light(goesOn.state)).toBe('on')
    expect(commands.record.may(goesOn.state)).toBe(true)
    const stays = play([told('paused', 6_000), press(7_000), unheard], talking())
    expect(stays.effects).toContainEqual({ do: 'tell', text: 'recordingStaysPaused', detail: '' })
    expect(light(stays.state)).toBe('paused')
  })

  test('[CALL-27] no key while the line is down: the word that confirms it could not come', () => {
    const lost = { link: 'disconnected', retryAt: 0, attempt: 1 } as const
    const down = play([{ type: 'linkChanged', link: lost, ...at(400) }], talking()).state
    expect(commands.record.may(down)).toBe(false)
    const back = play([{ type: 'linkChanged', link: { link: 'registered' }, ...at(900) }], down).state
    expect(commands.record.may(back)).toBe(true)
  })

  test('[CALL-26] what the PBX does by itself moves it too', () => {
    expect(light(play([told('paused', 1_000)], talking()).state)).toBe('paused')
  })

  test('[CALL-27] no button where the PBX offers no pause, none while the caller waits', () => {
    expect(commands.record.may(talking({ is: 'on', mayPause: false }))).toBe(false)
    expect(commands.record.may(talking(null))).toBe(false)
    const held = [
      { type: 'holdPressed', callId: id, ...at(400) },
      { type: 'heldByUs', callId: id, ...at(500) },
    ] as const
    expect(commands.record.may(play(held, talking()).state)).toBe(false)
  })
})

describe('the record', () => {
  test('[CALL-28] keeps each pause, the last one up to the end of the call', () => {
    const events = [
      told('paused', 1_000),
      told('paused', 1_200),
      told('on', 4_500),
      told('paused', 6_000),
      end(8_000),
    ]
    expect(pausesOf(play(events, talking()).state)).toEqual({
      pauses: [
        { at: at(1_000).at, ms: 3_500 },
        { at: at(6_000).at, ms: 2_000 },
      ],
    })
  })

  test('[CALL-28] a call that came paused was paused from its first ring', () => {
    const { state } = play([told('on', 2_100), end(3_000)], talking({ is: 'paused', mayPause: true }))
    expect(pausesOf(state)).toEqual({ pauses: [{ at: at(100).at, ms: 2_000 }] })
  })

  test('[CALL-28] [CALL-9] a wall clock put back makes no pause negative', () => {
    const back: WorkEvent = {
      type: 'recordingChanged',
      callId: id,
      is: 'on',
      mayPause: true,
      at: 0,
      tick: at(2_000).tick,
    }
    expect(pausesOf(play([told('paused', 1_000), back, end(3_000)], talking()).state)).toEqual({
      pauses: [{ at: at(1_000).at, ms: 1_000 }],
    })
  })
})
