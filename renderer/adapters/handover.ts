// Unsent work that somebody else carries: as a file, and what earlier people left on this computer. Nothing here
// is opened: rows go to the centre sealed as they lie, and it alone says what becomes of them.
import { done } from '../../contract/answer.ts'
import type { SealedRow } from '../../contract/handover.ts'
import type { AccountId } from '../../contract/ids.ts'
import type { OutboxFate, SecondJournal } from '../../core/ports.ts'
import type { Sealer } from '../../core/seal/sealer.ts'
import { portions } from '../../core/sync/handover.ts'
import { settle } from '../../core/sync/settle.ts'
import { carryFiles, type Carrier } from './carryFiles.ts'
import type { SeatStore } from './database.ts'
import { openStore } from './database.ts'
import { openHandoverFiles, type HandoverFileParts, type HandoverFiles } from './handoverFile.ts'
import { pushSealed } from './handoverImport.ts'
import { openOutbox } from './outbox.ts'
import { takeSeat } from './seatLock.ts'
import { aloneIn, rowsOf, sealedRow } from './unsentRows.ts'

/** `waiting` things and `files` (attachments) will go; what was `refused` of both waits for its owner. */
export type Left = {
  readonly account: string
  readonly waiting: number
  readonly files: number
  readonly refused: number
}
export type Handover = HandoverFiles & {
  /** What others left on this computer, as last seen. */
  left(): readonly Left[]
  listen(listener: () => void): () => void
  /** Carries what others left: the records at once, the attachments while nobody is on the line. */
  carry(): Promise<void>
  /** Whatever goes on ends, and lets go of other people's stores at once. */
  stop(): void
}

export type HandoverParts = HandoverFileParts & {
  readonly sealer: Sealer
  readonly random: () => number
  readonly locks: LockManager
  /** The centre's, as the session names it now. */
  readonly epoch: () => number
}

const lookMs = 250

export const openHandover = (parts: HandoverParts): Handover => {
  const { clock } = parts
  const listeners = new Set<() => void>()
  let left: readonly Left[] = []
  let carrying = false
  let busy = false
  let stopped = false
  let letGo = (): void => undefined
  /** The centre's on what stands in second journals alone. */
  const words = new Map<string, 'stored' | 'duplicate' | 'refused'>()

  const wait = (ms: number): Promise<void> => new Promise((resolve) => void clock.after(ms, resolve))
  const isHeld = (): boolean => busy && !stopped
  const carrier: Carrier = {
    call: parts.call,
    clock,
    epoch: parts.epoch,
    wait,
    isEnding: () => stopped,
    async lineIsFree() {
      while (isHeld()) await wait(lookMs)
    },
  }
  const tell = (): void => {
    for (const listener of listeners) listener()
  }
  const show = (next: readonly Left[]): void => {
    if (JSON.stringify(next) === JSON.stringify(left)) return
    left = next
    tell()
  }
  /**
   * [HAND-4] One person's rows, portion by portion: what waits in their outbox is settled there. What stands in their second
   * journal alone stays there for its owner's store, which must learn of it; here it is remembered what the centre said.
   */
  const carryFrom = async (
    owner: AccountId,
    store: SeatStore,
    journal: Pick<SecondJournal, 'read'> | null,
  ): Promise<Pick<Left, 'waiting' | 'refused'>> => {
    const outbox = openOutbox(store, parts.sealer, clock.now)
    const [found, held] = await Promise.all([rowsOf(store), journal?.read() ?? done([])])
    const pieces = held.ok ? held.value : []
    if (!found.ok && pieces.length === 0) throw new Error('it cannot be read')
    const stored = found.ok ? found.value : []
    const alone = await aloneIn(store, stored, pieces)
    // A centre put back from a backup may have lost what it gave its word on.
    const wordOn = ({ kind, id, rev }: SealedRow, epoch = parts.epoch()): string =>
      `${epoch} ${owner} ${kind}:${id} ${rev}`
    const waiting = stored.filter((row) => row.parked === undefined)
    const inOutbox = new Map(waiting.map((row) => [sealedRow(row), row]))
    const toSend = [...inOutbox.keys(), ...alone.filter((row) => !words.has(wordOn(row)))]
    for (const rows of portions(toSend)) {
      if (stopped) break
      const answer = await pushSealed(parts, owner, rows)
      if (!answer.ok) break
      const { verdicts, serverNow, epoch } = answer.value
      const moment = { at: clock.now(), random: parts.random() }
      const fates = rows.flatMap((sealed, place): OutboxFate[] => {
        const verdict = verdicts[place] ?? null
        const row = inOutbox.get(sealed)
        if (!row) {
          const word = verdict?.verdict
          if (word === 'stored' || word === 'duplicate' || word === 'refused')
            words.set(wordOn(sealed, epoch), word)
          return []
        }
        const shown = {
          ...row,
          urgent: false,
          text: row.sealed,
          dueAt: row.later ?? 0,
          state: 'waiting' as const,
        }
        return [settle(shown, verdict, moment, false, { at: serverNow, epoch })]
      })
      if (fates.length > 0) await outbox.settle(fates)
    }
    const counts = await outbox.counts()
    const inStore = counts.ok
      ? { waiting: counts.value.waiting, refused: counts.value.parked }
      : { waiting: waiting.length, refused: stored.length - waiting.length }
    const said = alone.map((row) => words.get(wordOn(row)))
    return {
      waiting: inStore.waiting + said.filter((word) => word === undefined).length,
      refused: inStore.refused + said.filter((word) => word === 'refused').length,
    }
  }
  const carryAll = async (): Promise<void> => {
    const seen: Left[] = []
    for (const { owner, name } of await parts.others()) {
      // Somebody at work in another window sends for themselves.
      const leave = stopped ? null : await takeSeat(parts.locks, name)
      if (!leave) continue
      const store = openStore(name, clock)
      letGo = leave
      const journal = await parts.journalOf(name)
      letGo = () => {
        journal?.close()
        leave()
      }
      try {
        const { waiting, refused } = await carryFrom(owner, store, journal)
        const files = await carryFiles(carrier, owner, name)
        const theirs = { waiting, files: files.waiting, refused: refused + files.refused }
        if (theirs.waiting + theirs.files + theirs.refused > 0) seen.push({ account: owner, ...theirs })
      } catch {
        // A store that cannot be read now is asked again the next time, and holds up nobody else's.
        seen.push(...left.filter(({ account: whose }) => whose === owner))
      } finally {
        store.close()
        journal?.close()
        leave()
      }
    }
    show(seen)
  }

  const files = openHandoverFiles(parts, tell)
  return {
    ...files,
    lineIsBusy(now) {
      busy = now
      files.lineIsBusy(now)
    },
    stop() {
      stopped = true
      files.end()
      letGo()
    },
    left: () => left,
    listen(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async carry() {
      if (carrying) return
      carrying = true
      await carryAll().catch(() => undefined)
      carrying = false
    },
  }
}
