// The line step under any events in any order: one socket at a time, always a next try, servers left alone as asked.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Line, LineEvent } from '../../../core/softphone/pbxLine.ts'
import { nextTick, stepLine } from '../../../core/softphone/reconnect.ts'

type Bare = LineEvent extends infer One
  ? One extends LineEvent
    ? Omit<One, 'at' | 'tick' | 'dice'>
    : never
  : never

const servers = ['wss://a/ws', 'wss://b/ws', 'wss://c/ws']

const happening: fc.Arbitrary<Bare> = fc.oneof(
  fc.constantFrom<Bare>(
    { type: 'opened' },
    { type: 'closed' },
    { type: 'heard' },
    { type: 'ticked' },
    { type: 'nudged' },
    { type: 'stopped' },
    { type: 'talkingChanged', talking: true },
    { type: 'talkingChanged', talking: false },
  ),
  fc.record({ type: fc.constant('asked' as const), servers: fc.subarray(servers, { minLength: 1 }) }),
  fc.record({ type: fc.constant('registered' as const), expiresMs: fc.integer({ min: 0, max: 7_200_000 }) }),
  fc.record({
    type: fc.constant('refused' as const),
    status: fc.constantFrom(302, 401, 403, 404, 408, 423, 480, 500, 503),
    retryAfterMs: fc.option(fc.integer({ min: 0, max: 600_000 })),
    minExpiresMs: fc.option(fc.integer({ min: 0, max: 7_200_000 })),
    redirect: fc.option(fc.constantFrom(...servers, 'wss://d/ws')),
  }),
)

const story = fc.array(
  fc.record({
    happening,
    passMs: fc.integer({ min: 0, max: 20_000 }),
    dice: fc.double({ min: 0, max: 1, noNaN: true }),
  }),
  {
    maxLength: 80,
  },
)

test('[PHONE-9] whatever happens, there is at most one socket, and a line that is asked for is never forgotten', () => {
  fc.assert(
    fc.property(story, (steps) => {
      let line: Line = { phase: 'off' }
      let open = 0
      let tick = 0
      for (const { happening: bare, passMs, dice } of steps) {
        tick += passMs
        const [next, ...effects] = stepLine(line, { ...bare, tick, at: tick, dice })
        if (bare.type === 'closed' && line.phase !== 'off') open = 0
        line = next
        for (const effect of effects) {
          if (effect.type === 'dropSocket' || effect.type === 'leaveSocket') open = 0
          if (effect.type === 'openSocket') open += 1
          if (effect.type === 'register' || effect.type === 'ping') expect(open).toBe(1)
        }
        expect(open).toBeLessThanOrEqual(1)
        if (line.phase === 'off' || line.phase === 'barred') expect(nextTick(line)).toBeNull()
        else expect(nextTick(line)).not.toBeNull()
      }
    }),
  )
})

test('[PHONE-19] a server that said Retry-After is not opened before, except when somebody asks anew', () => {
  fc.assert(
    fc.property(story, (steps) => {
      let line: Line = { phase: 'off' }
      let tick = 0
      let restUntil = new Map<string, number>()
      for (const { happening: bare, passMs, dice } of steps) {
        tick += passMs
        const before = line
        const [next, ...effects] = stepLine(line, { ...bare, tick, at: tick, dice })
        line = next
        if (bare.type === 'asked') restUntil = new Map()
        const isLive = before.phase === 'registering' || before.phase === 'registered'
        if (bare.type === 'refused' && [408, 480, 500, 503].includes(bare.status) && isLive)
          restUntil.set(before.servers[before.server] ?? '', tick + (bare.retryAfterMs ?? 0))
        for (const effect of effects)
          if (effect.type === 'openSocket' && bare.type !== 'nudged' && bare.type !== 'refused')
            expect(tick).toBeGreaterThanOrEqual(restUntil.get(effect.server) ?? 0)
      }
    }),
  )
})
