// What the queue hears when the line is slow or lossy, on a manual clock.
import { expect, test } from 'vitest'
import type { Answer } from '../../contract/answer.ts'
import { done, failed } from '../../contract/answer.ts'
import { queueTeller } from '../../renderer/queueTeller.ts'
import { texts } from '../../renderer/text/catalogue.ts'
import { manualClock } from '../fakes/manualClock.ts'
import { calm, pass } from '../fakes/pass.ts'
import { anAccount } from '../makers/anAccount.ts'
import type { WorkEvent } from '../../core/workstation.ts'
import { aReadySeat, play } from '../makers/seats.ts'
import { at, morning } from '../makers/stamps.ts'

const codes = { signIn: 'in', signOut: 'out', pause: 'pause', resume: 'resume' }

const aQueue = (hears: (code: string, nth: number) => Promise<Answer<null>> | Answer<null>) => {
  const clock = manualClock(morning)
  const heard: string[] = []
  const told: string[] = []
  const teller = queueTeller({
    sip: anAccount(['ws://pbx.invalid'], { queueCodes: codes }),
    phone: {
      tellQueue: async (code) => {
        heard.push(code)
        return hears(code, heard.length)
      },
    },
    clock,
    notices: { tell: (text) => void told.push(text) },
    text: () => texts['zh-CN'],
  })
  return { clock, heard, told, teller }
}
const lost = failed('unreachable', '没有回应')

test('[SEAT-8] a repeat of “not ready” does not come after a later “ready”', async () => {
  const queue = aQueue((_code, nth) => (nth === 1 ? lost : done(null)))
  queue.teller.tell('pause')
  await calm()
  queue.teller.tell('resume')
  await pass(queue.clock, 60_000)
  expect(queue.heard).toEqual(['pause', 'resume'])
})

test('[SEAT-8] a word on its way is waited for, and of the words that came meanwhile only the last is said', async () => {
  let answer: (heard: Answer<null>) => void = () => undefined
  const queue = aQueue((_code, nth) =>
    nth === 1 ? new Promise((resolve) => (answer = resolve)) : done(null),
  )
  for (const word of ['pause', 'resume', 'pause', 'resume'] as const) queue.teller.tell(word)
  await pass(queue.clock, 3_000)
  expect(queue.heard).toEqual(['pause'])
  answer(lost)
  await queue.teller.told()
  expect(queue.heard).toEqual(['pause', 'resume'])
})

test('[SEAT-8] signing in comes before the state, however often the line loses it', async () => {
  const queue = aQueue((_code, nth) => (nth <= 2 ? lost : done(null)))
  queue.teller.tell('signIn')
  queue.teller.tell('resume')
  await calm()
  queue.teller.tell('pause')
  await pass(queue.clock, 60_000)
  expect(queue.heard).toEqual(['in', 'in', 'in', 'pause'])
})

test('[SEAT-8] signing out ends every repeat and is said once', async () => {
  const queue = aQueue(() => lost)
  queue.teller.tell('pause')
  await calm()
  queue.teller.tell('signOut')
  await queue.teller.told()
  await pass(queue.clock, 60_000)
  expect(queue.heard).toEqual(['pause', 'out'])
  expect(queue.told).toEqual([])
})

const { queueUntold, queueToldLate } = texts['zh-CN'].app.told

test('[SEAT-13] after four tries the agent is told, once; the word is repeated until the queue has it, and that is told too', async () => {
  const queue = aQueue((_code, nth) => (nth <= 8 ? lost : done(null)))
  queue.teller.tell('resume')
  await pass(queue.clock, 7_000)
  expect(queue.heard).toEqual(['resume', 'resume', 'resume', 'resume'])
  expect(queue.told).toEqual([queueUntold])
  await pass(queue.clock, 8_000 + 16_000 + 30_000 + 30_000)
  expect(queue.heard).toHaveLength(8)
  expect(queue.told).toEqual([queueUntold])
  await pass(queue.clock, 30_000)
  await queue.teller.told()
  await pass(queue.clock, 600_000)
  expect(queue.heard).toHaveLength(9)
  expect(queue.told).toEqual([queueUntold, queueToldLate])
})

test('[SEAT-13] a PBX that takes no sign-in while it reloads gets it afterwards, and the state behind it', async () => {
  let reloads = true
  const queue = aQueue(() => (reloads ? lost : done(null)))
  queue.teller.tell('signIn')
  queue.teller.tell('resume')
  await pass(queue.clock, 60_000)
  reloads = false
  const before = queue.heard.length
  await pass(queue.clock, 30_000)
  expect(queue.heard.slice(before)).toEqual(['in', 'resume'])
  expect(queue.told).toEqual([queueUntold, queueToldLate])
})

test('[SEAT-13] the agent who switches meanwhile is heard at once, not at the end of the pause', async () => {
  let reloads = true
  const queue = aQueue(() => (reloads ? lost : done(null)))
  queue.teller.tell('signIn')
  queue.teller.tell('resume')
  await pass(queue.clock, 100_000)
  reloads = false
  const before = queue.heard.length
  queue.teller.tell('pause')
  await calm()
  expect(queue.heard.slice(before)).toEqual(['in', 'pause'])
})

test('[SEAT-13] a queue that takes no sign-in at all hears the state without it', async () => {
  const queue = aQueue((code) => (code === 'in' ? lost : done(null)))
  queue.teller.tell('signIn')
  queue.teller.tell('pause')
  await pass(queue.clock, 7_000)
  expect(queue.heard).toEqual(['in', 'in', 'in', 'in', 'pause'])
  expect(queue.told).toEqual([queueUntold])
})

test('[SEAT-13] signing out, also without a line, ends the repeating', async () => {
  const queue = aQueue(() => lost)
  const without: WorkEvent = {
    type: 'linkChanged',
    link: { link: 'disconnected', retryAt: 0, attempt: 1 },
    ...at(50),
  }
  const { effects } = play([without, { type: 'signedOut', ...at(60) }], aReadySeat())
  expect(effects).toContainEqual({ do: 'tellQueue', word: 'signOut' })
  queue.teller.tell('signIn')
  queue.teller.tell('pause')
  await pass(queue.clock, 60_000)
  queue.teller.tell('signOut')
  await queue.teller.told()
  const before = queue.heard.length
  await pass(queue.clock, 600_000)
  expect(queue.heard).toHaveLength(before)
  expect(queue.heard.at(-1)).toBe('out')
  expect(queue.told).toEqual([queueUntold])
})
