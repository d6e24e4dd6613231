// The Records port, the half that writes: calls, forms, work orders and warnings with their outbox rows, one transaction each.
// Looking things up is callQueries.ts and owedQueries.ts; sending is the uploader's affair.
import type { Answer } from '../../contract/answer.ts'
import { done, failed } from '../../contract/answer.ts'
import type { CallRecord } from '../../contract/softphone.ts'
import type { TicketDispatch } from '../../contract/tickets.ts'
import type { WarningReport } from '../../contract/warnings.ts'
import type { Clock, Records } from '../../core/ports.ts'
import type { Sealer } from '../../core/seal/sealer.ts'
import { draftProblem, recordProblem, ticketProblem, warningProblem } from '../../core/sync/checkSizes.ts'
import { saysTheSame } from '../../core/sameWords.ts'
import { isSameForm } from '../../core/wrapup/filing.ts'
import { callQueries } from './callQueries.ts'
import type { SeatStore } from './database.ts'
import { addToOutbox } from './outbox.ts'
import { owedQueries } from './owedQueries.ts'
import type { Saved } from './saveCall.ts'
import { addNew, saveCall } from './saveCall.ts'
import type { OwnRow } from './sealedRows.ts'
import { dispatchRow, draftRow, journalRow, newWaiting, ownRows, warningRow } from './sealedRows.ts'
import type { Bytes, NewWaiting } from './storedRows.ts'

/** null: the second journal alone has it; the store will. */
const answerOf = (saved: Answer<Saved | null>): Answer<null> => {
  if (!saved.ok) return saved
  if (saved.value === 'older') return failed('conflict', '已有更新的版本，本次未保存，请重新打开后再改')
  if (saved.value === 'dispatched') return failed('conflict', '这通来电已派过单，未重复派单，请查看原工单')
  return done(null)
}

/** Small enough for the store's time limit on a slow disk. */
const portion = 2_500
/** Among so many of the last warnings one that is saved again is looked for. */
const mostWarnings = 500

type Portion = { readonly rows: readonly OwnRow[]; readonly waiting: readonly NewWaiting[] }

const prepare = async (sealer: Sealer, records: readonly CallRecord[], now: number): Promise<Portion> => {
  const made = await Promise.all(records.map((record) => ownRows(sealer, record, now)))
  return { rows: made.map(({ row }) => row), waiting: made.map(({ waiting }) => waiting) }
}

const restorePortion = (store: SeatStore, { rows, waiting }: Portion): Promise<Answer<void | null>> => {
  const storing = store.write(async (database) => {
    if (await addNew(database, rows, waiting, [])) return
    await database.dexie.transaction('rw', database.calls, database.outbox, async () => {
      const known = await database.calls.bulkGet(rows.map((row) => row.id))
      const isMissing = (_: unknown, at: number): boolean => known[at]?.rev === undefined
      await Promise.all([
        database.calls.bulkPut(rows.filter(isMissing)),
        addToOutbox(database, waiting.filter(isMissing)),
      ])
    })
  })
  return store.places.save(storing, { puts: waiting, ends: [] }, () => true)
}

const over = (table: 'draft' | 'journal', id: string) => ({ key: `${table}:${id}`, rev: null, seq: null })

export const openRecords = (store: SeatStore, sealer: Sealer, clock: Clock): Records => {
  const queries = callQueries(store, sealer)
  /** Of these the later one counts. `storing` tells whether it was still wanted. */
  const saveOne = (
    storing: Promise<Answer<boolean>>,
    table: 'draft' | 'journal',
    id: string,
    sealed: Bytes,
  ): Promise<Answer<boolean | null>> =>
    store.places.save(
      storing,
      { puts: [{ key: `${table}:${id}`, rev: null, sealed }], ends: [] },
      (isIn) => isIn,
    )

  /** A save answered as not saved may land late: what is filed after it under the same revision is not the same words. */
  const holdsForm = async ({ id, rev, form }: CallRecord): Promise<boolean> => {
    const kept = await queries.read(id)
    return kept.ok && kept.value?.rev === rev && isSameForm(kept.value.form, form)
  }

  /** As of a form: other words under the revision that is stored. */
  const saysOtherwise = async (report: WarningReport): Promise<boolean> => {
    const all = await queries.warnings(mostWarnings)
    const kept = all.ok && all.value.find((each) => each.report.id === report.id)?.report
    return !kept || (kept.rev === report.rev && !saysTheSame(kept, report))
  }

  const put = async (
    record: CallRecord,
    ticket: TicketDispatch | null,
    endsDraft: boolean,
  ): Promise<Answer<null>> => {
    const problem = recordProblem(record) ?? (ticket && ticketProblem(ticket))
    if (problem) return { ok: false, problem }
    const now = clock.now()
    const [{ row, waiting: call }, order] = await Promise.all([
      ownRows(sealer, record, now),
      ticket && newWaiting(sealer, { kind: 'ticket', body: ticket }, now),
    ])
    const waiting = order ? [call, order] : [call]
    const dispatched = ticket && order && dispatchRow(ticket, order)
    const storing = store.write((database) =>
      saveCall(database, { row, ticket: dispatched, waiting, endsDraft }),
    )
    const ends = [over('journal', record.id), ...(endsDraft ? [over('draft', record.id)] : [])]
    const isIn = (verdict: Saved) => verdict === 'saved'
    const save = { puts: waiting, ends, afterStore: ticket !== null, whole: true }
    const saved = await store.places.save(storing, save, isIn)
    if (saved.ok && (saved.value === 'saved' || saved.value === null))
      store.tellOutbox(waiting.some((row) => row.urgent !== undefined) ? 'urgent' : 'more')
    if (saved.ok && saved.value === 'same' && !(await holdsForm(record))) return answerOf(done('older'))
    const isThere = !saved.ok && saved.problem.code === 'conflict' && (await holdsForm(record))
    return isThere ? done(null) : answerOf(saved)
  }

  return {
    ...queries,
    ...owedQueries(store, sealer),
    async journal(record) {
      const problem = recordProblem(record)
      if (problem) return { ok: false, problem }
      const row = await journalRow(sealer, record)
      const storing = store.write((database) =>
        database.dexie.transaction('rw', database.calls, database.journal, async () => {
          // A slow journal entry may come after the end of its call: it must not make it unfinished again.
          const isOver = (await database.calls.get(record.id))?.rev !== undefined
          if (!isOver) await database.journal.put(row)
          return !isOver
        }),
      )
      const answer = await saveOne(storing, 'journal', record.id, row.sealed)
      return answer.ok ? done(null) : answer
    },
    async finish(record) {
      const answer = await put(record, null, false)
      // The form was quicker than the end of the call: the filed record holds it already.
      return !answer.ok && answer.problem.code === 'conflict' ? done(null) : answer
    },
    file: (record, ticket) => put(record, ticket, true),
    async saveDraft(draft) {
      const problem = draftProblem(draft)
      if (problem) return { ok: false, problem }
      const row = await draftRow(sealer, draft)
      const storing = store.write((database) =>
        database.dexie.transaction('rw', database.calls, database.drafts, async () => {
          const filedAt = (await database.calls.get(draft.callId))?.filedAt
          const isOpen = filedAt === undefined || draft.openedAt > filedAt
          if (isOpen) await database.drafts.put(row)
          return isOpen
        }),
      )
      const answer = await saveOne(storing, 'draft', draft.callId, row.sealed)
      return answer.ok ? done(null) : answer
    },
    async dropDraft(id) {
      const answer = await store.write((database) => database.drafts.delete(id))
      if (answer.ok) store.places.end([over('draft', id)])
      return answer.ok ? done(null) : answer
    },
    async restore(records) {
      const portionAt = (at: number) => prepare(sealer, records.slice(at, at + portion), clock.now())
      let next = portionAt(0)
      for (let at = portion; at < records.length + portion; at += portion) {
        const ready = await next
        // The next one is made ready while this one is on its way to the disk.
        next = portionAt(at)
        const answer = await restorePortion(store, ready)
        if (!answer.ok) return answer
      }
      store.tellOutbox('more')
      return done(null)
    },
    async warn(report) {
      const problem = warningProblem(report)
      if (problem) return { ok: false, problem }
      const waiting = await newWaiting(sealer, { kind: 'warning', body: report }, clock.now())
      const row = warningRow(report, waiting)
      const storing = store.write(({ dexie, warnings, outbox }) =>
        dexie.transaction('rw', warnings, outbox, async () => {
          const old = await warnings.get(report.id)
          if (old && old.rev >= report.rev) return false
          await warnings.put({ ...row, number: old?.number ?? null, centre: old?.centre ?? null })
          await addToOutbox({ outbox }, [waiting])
          return true
        }),
      )
      const save = { puts: [waiting], ends: [], whole: true }
      const answer = await store.places.save(storing, save, (isNew) => isNew)
      const isThere = answer.ok ? answer.value === false : answer.problem.code === 'conflict'
      if (!answer.ok && !isThere) return answer
      store.tellOutbox('urgent')
      return isThere && (await saysOtherwise(report))
        ? failed('conflict', '这条预警已另有同一版的内容，本次未保存，请再改一次')
        : done(null)
    },
    async noteAudit(note) {
      const waiting = [await newWaiting(sealer, { kind: 'audit', body: note }, clock.now())]
      const storing = store.write((database) =>
        database.dexie.transaction('rw', database.outbox, () => addToOutbox(database, waiting)),
      )
      const answer = await store.places.save(storing, { puts: waiting, ends: [] }, () => true)
      if (answer.ok) store.tellOutbox('more')
      return answer.ok ? done(null) : answer
    },
  }
}
