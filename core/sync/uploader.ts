// Empties the outbox. What a verdict means for a row is settle.ts; how long to wait is uploaderWait.ts; carrying the
// effects out is renderer/adapters/syncLoop.ts.
//
//            started                rows                     verdicts
//   off ───────────────► reading ─────────► sending ───────────────────► reading (from the start, once more)
//                          │ ▲    no rows      │ │ ▲  next batch, read ahead, goes at once
//                          ▼ │ put, woke       │ └─┘
//                         idle                 │ no answer, busy, a portal's answer
//                                              ▼
//   signedOut ◄── no token ──┬──────────── waiting ──woke──► probing ──the centre is there──► reading
//       └─ signedIn, woke ─► reading           ▲                │ it is not
//                                              └────────────────┘
//   yielding: somebody is on the line and the link is thin; only what is urgent goes. stopped, from anywhere: off. A batch the centre cannot digest is halved until the one bad row stands alone.
import type { Problem } from '../../contract/answer.ts'
import type { PushAnswer } from '../../contract/sync.ts'
import type { OutboxFate, OutboxRow } from '../ports.ts'
import { unreachable } from '../unreachable.ts'
import { longestWaitMs } from './backoff.ts'
import type { Moment } from './settle.ts'
import { nextSize, quickMs, sizeAfterSilence, slowMs } from './pace.ts'
import { failOne, settleAll, tooNewWaitMs, wordsOn } from './settle.ts'
import type { Flight, UploadEffect, UploadEvent, Uploader, UploadStep as Step } from './uploaderState.ts'
import { batchBytes, firstBatch, largestBatch, newUploader } from './uploaderState.ts'
import { wait, waitLonger } from './uploaderWait.ts'

const busyText = '中心暂时繁忙，内容已存在本机，稍后自动再试'

export const stepUploader = (state: Uploader, event: UploadEvent): Step => {
  const { phase } = state
  switch (event.type) {
    case 'started': {
      if (phase.at !== 'off') return [state, []]
      const { nextTicket, unsettled, lastStoredAt, lineBusy } = state
      return readAgain({ ...newUploader, nextTicket, unsettled, lastStoredAt, lineBusy })
    }
    case 'stopped':
      return [{ ...state, phase: { at: 'off' }, trouble: null }, []]
    case 'put':
      if (phase.at === 'idle' || (phase.at === 'yielding' && event.urgent)) return readAgain(state)
      // [WARN-7] The centre may be back since it was last asked; what is urgent does not wait for the next turn.
      if (phase.at === 'waiting' && phase.probe && event.urgent)
        return [{ ...state, phase: { at: 'probing' }, stale: true, urgent: true }, [{ do: 'probe' }]]
      return [{ ...state, stale: true, urgent: state.urgent || event.urgent }, []]
    case 'line': {
      const next = { ...state, lineBusy: event.busy }
      return phase.at === 'yielding' && !event.busy ? readAgain(next) : [next, []]
    }
    case 'rowsRead':
      return rowsRead(state, event)
    case 'nextDueRead':
      if (phase.at !== 'idle' || event.dueAt === null) return [state, []]
      return [state, [{ do: 'wake', afterMs: Math.min(longestWaitMs, Math.max(0, event.dueAt - event.at)) }]]
    case 'answered': {
      if (phase.at !== 'sending') return waitLonger(state, event)
      const { ahead } = phase
      if (isFlight(ahead) && ahead.ticket === event.ticket)
        return [{ ...state, phase: { ...phase, ahead: { ...ahead, answered: event } } }, []]
      if (phase.ticket !== event.ticket) return [state, []]
      if (event.answer.ok) return taken(state, phase, event.answer.value, event)
      const [failed, effects] = notTaken(state, phase.rows, event.answer.problem, event)
      if (!isFlight(ahead) || !ahead.answered) return [failed, effects]
      const [longer, more] = waitLonger(failed, ahead.answered)
      return [longer, [...effects, ...more]]
    }
    case 'settled': {
      const left = { ...state, unsettled: state.unsettled - 1 }
      // The disk would not take it: the rows are still there and go again, which is harmless, but not at once.
      // A wait already begun is kept: the centre may have asked for it.
      const rests = phase.at === 'off' || phase.at === 'waiting' || phase.at === 'signedOut'
      if (!event.answer.ok && !rests) return wait(left, event.answer.problem, event, false)
      return phase.at === 'reading' && phase.ticket === null ? readAgain(left) : [left, []]
    }
    case 'probed':
      if (phase.at !== 'probing') return [state, []]
      return event.answer.ok ? readAgain(state) : wait(state, event.answer.problem, event, true)
    case 'woke':
    case 'hurried':
      // [SYNC-6] What comes back by itself comes back at every seat at once; a person is one.
      if (event.type === 'hurried' && !event.byPerson && isAskedToWait(state, event)) return [state, []]
      if (phase.at === 'waiting' && phase.probe)
        return [{ ...state, phase: { at: 'probing' } }, [{ do: 'probe' }]]
      // One row tells whether the link is still thin.
      if (phase.at === 'yielding') return readAgain({ ...state, slow: false, batch: 1 })
      if (phase.at === 'waiting' || phase.at === 'idle' || phase.at === 'signedOut') return readAgain(state)
      return [event.type === 'hurried' ? { ...state, stale: true } : state, []]
    default:
      return unreachable(event)
  }
}

const isAskedToWait = ({ phase }: Uploader, { at }: Moment): boolean =>
  phase.at === 'waiting' && phase.asked && at < phase.until

/** Reads what is due. Waits for settlings first: rows already acknowledged must not be read again. */
const readAgain = (state: Uploader): Step => {
  // What is urgent stands at the start, whoever's turn it is.
  const after = state.urgent ? 0 : state.from
  const fromStart = after === 0
  if (state.unsettled > 0) return [{ ...state, phase: { at: 'reading', ticket: null, fromStart } }, []]
  const ticket = state.nextTicket
  return [
    {
      ...state,
      phase: { at: 'reading', ticket, fromStart },
      nextTicket: ticket + 1,
      stale: false,
      urgent: state.urgent && !fromStart,
    },
    [{ do: 'read', ticket, after, limit: state.batch, maxBytes: batchBytes }],
  ]
}

/** A row the centre failed on before travels alone, so that it cannot take others down again. */
const together = (rows: readonly OutboxRow[]): readonly OutboxRow[] => {
  const suspect = rows.findIndex((row) => row.attempts > 0)
  return suspect === -1 ? rows : rows.slice(0, Math.max(1, suspect))
}

/** [SYNC-23] While somebody is on a thin line only what is urgent goes, and it comes first in every reading. */
const allowed = ({ lineBusy, slow }: Uploader, rows: readonly OutboxRow[]): readonly OutboxRow[] =>
  lineBusy && slow ? rows.filter((row) => row.urgent) : rows

const isFlight = (ahead: number | readonly OutboxRow[] | Flight): ahead is Flight =>
  typeof ahead === 'object' && 'rows' in ahead

/** Only a centre that stores well on a good link is handed a second batch before it answered the first. */
const mayOverlap = (state: Uploader): boolean =>
  state.othersPass && !state.slow && !state.urgent && state.failures === 0 && state.from === 0

const send = (state: Uploader, found: readonly OutboxRow[]): Step => {
  const rows = together(allowed(state, found))
  if (rows.length === 0)
    return [{ ...state, phase: { at: 'yielding' } }, [{ do: 'wake', afterMs: longestWaitMs }]]
  const ticket = state.nextTicket
  const [sending, reading] = underWay({ ...state, nextTicket: ticket + 1 }, ticket, rows)
  // First the reading: the disk is at work on it while the batch is handed to the network.
  return [sending, [...reading, { do: 'push', ticket, rows }]]
}

/** This batch is on its way; the next one is read. */
const underWay = (state: Uploader, ticket: number, rows: readonly OutboxRow[]): Step => {
  const ahead = state.nextTicket
  const after = rows.at(-1)?.seq ?? 0
  return [
    { ...state, phase: { at: 'sending', ticket, rows, ahead }, nextTicket: ahead + 1 },
    [{ do: 'read', ticket: ahead, after, limit: state.batch, maxBytes: batchBytes }],
  ]
}

const rowsRead = (state: Uploader, event: Extract<UploadEvent, { type: 'rowsRead' }>): Step => {
  const { phase } = state
  if (phase.at === 'sending' && phase.ahead === event.ticket) {
    const found = event.rows.ok ? event.rows.value : []
    if (found.length === 0 || !mayOverlap(state)) return [{ ...state, phase: { ...phase, ahead: found } }, []]
    // [SYNC-26] Its rows are taken off the disk only after those before it; an answer nobody waits for any more means
    // that they go again and are duplicates.
    const flight: Flight = { ticket: state.nextTicket, rows: together(found), answered: null }
    return [
      { ...state, phase: { ...phase, ahead: flight }, nextTicket: flight.ticket + 1 },
      [{ do: 'push', ticket: flight.ticket, rows: flight.rows }],
    ]
  }
  if (phase.at !== 'reading' || phase.ticket !== event.ticket) return [state, []]
  if (!event.rows.ok) return wait(state, event.rows.problem, event, false)
  const rows = event.rows.value
  if (rows.length > 0) {
    // As many urgent ones as fit, or some wait for one that travels alone: they come before what stands behind these.
    const heldBack = rows.slice(together(rows).length)
    const more = phase.fromStart && (rows.every((row) => row.urgent) || heldBack.some((row) => row.urgent))
    return send(more ? { ...state, urgent: true } : state, rows)
  }
  if (state.stale || !phase.fromStart) return readAgain({ ...state, from: 0 })
  return [{ ...state, phase: { at: 'idle' } }, [{ do: 'readNextDue' }]]
}

const taken = (
  state: Uploader,
  { rows, ahead }: Extract<Uploader['phase'], { at: 'sending' }>,
  answer: PushAnswer,
  event: Extract<UploadEvent, { type: 'answered' }>,
): Step => {
  if ([...wordsOn(rows, answer.verdicts).values()].every(({ verdict }) => verdict === 'busy')) {
    const problem: Problem = { code: 'busy', text: busyText }
    // Half the next time: if it is these rows and not the centre, each will stand alone in the end.
    const half = { ...state, batch: Math.ceil(rows.length / 2) }
    if (rows.length > 1) return notTaken(half, rows, problem, event)
    // One row alone says nothing about the centre: it must not stand before the others until they pass.
    if (!state.othersPass) return alone(state, rows, event, problem, false)
  }
  const fates = settleAll(rows, answer, event, state.othersPass)
  const stored = fates.some((fate) => fate.fate === 'remove')
  const next: Uploader = {
    ...state,
    batch: Math.min(state.ceiling, nextSize(state.batch, largestBatch, event.tookMs)),
    failures: 0,
    from: 0,
    suspect: null,
    trouble: null,
    slow: event.tookMs >= quickMs,
    unsettled: state.unsettled + 1,
    othersPass: stored || (state.othersPass && fates.every((fate) => fate.fate !== 'wait')),
    lastStoredAt: stored ? event.at : state.lastStoredAt,
  }
  const settling: UploadEffect = { do: 'settle', fates }
  // [SYNC-22] Something urgent came meanwhile: what was read ahead waits, the reading begins anew with it.
  if (state.urgent) {
    const [moved, effects] = readAgain(next)
    return [moved, [...effects, settling]]
  }
  // A read-ahead still under way becomes the reading waited for.
  if (typeof ahead === 'number')
    return [{ ...next, phase: { at: 'reading', ticket: ahead, fromStart: false } }, [settling]]
  if (isFlight(ahead)) {
    const [flying, reading] = underWay(next, ahead.ticket, ahead.rows)
    const [moved, effects] = ahead.answered ? stepUploader(flying, ahead.answered) : [flying, []]
    return [moved, [...reading, settling, ...effects]]
  }
  const [moved, effects] = ahead.length > 0 ? send(next, ahead) : readAgain(next)
  return [moved, [...effects, settling]]
}

/**
 * [SYNC-24] Sent away at once with a wait: the line was long, that says nothing about the batch. Twice in a row it might be
 * the batch after all, which a centre short of room cannot take: then it begins small again.
 */
const isLineLong = (state: Uploader, { code, retryAfterMs }: Problem, tookMs: number): boolean =>
  code === 'busy' && retryAfterMs !== undefined && tookMs < quickMs && state.failures === 0

/** The centre took none of the batch: whose fault is it, and when is it tried again? */
const notTaken = (
  state: Uploader,
  rows: readonly OutboxRow[],
  problem: Problem,
  moment: Moment & { readonly tookMs: number },
): Step => {
  const half = { ...state, batch: Math.ceil(rows.length / 2) }
  switch (problem.code) {
    case 'not_signed_in':
    case 'forbidden':
    case 'locked':
    case 'wrong_password': {
      const trouble = { since: state.trouble?.since ?? moment.at, problem }
      return [{ ...state, phase: { at: 'signedOut' }, trouble }, [{ do: 'wake', afterMs: longestWaitMs }]]
    }
    case 'too_large':
      return rows.length > 1
        ? readAgain({ ...half, ceiling: half.batch })
        : alone(state, rows, moment, problem, true)
    case 'bad_input':
      return rows.length > 1 ? readAgain(half) : alone(state, rows, moment, problem, true)
    case 'failed':
      if (rows.length > 1) return wait({ ...half, failures: 0 }, problem, moment, false)
      return alone(state, rows, moment, problem, false)
    case 'too_new':
    case 'too_old':
      // One of the two must be updated first; asking more often is noise.
      return wait(state, { ...problem, retryAfterMs: tooNewWaitMs }, moment, false)
    default: {
      if (isLineLong(state, problem, moment.tookMs)) return wait(state, problem, moment, true)
      const batch = sizeAfterSilence(Math.min(state.batch, firstBatch), moment.tookMs)
      const slow = state.slow || moment.tookMs > slowMs
      return wait({ ...state, batch, slow }, problem, moment, problem.code !== 'too_many')
    }
  }
}

/** One row by itself was not digested: it is parked, or put off so that the others pass. */
const alone = (
  state: Uploader,
  rows: readonly OutboxRow[],
  moment: Moment,
  problem: Problem,
  refused: boolean,
): Step => {
  const { text, field = null } = problem
  const fates = rows.map((row): OutboxFate =>
    refused
      ? { seq: row.seq, id: row.id, kind: row.kind, fate: 'park', text, field, at: moment.at }
      : failOne(row, moment, state.othersPass),
  )
  const next = { ...state, unsettled: state.unsettled + 1, othersPass: false, batch: 1 }
  const [row] = rows
  const settling: UploadEffect = { do: 'settle', fates }
  if (refused || !row) {
    const [moved, effects] = readAgain(next)
    return [moved, [...effects, settling]]
  }
  // A second row in a row: it is the centre and not the rows. Either way the next ones get their turn first, or old
  // bad rows that are due again after every wait would hold up the others for ever.
  const onwards = { ...next, from: row.seq, suspect: row.seq }
  const two = state.suspect !== null && state.suspect !== row.seq
  const [moved, effects] = two ? wait(onwards, problem, moment, false) : readAgain(onwards)
  return [moved, [...effects, settling]]
}
