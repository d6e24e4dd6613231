// When a simulated caller says what, as lists of events; and the cast that ships.
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  Script,
  startPlay,
  stepPlay,
  type Play,
  type PlayEffect,
  type PlayEvent,
} from '../../practice/persona.ts'
import { loadCast } from '../../practice/voices.ts'

const line = (after: string | number) => ({ say: '喂', wav: 'x.wav', after })
const script = (value: object) => Script.parse(value)

/** What it did, as `at:effect`. */
function play(rules: Script, events: PlayEvent[]): [string[], Play] {
  let state = startPlay(0)
  const did: string[] = []
  for (const event of events) {
    const [next, ...effects] = stepPlay(rules, state, event)
    state = next
    did.push(
      ...effects.map((effect: PlayEffect) => `${event.at}:${effect.do === 'say' ? effect.line : 'leave'}`),
    )
  }
  return [did, state]
}

const ticks = (from: number, to: number): PlayEvent[] =>
  Array.from({ length: (to - from) / 100 + 1 }, (_, index) => ({ type: 'ticked', at: from + index * 100 }))

describe('a caller', () => {
  test('[PRACTICE-4] gives up after its patience, and only while ringing', () => {
    const rules = script({ lines: [], impatienceSeconds: 2, hangUp: 'never' })
    expect(play(rules, ticks(0, 5000))[0]).toEqual(['2000:leave'])
    expect(play(rules, [{ type: 'answered', at: 1000 }, ...ticks(1000, 9000)])[0]).toEqual([])
  })

  test('[PRACTICE-5] says its first line at once, or after the greeting, as the line says', () => {
    const answered: PlayEvent = { type: 'answered', at: 1000 }
    expect(play(script({ lines: [line('answer')] }), [answered])[0]).toEqual(['1000:0'])
    const polite = script({ lines: [line('silence')], hangUp: 'never' })
    const greeting: PlayEvent[] = [
      answered,
      { type: 'speechStarted', at: 1500 },
      ...ticks(1600, 3000),
      { type: 'speechStopped', at: 3000 },
      ...ticks(3100, 4500),
    ]
    expect(play(polite, greeting)[0]).toEqual(['4200:0'])
  })

  test('[PRACTICE-5] goes on after ten seconds when the seat says nothing at all', () => {
    const rules = script({ lines: [line('silence')], hangUp: 'never' })
    expect(play(rules, [{ type: 'answered', at: 0 }, ...ticks(100, 12_000)])[0]).toEqual(['10000:0'])
  })

  test('[PRACTICE-5] an interrupting line breaks in while the seat speaks', () => {
    const rules = script({ lines: [line('answer'), line('speech')], hangUp: 'never' })
    const events: PlayEvent[] = [
      { type: 'answered', at: 0 },
      { type: 'lineEnded', at: 2000 },
      { type: 'speechStarted', at: 2500 },
      ...ticks(2600, 5000),
    ]
    expect(play(rules, events)[0]).toEqual(['0:0', '3400:1'])
  })

  test('[PRACTICE-5] a timed line waits its seconds, a key line waits for a key', () => {
    const rules = script({ lines: [line(1.5), line('dtmf')], hangUp: 'never' })
    const events: PlayEvent[] = [
      { type: 'answered', at: 0 },
      ...ticks(100, 1600),
      { type: 'lineEnded', at: 2000 },
      ...ticks(2100, 30_000),
      { type: 'digitPressed', at: 30_050 },
    ]
    expect(play(rules, events)[0]).toEqual(['1500:0', '30050:1'])
  })

  test('[PRACTICE-6] says nothing while held, and leaves when held too long', () => {
    const rules = script({ lines: [line(1)], holdSeconds: 5, hangUp: 'never' })
    const held: PlayEvent[] = [
      { type: 'answered', at: 0 },
      { type: 'held', at: 500 },
    ]
    expect(play(rules, [...held, ...ticks(600, 5600)])[0]).toEqual(['5500:leave'])
    const resumed: PlayEvent[] = [
      ...held,
      ...ticks(600, 4000),
      { type: 'resumed', at: 4000 },
      ...ticks(4100, 5200),
    ]
    expect(play(rules, resumed)[0]).toEqual(['5000:0'])
  })

  test('hangs up after its last line has been answered, at its end, after a time, or never', () => {
    const talk: PlayEvent[] = [
      { type: 'answered', at: 0 },
      { type: 'lineEnded', at: 1000 },
      { type: 'speechStarted', at: 1500 },
      { type: 'speechStopped', at: 4000 },
      ...ticks(4100, 9000),
    ]
    const leaving = (hangUp: unknown) => play(script({ lines: [line('answer')], hangUp }), talk)[0].slice(1)
    expect(leaving('afterLastLine')).toEqual(['7000:leave'])
    expect(leaving('atLastLine')).toEqual(['1500:leave'])
    expect(leaving({ afterSeconds: 5 })).toEqual(['5000:leave'])
    expect(leaving('never')).toEqual([])
  })

  test('once gone it does nothing more, whatever happens', () => {
    const rules = script({ lines: [line('answer')] })
    const [did, state] = play(rules, [
      { type: 'ended', at: 0 },
      { type: 'answered', at: 10 },
      ...ticks(100, 90_000),
    ])
    expect(did).toEqual([])
    expect(state.phase).toBe('gone')
  })
})

describe('the cast that ships', () => {
  const cast = loadCast(null)

  test('has the six callers of the practice page, each with a story and a fictitious number', () => {
    expect(cast.personas.map(({ name }) => name)).toEqual([
      '李阿姨',
      '老郭',
      '小唐',
      '何师傅',
      '不愿说名字',
      '电话那头没声音',
    ])
    expect(cast.personas.filter(({ number }) => !/^(1380000|0100000)\d{4}$/.test(number))).toEqual([])
  })

  test('[PRACTICE-13] every line has sound that lasts as long as its words, in less than 6 MB', () => {
    const odd = [...cast.personas, ...cast.directory.filter((entry) => 'lines' in entry)].flatMap((script) =>
      cast.soundsOf(script).flatMap((sound, index) => {
        const say = script.lines[index]?.say ?? ''
        const secondsEach = sound.length / 8000 / (say.match(/\p{Script=Han}/gu)?.length ?? 0)
        return secondsEach > 0.12 && secondsEach < 0.5 ? [] : [say]
      }),
    )
    expect(odd).toEqual([])
    const folder = join(import.meta.dirname, '../../assets/voices')
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    const bytes = files.reduce((sum, name) => sum + statSync(join(folder, name)).size, 0)
    expect(bytes).toBeLessThan(6e6)
  })

  test('[PRACTICE-11] emergency numbers reach a voice that says nobody was called', () => {
    for (const number of ['110', '119', '120']) {
      const entry = cast.directory.find((one) => new RegExp(`^(?:${one.number})$`).test(number))
      expect(entry?.kind === 'answers' && entry.lines[0]?.say).toContain('没有接通紧急电话')
    }
  })
})
