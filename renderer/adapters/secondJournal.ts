// The SecondJournal port on the desktop's main process. While one message is under way the saves that come gather and go
// with the next: one message, one sync, however many they are. What is put is sealed already.
import type { Answer } from '../../contract/answer.ts'
import { done, failed } from '../../contract/answer.ts'
import type { Desk, IpcOutput, JournalSave } from '../../contract/ipc.ts'
import { journalMessageMax } from '../../contract/ipc.ts'
import type { Clock, JournalEnd, JournalPiece, SecondJournal } from '../../core/ports.ts'
import { openBrowserJournal } from './browserJournal.ts'

/** Characters and saves of one message, a little below what the table allows. */
const most = { characters: journalMessageMax - 1_000, saves: 400, rows: 3_000 }
/** A desktop that does not answer for so long has not kept it. */
const limitMs = 5_000
const piece = 0x8000

const textOf = (bytes: Uint8Array): string => {
  let letters = ''
  for (let at = 0; at < bytes.length; at += piece)
    letters += String.fromCharCode(...bytes.subarray(at, at + piece))
  return btoa(letters)
}
const bytesOf = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))

type Waiting = {
  readonly save: JournalSave
  readonly characters: number
  tell(answer: Answer<number>): void
}

export const deskJournal = (
  desk: Pick<Desk, 'journal.append' | 'journal.read'>,
  store: string,
  clock: Pick<Clock, 'after'>,
): SecondJournal => {
  let waiting: Waiting[] = []
  let isBusy = false

  const pause = (ms: number) => new Promise<void>((resolve) => clock.after(ms, resolve))
  /** The desktop lets a page ask so often only; what is turned away for that waits its turn. */
  const patiently = async <T>(ask: () => Promise<Answer<T>>): Promise<Answer<T>> => {
    for (;;) {
      const answer = await ask()
      if (answer.ok || answer.problem.code !== 'too_many') return answer
      await pause(answer.problem.retryAfterMs ?? 50)
    }
  }
  const inTime = async <T>(asking: Promise<Answer<T>>): Promise<Answer<T>> => {
    let cancel = (): void => undefined
    const late = new Promise<Answer<T>>((resolve) => {
      cancel = clock.after(limitMs, () => resolve(failed('failed', '第二份日志 5 秒没有响应')))
    })
    try {
      return await Promise.race([asking, late])
    } catch {
      // The bridge itself broke: it must not hold up what is saved later.
      return failed('failed', '第二份日志没有答复')
    } finally {
      cancel()
    }
  }

  const nextBatch = (): Waiting[] => {
    let characters = 0
    const first = waiting.findIndex((each, at) => {
      characters += each.characters
      return at === most.saves || (at > 0 && characters > most.characters)
    })
    return waiting.splice(0, first === -1 ? waiting.length : first)
  }
  const send = async (): Promise<void> => {
    if (isBusy) return
    isBusy = true
    while (waiting.length > 0) {
      const batch = nextBatch()
      const saves = batch.map(({ save }) => save)
      const answer = await inTime(patiently(() => desk['journal.append']({ store, saves })))
      for (const [at, { tell }] of batch.entries())
        tell(answer.ok ? done(answer.value.seqs[at] ?? 0) : answer)
    }
    isBusy = false
  }
  const saveOne = (save: JournalSave): Promise<Answer<number>> =>
    new Promise((tell) => {
      const characters = save.puts.reduce((sum, put) => sum + put.sealed.length, 0)
      waiting.push({ save, characters, tell })
      void send()
    })

  /** A save too large for one message is a rebuilding of thousands: each part stands for itself. */
  const parts = (puts: JournalSave['puts'], drops: JournalSave['drops']): JournalSave[] => {
    const all: JournalSave[] = [{ puts: [], drops: drops.slice(0, most.rows) }]
    for (let at = most.rows; at < drops.length; at += most.rows)
      all.push({ puts: [], drops: drops.slice(at, at + most.rows) })
    let [last] = all
    let characters = 0
    for (const put of puts) {
      characters += put.sealed.length
      if (last === undefined || last.puts.length === most.rows || characters > most.characters) {
        last = { puts: [], drops: [] }
        all.push(last)
        characters = put.sealed.length
      }
      last.puts.push(put)
    }
    return all
  }

  return {
    async save(puts: readonly JournalPiece[], ends: readonly JournalEnd[]) {
      const taken = puts.map(({ key, rev, sealed }) => ({ key, rev, sealed: textOf(sealed) }))
      const answers = await Promise.all(parts(taken, [...ends]).map(saveOne))
      return answers.find((answer) => !answer.ok) ?? answers[0] ?? done(0)
    },
    async read() {
      const all: JournalPiece[] = []
      let after: string | null = null
      do {
        const from: string | null = after
        const ask = (): Promise<Answer<IpcOutput<'journal.read'>>> =>
          desk['journal.read']({ store, after: from })
        const page = await inTime(patiently(ask))
        if (!page.ok) return page
        for (const { key, rev, sealed } of page.value.entries) all.push({ key, rev, sealed: bytesOf(sealed) })
        after = page.value.next
      } while (after !== null)
      return done(all)
    },
    // The main process keeps it for whichever page comes next.
    close: () => undefined,
  }
}

/** On the desktop the main process keeps it, in a browser a worker; null: this browser keeps no such files. */
export const journalOf = async (
  desk: Desk,
  page: Pick<Window, 'desk'>,
  store: string,
  clock: Pick<Clock, 'after'>,
): Promise<SecondJournal | null> =>
  page.desk ? deskJournal(desk, store, clock) : openBrowserJournal(store, clock)
