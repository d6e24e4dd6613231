// The page's side of a browser seat's second journal: what it makes of a worker that answers, is late, or is broken.
import { describe, expect, test } from 'vitest'
import { openBrowserJournal } from '../../../renderer/adapters/browserJournal.ts'
import type { JournalAsked, JournalTold } from '../../../renderer/adapters/journal.worker.ts'
import { manualClock } from '../../fakes/manualClock.ts'

type Answering = (asked: JournalAsked) => JournalTold | null | 'late'

const keeperOf = (answering: Answering) => {
  let tell: (told: JournalTold | null) => void = () => undefined
  const keeper = {
    isClosed: false,
    ask(asked: JournalAsked) {
      const told = answering(asked)
      if (told !== 'late') tell(told)
    },
    listen(listener: typeof tell) {
      tell = listener
    },
    close() {
      keeper.isClosed = true
    },
  }
  return keeper
}
const works: Answering = ({ n }) => ({ n, seq: 7 })
const puts = [{ key: 'call:1', rev: 1, sealed: new Uint8Array(3) }]

describe("a browser's second journal", () => {
  test('[JRNL-13] is one when the worker has opened its files, and lets go of them in the end', async () => {
    const keeper = keeperOf(works)
    const journal = await openBrowserJournal('a-store', manualClock(0), keeper)
    expect(await journal?.save(puts, [])).toEqual({ ok: true, value: 7 })
    expect(keeper.isClosed).toBe(false)
    journal?.close()
    expect(keeper.isClosed).toBe(true)
  })

  test.each<[string, Answering]>([
    ['cannot open its files', ({ n }) => ({ n, problem: 'broken' })],
    ['cannot be loaded', () => null],
  ])('[JRNL-13] is none when the worker %s', async (_, answering) => {
    const keeper = keeperOf(answering)
    expect(await openBrowserJournal('a-store', manualClock(0), keeper)).toBeNull()
    expect(keeper.isClosed).toBe(true)
  })

  test('[JRNL-13] is none in a browser that opens no worker', async () => {
    expect(await openBrowserJournal('a-store', manualClock(0), null)).toBeNull()
  })

  test('[JRNL-12] has not kept what the worker could not write, or does not answer for in five seconds', async () => {
    const clock = manualClock(0)
    let answering = works
    const journal = await openBrowserJournal(
      'a-store',
      clock,
      keeperOf((asked) => answering(asked)),
    )
    answering = ({ n }) => ({ n, problem: 'full' })
    expect(await journal?.save(puts, [])).toMatchObject({
      ok: false,
      problem: { text: expect.stringContaining('已满') },
    })
    answering = () => 'late'
    const saving = journal?.save(puts, [])
    clock.advance(5_000)
    expect(await saving).toMatchObject({ ok: false })
  })
})
