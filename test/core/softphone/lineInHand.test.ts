// Which line is in hand, and which form is in front of it, as lists of events (docs/rules/call.md, wrapup.md).
import { expect, test } from 'vitest'
import { commands, mayDial } from '../../../core/commands.ts'
import type { WorkEvent } from '../../../core/workstation.ts'
import { liveCalls } from '../../../core/workstation.ts'
import { aReadySeat, anOffer, play } from '../../makers/seats.ts'
import { at, callId } from '../../makers/stamps.ts'
import { dos, ends, on, worker } from '../../makers/twoLines.ts'

test('[CALL-7] choosing the line that waits in the list takes it up and holds the other; choosing it again changes nothing', () => {
  const both = [...worker(1, 0), ...worker(2, 10_000), on(1, 'heldByUs', 12_500)]
  const chosen = play([on(1, 'lineSelected', 20_000)], play(both, aReadySeat()).state)
  expect(dos(chosen.effects)).toEqual(['holdCall', 'resumeCall'])
  expect([chosen.state.selected, chosen.state.openForm]).toEqual([callId(1), callId(1)])
  const again = play([on(1, 'lineSelected', 21_000)], chosen.state)
  expect(again.effects).toEqual([])
})

test('[CALL-15] [PHONE-16] the hold key turns the line however often it is pressed before the PBX has agreed', () => {
  let { state } = play(worker(1, 0), aReadySeat())
  const press = (ms: number): string[] => {
    const event = commands.hold.does(state, at(ms))
    const pressed = play(event ? [event] : [], state)
    state = pressed.state
    return dos(pressed.effects)
  }
  expect([20, 21, 22].map((second) => press(second * 1000))).toEqual([
    ['holdCall'],
    ['resumeCall'],
    ['holdCall'],
  ])
  // Answered one by one: none of the earlier wishes is taken for the last one.
  state = play(
    [on(1, 'heldByUs', 23_000), on(1, 'resumedByUs', 23_100), on(1, 'heldByUs', 23_200)],
    state,
  ).state
  expect(liveCalls(state)[0]?.phase.is).toBe('held')
  // Taken up again and, the PBX still silent, on hold once more.
  expect([press(24_000), press(24_500)]).toEqual([['resumeCall'], ['holdCall']])
})

test('[PHONE-5] a hold and a taking up that failed are told in a sentence of their own, once', () => {
  const failed = (wanted: 'held' | 'talking', before: WorkEvent[]) =>
    play(
      [on(1, 'holdFailed', 22_000, { wanted })],
      play([...worker(1, 0), ...before], aReadySeat()).state,
    ).effects.filter((effect) => effect.do === 'tell')
  expect(failed('held', [on(1, 'holdPressed', 20_000)])).toEqual([
    { do: 'tell', text: 'holdFailed', detail: '' },
  ])
  const held = [on(1, 'holdPressed', 20_000), on(1, 'heldByUs', 20_100), on(1, 'resumePressed', 21_000)]
  expect(failed('talking', held)).toEqual([{ do: 'tell', text: 'resumeFailed', detail: '' }])
})

test('[CALL-14] while one call goes out a second press dials nobody; when it talks the other line may', () => {
  const dials = (n: number, ms: number): WorkEvent => ({
    type: 'dialPressed',
    callId: callId(n),
    number: '13800008001',
    internal: false,
    ...at(ms),
  })
  const { state, effects } = play([dials(1, 0), dials(2, 150)], aReadySeat())
  expect(dos(effects).filter((each) => each === 'dialNumber')).toHaveLength(1)
  expect(liveCalls(state)).toHaveLength(1)
  expect(mayDial(state)).toBe(false)
  expect(mayDial(play([on(1, 'connected', 3000)], state).state)).toBe(true)
})

test('[WRAP-16] a colleague’s call leaves the form in front, whatever is done with the line', () => {
  const colleague = anOffer(2, { internal: true, queue: null })
  const rings = play(
    [...worker(1, 0), { type: 'offered', call: colleague, ...at(10_000) }],
    aReadySeat(),
  ).state
  const taken = play([on(2, 'answerPressed', 12_000), on(2, 'connected', 12_010)], rings).state
  expect([taken.selected, taken.openForm]).toEqual([callId(2), callId(1)])
  const over = play([ends(1, 13_000, 'them')], taken).state
  expect(over.openForm).toBe(callId(1))
  // Filed while the colleague is still on the line: there is no form behind it.
  expect(play([on(1, 'formFiled', 20_000)], over).state.openForm).toBeNull()
  const alone = play(
    [{ type: 'offered', call: colleague, ...at(0) }, on(2, 'answerPressed', 1000)],
    aReadySeat(),
  ).state
  expect(alone.openForm).toBeNull()
})
