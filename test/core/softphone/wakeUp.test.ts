// The line of a computer that has slept: asked at once, and no crowd of timers.
import { describe, expect, test } from 'vitest'
import type { Line, LineEffect, LineEvent } from '../../../core/softphone/pbxLine.ts'
import { stepLine } from '../../../core/softphone/reconnect.ts'

const asked = { type: 'asked', servers: ['wss://a/ws'] } as const
const opened = { type: 'opened' } as const
const registered = { type: 'registered', expiresMs: 120_000 } as const
const ticked = { type: 'ticked' } as const
const heard = { type: 'heard' } as const

/** Folds [second, event] pairs; returns the line, the last effects, and all effects. */
function play(events: readonly (readonly [number, object])[], from: Line = { phase: 'off' }) {
  let line = from
  let last: LineEffect[] = []
  const all: LineEffect[] = []
  for (const [second, bare] of events) {
    const tick = second * 1000
    ;[line, ...last] = stepLine(line, { ...bare, tick, at: 1_000_000 + tick, dice: 0.5 } as LineEvent)
    all.push(...last)
  }
  return { line, last, all }
}

describe('waking up', () => {
  test('[F14] [DESK-25] a registered line is asked at once whether it is still there; without an answer it is opened anew', () => {
    const { line } = play([
      [0, asked],
      [0.1, opened],
      [0.2, registered],
    ])
    const woken = play([[1, { type: 'nudged' }]], line)
    expect(woken.last).toEqual([{ type: 'ping' }])
    expect(play([[1.1, { type: 'nudged' }]], woken.line).last).toEqual([])
    expect(play([[1.2, heard]], woken.line).last).toEqual([])
    const silent = play([[3, ticked]], woken.line)
    expect(silent.all.map(({ type }) => type)).toEqual(['leaveSocket', 'report', 'openSocket'])
  })

  test('[F14] [PHONE-17] [DESK-25] what slept longer than its registration lives registers at once and once, although its own clock stood still', () => {
    const { line } = play([
      [0, asked],
      [0.1, opened],
      [0.2, registered],
    ])
    // The wall's clock has gone on by an hour, the monotonic one by a second.
    const nudgedAt = (from: Line, second: number, sleptS: number) =>
      stepLine(from, {
        type: 'nudged',
        tick: second * 1000,
        at: 1_000_000 + (second + sleptS) * 1000,
        dice: 0.5,
      })
    const [woken, ...effects] = nudgedAt(line, 1, 3600)
    expect(effects).toEqual([{ type: 'ping' }, { type: 'register', expiresMs: 300_000 }])
    // The network comes back as well, before the answer and after it.
    expect(nudgedAt(woken, 1.1, 3600).slice(1)).toEqual([])
    const answer = { ...registered, tick: 1_200, at: 1_000_000 + 3_601_200, dice: 0.5 }
    const [renewed] = stepLine(woken, answer)
    expect(nudgedAt(renewed, 1.3, 3600).slice(1)).toEqual([{ type: 'ping' }])
    expect(renewed).toMatchObject({ phase: 'registered', refreshUntil: null })
    // Asleep again, and a wall clock put back while it slept.
    expect(nudgedAt(renewed, 2, 7200).slice(1)).toContainEqual({ type: 'register', expiresMs: 300_000 })
    expect(nudgedAt(renewed, 2, 0).slice(1)).toContainEqual({ type: 'register', expiresMs: 300_000 })
  })

  test('[DESK-25] nobody answers the registration of a line that woke: it is opened anew', () => {
    const { line } = play([
      [0, asked],
      [0.1, opened],
      [0.2, registered],
    ])
    const woken = play([[60, { type: 'nudged' }]], line)
    expect(woken.last.map(({ type }) => type)).toEqual(['ping', 'register'])
    const answered = play([[60.1, heard]], woken.line)
    const silent = play([[64, ticked]], answered.line)
    expect(silent.all.map(({ type }) => type)).toEqual(['leaveSocket', 'report', 'openSocket'])
  })

  test('[F14] [F57] eight hours without a single timer are one refresh and one ping, not a thousand', () => {
    const { line } = play([
      [0, asked],
      [0.1, opened],
      [0.2, registered],
    ])
    const { last } = play([[8 * 3600, ticked]], line)
    expect(last.map(({ type }) => type).sort()).toEqual(['ping', 'register'])
  })
})
