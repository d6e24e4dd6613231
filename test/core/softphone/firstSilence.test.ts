// [F15] A PBX that has just started opens its door before it listens: how long a seat in a call waits for it.
import { expect, test } from 'vitest'
import type { Line, LineEvent } from '../../../core/softphone/pbxLine.ts'
import { nextTick, stepLine } from '../../../core/softphone/reconnect.ts'

type Happening = LineEvent extends infer One
  ? One extends LineEvent
    ? Omit<One, 'at' | 'tick' | 'dice'>
    : never
  : never

const play = (line: Line, tick: number, happening: Happening): Line =>
  stepLine(line, { ...happening, at: tick, tick, dice: 0.5 })[0]

const registeredLine = (talking: boolean): Line => {
  let line: Line = { phase: 'off' }
  line = play(line, 0, { type: 'asked', servers: ['wss://a/ws'] })
  line = play(line, 0, { type: 'opened' })
  line = play(line, 0, { type: 'registered', expiresMs: 300_000 })
  return play(line, 0, { type: 'talkingChanged', talking })
}

test('[F15] [PHONE-18] in a call the first silence after REGISTER is waited out for 0.6 s, the next for 4 s', () => {
  let line = play(registeredLine(true), 0, { type: 'closed' })
  line = play(line, 0, { type: 'opened' })
  expect(nextTick(line)).toBe(600)
  line = play(line, 600, { type: 'ticked' })
  expect(line).toMatchObject({ trouble: { link: 'silent' } })
  line = play(line, 5_000, { type: 'ticked' })
  line = play(line, 5_000, { type: 'opened' })
  expect(nextTick(line)).toBe(9_000)
})

test('[F15] without a call the answer is waited for 4 s from the first', () => {
  const line = play(play(registeredLine(false), 0, { type: 'closed' }), 0, { type: 'opened' })
  expect(nextTick(line)).toBe(4_000)
})
