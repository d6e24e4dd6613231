// Unsent work that somebody else carries: exported as a file, handed in from a file, and what earlier people left on this
// computer. Nothing here is opened: rows go to the centre sealed as they lie, and it alone says what becomes of them.
import { Dexie } from 'dexie'
import type { Answer } from '../../contract/answer.ts'
import { done, failed } from '../../contract/answer.ts'
import { HandoverHead, SealedRow, type HandoverAnswer } from '../../contract/handover.ts'
import type { AccountId } from '../../contract/ids.ts'
import { AccountId as AccountIdShape } from '../../contract/ids.ts'
import type { Clock, JournalPiece, OutboxFate, SecondJournal } from '../../core/ports.ts'
import type { Sealer } from '../../core/seal/sealer.ts'
import { handoverBody, handoverText, portions, readHandover } from '../../core/sync/handover.ts'
import { settle } from '../../core/sync/settle.ts'
import { sha256Of, toBase64 } from './base64.ts'
import type { CentreClient } from './centreClient.ts'
import type { SeatStore, WaitingRow } from './database.ts'
import { storeName } from '../../contract/journal.ts'
import { openStore } from './database.ts'
import { openOutbox } from './outbox.ts'
import { takeSeat } from './seatLock.ts'
import { unsentFiles } from './unsentFiles.ts'

export type Left = { readonly account: string; readonly waiting: number }
export type Imported = {
  readonly account: string
  readonly stored: number
  readonly duplicate: number
  readonly refused: number
  /** Not taken now: the file is to be handed in again later. */
  readonly later: number
}

export type Exported = {
  readonly name: string
  readonly text: string
  /** Things in it, and how many of them are of which earlier person. */
  readonly count: number
  readonly others: readonly Left[]
  /** Whose work could not be read: it is not in it. */
  readonly unread: readonly string[]
  /** Attachments that wait on this computer, of everybody: they are not in it. */
  readonly files: number
}

export type Handover = {
  /** The file of all that waits or was refused on this computer, whoever wrote it. */
  exported(): Promise<Answer<Exported>>
  /** Hands in such a file, of whomever: one answer for each of them. */
  imported(text: string): Promise<Answer<readonly Imported[]>>
  /** What others left on this computer, as last seen. */
  left(): readonly Left[]
  listen(listener: () => void): () => void
  /** Carries what others left, if nobody is on the line. */
  carry(): Promise<void>
}

export type HandoverParts = {
  /** Of this person's store. */
  readonly name: string
  readonly account: AccountId
  readonly centreId: string
  readonly sealer: Sealer
  /** This person's second journal; null: there is none. */
  readonly journal: Pick<SecondJournal, 'read'> | null
  /** The one an earlier person left here. */
  readonly journalOf: (store: string) => Promise<Pick<SecondJournal, 'read' | 'close'> | null>
  readonly clock: Clock
  readonly random: () => number
  readonly call: CentreClient['call']
  readonly locks: LockManager
}

const atOnce = 1_000
const encoder = new TextEncoder()
const hash = (text: string): Promise<string> => sha256Of(encoder.encode(text))

/** Rows a program before sealing left in clear wait for their owner: nobody else may seal them. */
const isSealed = (
  row: WaitingRow | (Omit<WaitingRow, 'sealed'> & { sealed?: undefined }),
): row is WaitingRow => row.sealed !== undefined

/** All of them, so many at a time as the store reads well within its limit. */
const rowsOf = async (store: SeatStore): Promise<Answer<readonly WaitingRow[]>> => {
  const all: WaitingRow[] = []
  for (let last = 0; ;) {
    const after = last
    const page = await store.read(({ outbox }) => outbox.where(':id').above(after).limit(atOnce).toArray())
    if (!page.ok) return page
    all.push(...page.value.filter(isSealed))
    if (page.value.length < atOnce) return done(all)
    last = page.value.at(-1)?.seq ?? last
  }
}

const sealedRow = ({ kind, id, rev, sealed }: WaitingRow): SealedRow => ({
  kind,
  id,
  rev,
  sealed: toBase64(sealed),
})

/** A piece of the second journal that goes to the centre, as a row; null: it is another one. */
const rowOfPiece = ({ key, rev, sealed }: JournalPiece): SealedRow | null => {
  const at = key.indexOf(':')
  const row = { kind: key.slice(0, at), id: key.slice(at + 1), rev: rev ?? 1, sealed: toBase64(sealed) }
  return SealedRow.safeParse(row).data ?? null
}

/** Wherever it lies: what a store that is full or broken could not take stands in the second journal alone [JRNL-12]. */
const allUnsent = async (
  store: SeatStore,
  journal: HandoverParts['journal'],
): Promise<Answer<readonly SealedRow[]>> => {
  const [stored, held] = await Promise.all([rowsOf(store), journal?.read() ?? done([])])
  if (!stored.ok && (!held.ok || held.value.length === 0)) return stored
  const rows = stored.ok ? stored.value : []
  const revs = new Map(rows.map(({ key, rev }) => [key, rev]))
  const alone = (held.ok ? held.value : []).filter(({ key, rev }) => (revs.get(key) ?? 0) < (rev ?? 0))
  const newer = new Set(alone.map(({ key }) => key))
  return done([
    ...rows.filter(({ key }) => !newer.has(key)).map(sealedRow),
    ...alone.flatMap((piece) => rowOfPiece(piece) ?? []),
  ])
}

export const openHandover = (parts: HandoverParts): Handover => {
  const { clock, account, centreId } = parts
  const listeners = new Set<() => void>()
  let left: readonly Left[] = []
  let carrying = false

  const show = (next: readonly Left[]): void => {
    if (JSON.stringify(next) === JSON.stringify(left)) return
    left = next
    for (const listener of listeners) listener()
  }
  const handIn = async (owner: AccountId, rows: readonly SealedRow[]): Promise<Answer<HandoverAnswer>> => {
    const answer = await parts.call('handover.push', {
      clientNow: clock.now(),
      account: owner,
      rows: [...rows],
    })
    return answer.ok && answer.value.centre !== centreId
      ? failed('not_ours', '这里已是另一个中心，没有交出去')
      : answer
  }

  /** [HAND-4] One person's rows, portion by portion, each settled in their own outbox. */
  const carryFrom = async (owner: AccountId, store: SeatStore): Promise<number> => {
    const outbox = openOutbox(store, parts.sealer, clock.now)
    const found = await rowsOf(store)
    if (!found.ok) return 0
    const waiting = found.value.filter((row) => row.parked === undefined)
    const bySeq = new Map(waiting.map((row) => [`${row.kind} ${row.id}`, row]))
    for (const rows of portions(waiting.map(sealedRow))) {
      const answer = await handIn(owner, rows)
      if (!answer.ok) return waiting.length
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
    return counts.ok ? counts.value.waiting + counts.value.parked : waiting.length
  }
  /** Who else worked on this computer. */
  const others = async (): Promise<readonly { readonly owner: AccountId; readonly name: string }[]> => {
    const first = storeName(centreId, '')
    const names = (await Dexie.getDatabaseNames()).filter((name) => name.startsWith(first))
    return names.toSorted().flatMap((name) => {
      const { data: owner } = AccountIdShape.safeParse(name.slice(first.length))
      return !owner || owner === account || name.endsWith('-attachments') ? [] : [{ owner, name }]
    })
  }
  /** [HAND-1] Of one person, wherever it lies. */
  const unsentOf = async (
    name: string,
    journal: HandoverParts['journal'],
  ): Promise<Answer<readonly SealedRow[]>> => {
    const store = openStore(name, clock)
    const found = await allUnsent(store, journal)
    store.close()
    return found
  }
  const partOf = async (owner: AccountId, rows: readonly SealedRow[], more: number): Promise<string> => {
    const body = handoverBody(rows)
    const head = HandoverHead.parse({
      handover: 1,
      centre: centreId,
      account: owner,
      count: rows.length,
      madeAt: clock.now(),
      more,
      sha256: await hash(body),
    })
    return handoverText(head, body)
  }
  const carryAll = async (): Promise<void> => {
    const seen: Left[] = []
    for (const { owner, name } of await others()) {
      // Somebody at work in another window sends for themselves.
      const leave = await takeSeat(parts.locks, name)
      if (!leave) continue
      const store = openStore(name, clock)
      try {
        const waiting = await carryFrom(owner, store)
        if (waiting > 0) seen.push({ account: owner, waiting })
      } finally {
        store.close()
        leave()
      }
    }
    show(seen)
  }

  return {
    async exported() {
      const own = await unsentOf(parts.name, parts.journal)
      if (!own.ok) return own
      let files = await unsentFiles(parts.name)
      const unread: string[] = []
      const people = [{ owner: account, rows: own.value }]
      // A browser whose database is broken does not say who else worked here; the own work is in the journal all the same.
      for (const { owner, name } of await others().catch(() => [])) {
        const journal = await parts.journalOf(name)
        const found = await unsentOf(name, journal)
        journal?.close()
        if (!found.ok) unread.push(owner)
        files += await unsentFiles(name)
        if (found.ok && found.value.length > 0) people.push({ owner, rows: found.value })
      }
      const texts = await Promise.all(
        people.map(({ owner, rows }, place) => partOf(owner, rows, people.length - 1 - place)),
      )
      return done({
        name: `hotline-${account}.handover`,
        text: texts.join(''),
        count: people.reduce((sum, { rows }) => sum + rows.length, 0),
        others: people.slice(1).map(({ owner, rows }) => ({ account: owner, waiting: rows.length })),
        unread,
        files,
      })
    },
    async imported(text) {
      const found = await readHandover(text, hash)
      if (!found) return failed('bad_input', '这不是完好的交接文件，没有导入；请重新导出或换一份')
      if (found.some(({ head }) => head.centre !== centreId))
        return failed('bad_input', '这份交接文件是另一个中心的，没有导入')
      const taken: Imported[] = []
      for (const { head, rows: all } of found) {
        const count = { stored: 0, duplicate: 0, refused: 0, later: 0 }
        for (const rows of portions(all)) {
          const answer = await handIn(head.account, rows)
          if (!answer.ok) return answer
          for (const { verdict } of answer.value.verdicts)
            count[verdict === 'too_new' || verdict === 'busy' ? 'later' : verdict] += 1
        }
        if (all.length > 0) taken.push({ account: head.account, ...count })
      }
      return done(taken)
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
