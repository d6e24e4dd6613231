// Unsent work that somebody else carries: as a file, and what earlier people left on this computer. Nothing here
// is opened: rows go to the centre sealed as they lie, and it alone says what becomes of them.
import type { AccountId } from '../../contract/ids.ts'
import type { OutboxFate } from '../../core/ports.ts'
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
import { othersHere, rowsOf, sealedRow } from './unsentRows.ts'

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
  const { clock, account, centreId } = parts
  const listeners = new Set<() => void>()
  let left: readonly Left[] = []
  let carrying = false
  let busy = false
  let stopped = false
  let letGo = (): void => undefined

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
  /** [HAND-4] One person's rows, portion by portion, each settled in their own outbox. */
  const carryFrom = async (
    owner: AccountId,
    store: SeatStore,
  ): Promise<Pick<Left, 'waiting' | 'refused'>> => {
    const outbox = openOutbox(store, parts.sealer, clock.now)
    const found = await rowsOf(store)
    if (!found.ok) return { waiting: 0, refused: 0 }
    const waiting = found.value.filter((row) => row.parked === undefined)
    const bySeq = new Map(waiting.map((row) => [`${row.kind} ${row.id}`, row]))
    for (const rows of portions(waiting.map(sealedRow))) {
      if (stopped) break
      const answer = await pushSealed(parts, owner, rows)
      if (!answer.ok) break
      const { verdicts, serverNow, epoch } = answer.value
      const moment = { at: clock.now(), random: parts.random() }
      const fates = rows.flatMap(({ kind, id }, place): OutboxFate[] => {
        const row = bySeq.get(`${kind} ${id}`)
        if (!row) return []
        const shown = {
          ...row,
          urgent: false,
          text: row.sealed,
          dueAt: row.later ?? 0,
          state: 'waiting' as const,
        }
        return [settle(shown, verdicts[place] ?? null, moment, false, { at: serverNow, epoch })]
      })
      await outbox.settle(fates)
    }
    const counts = await outbox.counts()
    return counts.ok
      ? { waiting: counts.value.waiting, refused: counts.value.parked }
      : { waiting: waiting.length, refused: found.value.length - waiting.length }
  }
  const carryAll = async (): Promise<void> => {
    const seen: Left[] = []
    for (const { owner, name } of await othersHere(centreId, account)) {
      // Somebody at work in another window sends for themselves.
      const leave = stopped ? null : await takeSeat(parts.locks, name)
      if (!leave) continue
      letGo = leave
      const store = openStore(name, clock)
      try {
        const { waiting, refused } = await carryFrom(owner, store)
        const files = await carryFiles(carrier, owner, name)
        const theirs = { waiting, files: files.waiting, refused: refused + files.refused }
        if (theirs.waiting + theirs.files + theirs.refused > 0) seen.push({ account: owner, ...theirs })
      } catch {
        // A store that cannot be read now is asked again the next time, and holds up nobody else's.
        seen.push(...left.filter(({ account: whose }) => whose === owner))
      } finally {
        store.close()
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
