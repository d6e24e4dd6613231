// The SecondJournal port of a browser seat, kept by a worker in files of the browser that are not its database's.
import type { Answer } from '../../contract/answer.ts'
import { done, failed } from '../../contract/answer.ts'
import type { Clock, SecondJournal } from '../../core/ports.ts'
import type { JournalAsked, JournalTold } from './journal.worker.ts'
// Comes with the page: with the centre away, or on a bad wire, there is nowhere to fetch it from.
// The build makes it the default of what it imports.
// oxlint-disable-next-line import/default
import JournalWorker from './journal.worker.ts?worker&inline'

/** A worker that does not answer for so long has not kept it. */
const limitMs = 5_000
/** On a slow disk there may be much to read. */
const openLimitMs = 20_000

type Question = JournalAsked extends infer Each ? (Each extends unknown ? Omit<Each, 'n'> : never) : never
type Keeper = {
  ask(asked: JournalAsked): void
  /** null: it is broken, for good. */
  listen(tell: (told: JournalTold | null) => void): void
  close(): void
}

/** null: this browser opens none. */
const openKeeper = (): Keeper | null => {
  try {
    const worker = new JournalWorker()
    return {
      // A worker has one listener and no target to name.
      // oxlint-disable-next-line unicorn/require-post-message-target-origin
      ask: (asked) => worker.postMessage(asked),
      listen(tell) {
        worker.addEventListener('message', ({ data }: MessageEvent<JournalTold>) => tell(data))
        // It could not even be loaded.
        worker.addEventListener('error', () => tell(null))
      },
      close: () => worker.terminate(),
    }
  } catch {
    return null
  }
}

const problems = { full: '磁盘已满，第二份日志写不下', broken: '第二份日志写不了' }

/** null: this browser keeps no such files, and the store is the only place. */
export const openBrowserJournal = async (
  store: string,
  clock: Pick<Clock, 'after'>,
  keeper = openKeeper(),
): Promise<SecondJournal | null> => {
  if (!keeper) return null
  const waiting = new Map<number, (told: JournalTold) => void>()
  let last = 0
  keeper.listen((told) => {
    if (told) waiting.get(told.n)?.(told)
    else for (const [n, tell] of waiting) tell({ n, problem: 'broken' })
  })
  const ask = (question: Question): Promise<Answer<Exclude<JournalTold, { problem: unknown }>>> =>
    new Promise((resolve) => {
      last += 1
      const n = last
      const cancel = clock.after('open' in question ? openLimitMs : limitMs, () => {
        waiting.delete(n)
        resolve(failed('failed', '第二份日志没有响应'))
      })
      waiting.set(n, (told) => {
        waiting.delete(n)
        cancel()
        resolve('problem' in told ? failed('failed', problems[told.problem]) : done(told))
      })
      keeper.ask({ ...question, n })
    })

  const opened = await ask({ open: store })
  if (!opened.ok) {
    keeper.close()
    return null
  }
  return {
    async save(puts, ends) {
      const answer = await ask({ puts, ends })
      return answer.ok ? done('seq' in answer.value ? answer.value.seq : 0) : answer
    },
    async read() {
      const answer = await ask({ read: true })
      return answer.ok ? done('pieces' in answer.value ? answer.value.pieces : []) : answer
    },
    close: () => keeper.close(),
  }
}
