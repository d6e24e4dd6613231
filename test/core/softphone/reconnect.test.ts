// The line step as lists of events: when it opens, registers, pings, gives up and tries again.
import { describe, expect, test } from 'vitest'
import { nextServer, retryDelayMs } from '../../../core/softphone/backoff.ts'
import type { Line, LineEffect, LineEvent } from '../../../core/softphone/pbxLine.ts'
import { nextTick, stepLine } from '../../../core/softphone/reconnect.ts'

type Bare = LineEvent extends infer One
  ? One extends LineEvent
    ? Omit<One, 'at' | 'tick' | 'dice'>
    : never
  : never

const ONE = ['wss://a/ws']
const TWO = ['wss://a/ws', 'wss://b/ws']

/** Folds [second, event] pairs; returns the line, the last effects, and all effects. */
function play(events: readonly (readonly [number, Bare])[], from: Line = { phase: 'off' }, dice = 0.5) {
  let line = from
  let last: LineEffect[] = []
  const all: LineEffect[] = []
  for (const [second, bare] of events) {
    const tick = second * 1000
    ;[line, ...last] = stepLine(line, { ...bare, tick, at: 1_000_000 + tick, dice })
    all.push(...last)
  }
  return { line, last, all }
}

const asked = { type: 'asked', servers: ONE } as const
const askedTwo = { type: 'asked', servers: TWO } as const
const opened = { type: 'opened' } as const
const closed = { type: 'closed' } as const
const registered = { type: 'registered', expiresMs: 120_000 } as const
const ticked = { type: 'ticked' } as const
const heard = { type: 'heard' } as const
const refused = (status: number, more: Partial<Extract<LineEvent, { type: 'refused' }>> = {}) =>
  ({ type: 'refused', status, retryAfterMs: null, minExpiresMs: null, redirect: null, ...more }) as const

const up = play([
  [0, asked],
  [0, opened],
  [0, registered],
]).line
const opensOf = (effects: LineEffect[]) =>
  effects.flatMap((effect) => (effect.type === 'openSocket' ? [effect.server] : []))
const linksOf = (effects: LineEffect[]) =>
  effects.flatMap((effect) => (effect.type === 'report' ? [effect.link.link] : []))

describe('coming up', () => {
  test('[PHONE-1] asked, it opens the first server, registers, and brings live calls over', () => {
    const { all } = play([
      [0, askedTwo],
      [0, opened],
      [0, registered],
    ])
    expect(all).toEqual([
      { type: 'dropSocket' },
      { type: 'report', link: { link: 'connecting' } },
      { type: 'openSocket', server: 'wss://a/ws' },
      { type: 'register', expiresMs: 300_000 },
      { type: 'report', link: { link: 'registered' } },
      { type: 'repairCalls' },
    ])
  })

  test('[PHONE-11] stopped, it drops the socket and is off; nothing wakes it again', () => {
    const { line, last } = play([[1, { type: 'stopped' }]], up)
    expect(last).toEqual([{ type: 'dropSocket' }, { type: 'report', link: { link: 'off' } }])
    expect(nextTick(line)).toBeNull()
    expect(play([[2, closed]], line).last).toEqual([])
  })

  test('a socket that does not open within 4 s is given up', () => {
    const { all } = play([
      [0, askedTwo],
      [3.9, ticked],
      [4, ticked],
    ])
    expect(opensOf(all)).toEqual(TWO)
  })

  test('[F01] a PBX that lets us in and does not answer is told as silent, not as disconnected', () => {
    const { all } = play([
      [0, asked],
      [0, opened],
      [4, ticked],
    ])
    expect(linksOf(all)).toEqual(['connecting', 'silent'])
  })
})

describe('losing the line', () => {
  test('[F01] [PHONE-18] a cut line is tried again at once, where it was good', () => {
    const { all } = play([[10, closed]], up)
    expect(all).toEqual([
      { type: 'leaveSocket' },
      { type: 'report', link: { link: 'disconnected', retryAt: 1_010_000, attempt: 0 } },
      { type: 'openSocket', server: 'wss://a/ws' },
    ])
  })

  test('[PHONE-18] later tries wait longer, jittered, up to the cap', () => {
    const wait = (attempt: number, talking: boolean, dice: number) => retryDelayMs(attempt, 1, talking, dice)
    expect([0, 1, 2, 3].map((attempt) => wait(attempt, false, 1))).toEqual([0, 500, 1000, 2000])
    expect(wait(20, false, 1)).toBe(10_000)
    expect(wait(20, true, 1)).toBe(1_000)
    expect(wait(20, false, 0)).toBe(1_000)
    expect(new Set([0.1, 0.4, 0.9].map((dice) => wait(4, false, dice))).size).toBe(3)
  })

  test('[PHONE-18] network back: a waiting line does not wait any longer', () => {
    const { line } = play(
      [
        [10, closed],
        [10, closed],
      ],
      up,
    )
    expect(line.phase).toBe('waiting')
    expect(opensOf(play([[10.1, { type: 'nudged' }]], line).all)).toEqual(ONE)
  })

  test('[PHONE-19] every server gets one immediate try before anybody waits', () => {
    const { all, line } = play([
      [0, askedTwo],
      [0, closed],
      [0, closed],
    ])
    expect(opensOf(all)).toEqual(TWO)
    expect(line).toMatchObject({ phase: 'waiting', attempt: 2, server: 0 })
  })

  test('[PHONE-19] nextServer passes over the resting, and takes the soonest when all rest', () => {
    expect(nextServer([0, 0, 0], 4, 10)).toBe(1)
    expect(nextServer([0, 50, 0], 1, 10)).toBe(2)
    expect(nextServer([90, 50, 70], 0, 10)).toBe(1)
  })
})

describe('keeping it', () => {
  test('[PHONE-20] idle, it pings 5 s after the last sign of life and waits 2 s', () => {
    expect(nextTick(up)).toBe(5_000)
    const pinged = play([[5, ticked]], up)
    expect(pinged.last).toEqual([{ type: 'ping' }])
    expect(nextTick(pinged.line)).toBe(7_000)
    expect(nextTick(play([[5.1, heard]], pinged.line).line)).toBe(10_100)
  })

  test('[F06] [PHONE-20] unanswered, the socket is dropped and another opened, 7 s after the hole at most', () => {
    const { last } = play(
      [
        [5, ticked],
        [7, ticked],
      ],
      up,
    )
    expect(last.map(({ type }) => type)).toEqual(['leaveSocket', 'report', 'openSocket'])
  })

  test('[F06] in a call it is noticed within 2.5 s', () => {
    const talking = play([[0, { type: 'talkingChanged', talking: true }]], up).line
    expect(nextTick(talking)).toBe(1_000)
    const { last } = play(
      [
        [1, ticked],
        [2.5, ticked],
      ],
      talking,
    )
    expect(last[0]).toEqual({ type: 'leaveSocket' })
  })

  test('[F14] after a sleep the answer may be waiting: half a second of grace, then it is dropped', () => {
    const asleep = play(
      [
        [5, ticked],
        [4000, ticked],
      ],
      up,
    )
    expect(asleep.last.map(({ type }) => type)).not.toContain('leaveSocket')
    expect(play([[4000.5, ticked]], asleep.line).last[0]).toEqual({ type: 'leaveSocket' })
  })

  test('[F19] [PHONE-17] the registration is renewed between half and four fifths of its life', () => {
    const refreshAt = (dice: number) =>
      play([[0, registered]], { ...up, phase: 'registering', until: 0 } as Line, dice)
    expect(refreshAt(0).line).toMatchObject({ refreshAt: 60_000 })
    expect(refreshAt(1).line).toMatchObject({ refreshAt: 96_000 })
  })

  test('[F19] a renewal nobody answers ends in a new socket; an answered one is not told', () => {
    const due = play([[78, ticked]], up)
    expect(due.last).toContainEqual({ type: 'register', expiresMs: 300_000 })
    expect(play([[78.1, registered]], due.line).last).toEqual([])
    expect(linksOf(play([[82, ticked]], due.line).last)).toEqual(['silent'])
  })
})

describe('being refused', () => {
  const registering = play([
    [0, askedTwo],
    [0, opened],
  ]).line

  test.each([401, 403, 407])(
    '[F17] %i on REGISTER: told as a wrong secret, and nothing is tried again',
    (status) => {
      const { line, last } = play([[0, refused(status)]], registering)
      expect(last).toMatchObject([
        { type: 'dropSocket' },
        { link: { link: 'notRegistered', why: 'wrongSecret' } },
      ])
      expect(nextTick(line)).toBeNull()
      expect(
        play(
          [
            [100, { type: 'nudged' }],
            [101, closed],
            [102, ticked],
          ],
          line,
        ).all,
      ).toEqual([])
      expect(opensOf(play([[200, askedTwo]], line).all)).toEqual(['wss://a/ws'])
    },
  )

  test('[F18] 423: the registration is asked for as long as the PBX wants', () => {
    const { last, line } = play([[0, refused(423, { minExpiresMs: 600_000 })]], registering)
    expect(last).toEqual([{ type: 'register', expiresMs: 600_000 }])
    expect(play([[0, refused(423, { minExpiresMs: 600_000 })]], line).last[0]).toEqual({ type: 'dropSocket' })
  })

  test('[F18] 503 with Retry-After: the other server at once, this one not before', () => {
    const first = play([[0, refused(503, { retryAfterMs: 60_000 })]], registering)
    expect(opensOf(first.all)).toEqual(['wss://b/ws'])
    const second = play(
      [
        [1, opened],
        [1, refused(503, { retryAfterMs: 20_000 })],
      ],
      first.line,
    )
    // Half of the spread, as the dice say.
    expect(second.line).toMatchObject({ phase: 'waiting', server: 1, until: 26_000 })
    expect(second.last.at(-1)).toMatchObject({ link: { link: 'notRegistered', why: 'refused' } })
  })

  test('[F18] 302: the line moves to where it is sent, a few times at most', () => {
    let { line, last } = play([[0, refused(302, { redirect: 'wss://c/ws' })]], registering)
    expect(opensOf(last)).toEqual(['wss://c/ws'])
    for (const server of ['wss://d/ws', 'wss://e/ws']) {
      ;({ line, last } = play(
        [
          [1, opened],
          [1, refused(302, { redirect: server })],
        ],
        line,
      ))
      expect(opensOf(last)).toEqual([server])
    }
    ;({ last } = play(
      [
        [2, opened],
        [2, refused(302, { redirect: 'wss://f/ws' })],
      ],
      line,
    ))
    expect(opensOf(last)).not.toContain('wss://f/ws')
  })

  test('[F18] any other refusal is tried again after half a minute or more, not in a loop', () => {
    const only = play([
      [0, asked],
      [0, opened],
    ]).line
    const { line } = play([[0, refused(404)]], only)
    expect(line.phase).toBe('waiting')
    expect(nextTick(line)).toBeGreaterThanOrEqual(30_000)
  })

  test('[F17] a secret that stops being accepted at renewal bars the line too', () => {
    const { last } = play(
      [
        [70, ticked],
        [70, refused(403)],
      ],
      up,
    )
    expect(last.at(-1)).toMatchObject({ link: { why: 'wrongSecret' } })
  })
})
