// What keeps a centre upright when every seat is back at once: turns, spaced nudges, and sign-ins that succeed.
import { connect, type Socket } from 'node:net'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { openGate, type Gate, type Leave } from '../../server/gate.ts'
import { limitOf, openLimits } from '../../server/limits.ts'
import { openSpacing } from '../../server/spacing.ts'
import { calm } from '../fakes/pass.ts'
import { aCallOf, items, startTestCentre } from './aCentre.ts'
import { bothDatabases } from './databases.ts'

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** Enters, or fails the test. */
const placeAt = async (gate: Gate): Promise<Leave> => {
  const given = await gate.enter()
  if (typeof given === 'number') throw new Error(`turned away for ${given} ms`)
  return given
}

/** Time stands still until the test lets it pass. */
const byHand = (): void => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['performance', 'setTimeout', 'clearTimeout'] }))
  afterEach(() => void vi.useRealTimers())
}

describe('a gate', () => {
  byHand()

  test('[SERVER-45] lets so many in at a time, the others in their order, and each place is given back once', async () => {
    const gate = openGate(2, 10_000)
    const entered: number[] = []
    const leaves = await Promise.all([placeAt(gate), placeAt(gate)])
    const waiting = [3, 4, 5].map(async (n) => {
      const leave = await placeAt(gate)
      entered.push(n)
      return leave
    })
    await calm()
    expect([entered, gate.isClear()]).toEqual([[], false])
    leaves[0]?.()
    leaves[0]?.()
    await calm()
    expect(entered).toEqual([3])
    leaves[1]?.()
    ;(await waiting[0])?.()
    await calm()
    expect([entered, gate.isClear()]).toEqual([[3, 4, 5], true])
    for (const leave of await Promise.all(waiting)) leave()
    await placeAt(gate)
  })

  test('[SERVER-45] who would wait too long is told so, and takes no place', async () => {
    const gate = openGate(1, 20)
    const leave = await placeAt(gate)
    const tooLate = gate.enter()
    vi.advanceTimersByTime(20)
    expect(await tooLate).toBeTypeOf('number')
    leave()
    await placeAt(gate)
  })

  test('[SERVER-45] a wait that can be foreseen to be too long is not begun, and says how long it would be', async () => {
    const gate = openGate(1, 60)
    const first = await placeAt(gate)
    vi.advanceTimersByTime(50)
    first()
    await placeAt(gate)
    const second = gate.enter()
    const third = gate.enter()
    const told = await Promise.race([second.then(() => 'second'), third.then(() => 'third')])
    expect(told).toBe('third')
    expect(await third).toBe(100)
    vi.advanceTimersByTime(60)
    expect(await second).toBeTypeOf('number')
  })

  test('[SERVER-45] nobody pulls while pushes wait, and those who did wait come in when none does', async () => {
    const pushes = openGate(1, 10_000)
    const pulls = openGate(2, 10_000, pushes)
    const entered: string[] = []
    const enter = async (gate: Gate, what: string): Promise<Leave> => {
      const leave = await placeAt(gate)
      entered.push(what)
      return leave
    }
    const first = await enter(pushes, 'push 1')
    const aside = await enter(pulls, 'pull 1')
    const second = enter(pushes, 'push 2')
    const later = [enter(pulls, 'pull 2'), enter(pulls, 'pull 3')]
    aside()
    await calm()
    expect(entered).toEqual(['push 1', 'pull 1'])
    first()
    await Promise.all([second, ...later])
    expect(entered).toEqual(['push 1', 'pull 1', 'push 2', 'pull 2', 'pull 3'])
  })
})

describe('what is wanted often', () => {
  byHand()

  test('[SERVER-46] it is done at once, then once for all that came meanwhile', () => {
    const space = openSpacing<object>(() => 40)
    const [one, other] = [{}, {}]
    const done: string[] = []
    for (let n = 0; n < 5; n += 1) space(one, () => done.push('one'))
    space(other, () => done.push('other'))
    expect(done).toEqual(['one', 'other'])
    vi.advanceTimersByTime(39)
    expect(done).toHaveLength(2)
    vi.advanceTimersByTime(1)
    expect(done).toEqual(['one', 'other', 'one'])
    vi.advanceTimersByTime(40)
    space(one, () => done.push('one'))
    expect(done).toHaveLength(4)
  })
})

test('[SERVER-47] a room that signs in behind one address is let in as long as its passwords are right', () => {
  const limits = openLimits(() => 0)
  for (let n = 0; n < 10 * limitOf.signIn.burst; n += 1) {
    expect(limits('signIn', 'here')).toBe(0)
    limits.giveBack('signIn', 'here')
  }
  for (let n = 0; n < limitOf.signIn.burst; n += 1) expect(limits('signIn', 'here')).toBe(0)
  expect(limits('signIn', 'here')).toBeGreaterThan(0)
})

describe.each(bothDatabases)('a centre many push to, on %s', (_name, make) => {
  test('[SERVER-45] senders whose bodies do not come keep no other from being stored, and answers tell how long they stood in line', async () => {
    const kind = make()
    const place = await kind.newPlace()
    const centre = await startTestCentre(place)
    const { token } = await centre.signIn('1001')
    const { port } = new URL(centre.running.address)
    const sockets: Socket[] = []
    for (let n = 0; n < 10; n += 1) {
      const socket = connect(Number(port), '127.0.0.1')
      socket.write(
        `POST /api/sync/push HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\nauthorization: Bearer ${token}\r\n` +
          'content-type: application/json\r\ncontent-length: 5000\r\n\r\n{',
      )
      sockets.push(socket)
    }
    await pause(200)
    const many = Array.from({ length: 20 })
    const [answers, refusals] = await Promise.all([
      Promise.all(many.map(() => centre.get('sync.push', items({ call: aCallOf('1001') }), token))),
      // Who gets nothing for it is told as well: the wait was not the link's.
      Promise.all(many.map(() => centre.askRaw('/api/sync/push', '{}', token))),
    ])
    expect(answers.flatMap(({ verdicts }) => verdicts.map(({ verdict }) => verdict))).toEqual(
      answers.map(() => 'stored'),
    )
    expect(Math.max(...answers.map(({ waitedMs }) => waitedMs ?? 0))).toBeGreaterThan(0)
    const problems = refusals.flatMap(({ answer }) => (answer.ok ? [] : [answer.problem]))
    expect(problems.map(({ code }) => code)).toEqual(many.map(() => 'bad_input'))
    expect(Math.max(...problems.map(({ waitedMs }) => waitedMs ?? 0))).toBeGreaterThan(0)
    for (const socket of sockets) socket.destroy()
    await centre.stop()
    await place.remove()
    await kind.stop()
  })
})
