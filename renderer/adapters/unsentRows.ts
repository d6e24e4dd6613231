// What people left unsent on this computer, sealed as it lies: in the store, or in the second journal alone.
import type { Answer } from '../../contract/answer.ts'
import { done } from '../../contract/answer.ts'
import { SealedRow } from '../../contract/handover.ts'
import type { Clock, JournalPiece, SecondJournal } from '../../core/ports.ts'
import { toBase64 } from './base64.ts'
import type { SeatStore } from './database.ts'
import type { WaitingRow } from './storedRows.ts'
import { openStore } from './database.ts'
import { lookAt } from './comparePlaces.ts'

const atOnce = 1_000

/** Rows a program before sealing left in clear wait for their owner: nobody else may seal them. */
const isSealed = (
  row: WaitingRow | (Omit<WaitingRow, 'sealed'> & { sealed?: undefined }),
): row is WaitingRow => row.sealed !== undefined

/** All of them, so many at a time as the store reads well within its limit. */
export const rowsOf = async (store: SeatStore): Promise<Answer<readonly WaitingRow[]>> => {
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

export const sealedRow = ({ kind, id, rev, sealed }: WaitingRow): SealedRow => ({
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

const newerIn = (held: readonly JournalPiece[], stored: readonly WaitingRow[]): readonly JournalPiece[] => {
  const revs = new Map(stored.map(({ key, rev }) => [key, rev]))
  return held.filter(({ key, rev }) => (revs.get(key) ?? 0) < (rev ?? 0))
}

/** What the store could not take, or lost, as rows; what it knows to be at the centre is none of them. */
export const aloneIn = async (
  store: SeatStore,
  stored: readonly WaitingRow[],
  held: readonly JournalPiece[],
): Promise<readonly SealedRow[]> => {
  const pieces = newerIn(held, stored)
  if (pieces.length === 0) return []
  const looked = await store.read((database) => lookAt(database, pieces))
  const rows = pieces.flatMap((piece) => rowOfPiece(piece) ?? [])
  if (!looked.ok) return rows
  const { calls, tickets, warnings, sent } = looked.value
  const isAtCentre = ({ kind, id, rev }: SealedRow): boolean => {
    const row = { call: calls, ticket: tickets, warning: warnings, audit: null }[kind]?.get(id)
    return sent.has(id) && (kind === 'audit' || (row?.rev ?? 0) >= rev)
  }
  return rows.filter((row) => !isAtCentre(row))
}

/** Wherever it lies: what a store that is full or broken could not take stands in the second journal alone [JRNL-12]. */
const allUnsent = async (
  store: SeatStore,
  journal: Pick<SecondJournal, 'read'> | null,
): Promise<Answer<readonly SealedRow[]>> => {
  const [stored, held] = await Promise.all([rowsOf(store), journal?.read() ?? done([])])
  if (!stored.ok && (!held.ok || held.value.length === 0)) return stored
  const rows = stored.ok ? stored.value : []
  const alone = newerIn(held.ok ? held.value : [], rows)
  const newer = new Set(alone.map(({ key }) => key))
  return done([
    ...rows.filter(({ key }) => !newer.has(key)).map(sealedRow),
    ...alone.flatMap((piece) => rowOfPiece(piece) ?? []),
  ])
}

/** [HAND-1] Of one person, wherever it lies. */
export const unsentOf = async (
  name: string,
  journal: Pick<SecondJournal, 'read'> | null,
  clock: Clock,
): Promise<Answer<readonly SealedRow[]>> => {
  const store = openStore(name, clock)
  const found = await allUnsent(store, journal)
  store.close()
  return found
}
