// The page's way to the second journal: few messages, patience with the desktop's limits, no endless waiting.
import { afterEach, describe, expect, test, vi } from 'vitest'
import { failed } from '../../../contract/answer.ts'
import { ipcCalls } from '../../../contract/ipc.ts'
import { deskJournal } from '../../../renderer/adapters/secondJournal.ts'
import { manualClock } from '../../fakes/manualClock.ts'
import { memoryDisk } from '../../fakes/memoryDisk.ts'
import { morning } from '../../makers/stamps.ts'
import { until } from '../../server/until.ts'
import { value } from '../../suites/openedSeat.ts'
import { mainProcess } from './seatWithJournal.ts'

const clock = manualClock(morning)
afterEach(() => vi.restoreAllMocks())
const opened = () => {
  const desk = mainProcess(memoryDisk())
  const asked = vi.spyOn(desk, 'journal.append')
  return { desk, asked, journal: deskJournal(desk, 'hotline-test-1001', clock) }
}
const piece = (n: number, size = 10) => ({
  key: `call:${n}`,
  rev: 1,
  sealed: Uint8Array.from({ length: size }, (_, at) => (n + at) % 256),
})

describe('the second journal, from the page', () => {
  test('[JRNL-2] gives back the bytes it was given, whatever they are', async () => {
    const { journal } = opened()
    const pieces = [piece(1, 256), piece(2, 0), piece(3, 70_000)]
    for (const each of pieces) await value(journal.save([each], []))
    expect(await value(journal.read())).toEqual(pieces)
  })

  test('[JRNL-5] saves that come while one is under way go together, each with its own number', async () => {
    const { journal, asked } = opened()
    const seqs = await Promise.all(Array.from({ length: 50 }, (_, n) => value(journal.save([piece(n)], []))))
    expect(asked.mock.calls.length).toBe(2)
    expect(seqs).toEqual(Array.from({ length: 50 }, (_, n) => n + 1))
    expect((await value(journal.read())).length).toBe(50)
  })

  test('[JRNL-5] what ends goes with what begins later, in order', async () => {
    const { journal } = opened()
    await Promise.all([
      journal.save([piece(0)], []),
      journal.save([piece(1)], []),
      journal.save([], [{ key: 'call:1', rev: null, seq: null }]),
      journal.save([piece(2)], []),
    ])
    expect((await value(journal.read())).map(({ key }) => key)).toEqual(['call:0', 'call:2'])
  })

  test('[E17] thousands at once fit the table: no message is refused for its size', async () => {
    const { desk, journal, asked } = opened()
    const pieces = Array.from({ length: 7_000 }, (_, n) => piece(n, 1_500))
    const ends = Array.from({ length: 7_000 }, (_, n) => ({ key: `draft:${n}`, rev: null, seq: null }))
    await value(journal.save(pieces, ends))
    const inputs = asked.mock.calls.map(
      ([input]) => ipcCalls['journal.append'].input.safeParse(input).success,
    )
    expect(inputs.every(Boolean)).toBe(true)
    expect(inputs.length).toBeLessThan(12)
    expect((await value(deskJournal(desk, 'hotline-test-1001', clock).read())).length).toBe(7_000)
  })

  test('[E17] asked too often it waits as long as it is told, and saves', async () => {
    const { journal, asked } = opened()
    const waits: number[] = []
    vi.spyOn(clock, 'after').mockImplementation((ms, run) => {
      waits.push(ms)
      if (ms === 34) run()
      return () => undefined
    })
    asked.mockResolvedValueOnce(failed('too_many', '操作太快', { retryAfterMs: 34 }))
    await value(journal.save([piece(1)], []))
    expect(waits).toContain(34)
    expect(asked.mock.calls.length).toBe(2)
  })

  test('[STORE-8] [F50] a bridge that breaks has not kept it, and later saves get through', async () => {
    const { journal, asked } = opened()
    asked.mockRejectedValueOnce(new Error('reply was never sent'))
    expect(await journal.save([piece(1)], [])).toMatchObject({ ok: false, problem: { code: 'failed' } })
    await value(journal.save([piece(2)], []))
    expect((await value(journal.read())).map(({ key }) => key)).toEqual(['call:2'])
  })

  test('[STORE-8] [F50] a desktop that does not answer within five seconds has not kept it, and later ones get through', async () => {
    const { journal, asked } = opened()
    asked.mockReturnValueOnce(new Promise(() => {}))
    const saving = journal.save([piece(1)], [])
    await until(() => clock.nextTimerMs() !== null, 'it waits')
    clock.advance(5_000)
    expect(await saving).toMatchObject({ ok: false })
    await value(journal.save([piece(2)], []))
  })
})
