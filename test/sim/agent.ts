// The agent at a simulated seat: finishes calls, files and corrects forms, dispatches, raises warnings, leaves notes, and believes that
// something is saved only when the store has said so.
import type { Answer } from '../../contract/answer.ts'
import type { AccountId, AuditId, CallId, Extension, TicketId, WarningId } from '../../contract/ids.ts'
import type { CallRecord } from '../../contract/softphone.ts'
import type { TicketDispatch } from '../../contract/tickets.ts'
import type { WarningReport } from '../../contract/warnings.ts'
import { recovered } from '../../core/sync/recover.ts'
import { aForm, aRecord } from '../makers/forms.ts'
import { aReport } from '../makers/reports.ts'
import { aDispatch, aNote } from '../makers/traffic.ts'
import type { Dice } from './dice.ts'
import type { StorePorts } from './disk.ts'
import type { History, Thing } from './history.ts'

/** Who works, on which store. */
export type Desk = { readonly account: string; readonly ports: StorePorts }

export type Agent = {
  /** One thing, unless the one before is not done yet. */
  act(desk: Desk): void
  /** A call the centre has nothing against. */
  finishOne(desk: Desk): void
  /** After a start: calls that were interrupted become records. */
  recover(desk: Desk): Promise<void>
}

const hex = (n: number, length: number): string => n.toString(16).padStart(length, '0')

export const newAgent = (
  { dice, history, now }: { dice: Dice; history: History; now: () => number },
  seat: string,
  /** Makes the ids of different seats differ. */
  place: number,
): Agent => {
  /** Newest revision the agent made, per account; what was told saved or is yet to be. */
  const calls = new Map<string, CallRecord>()
  const orders = new Map<string, TicketDispatch>()
  let made = 0
  let busy: Desk | null = null

  const raised = new Map<string, WarningReport>()
  const id = (kind: 8 | 9 | 10 | 11): string => {
    made += 1
    return `0193f0a0-0000-7${hex(place, 3)}-${hex(kind, 1)}000-${hex(made, 12)}`
  }
  const told = (account: string, answer: Answer<null>, ...things: Thing[]): void => {
    if (!answer.ok) return
    for (const each of things) history.add({ what: 'told', store: `${seat}:${account}`, ...each })
  }
  const callThing = ({ id: call, rev }: CallRecord): Thing => ({ kind: 'call', id: call, rev })

  const mineOf = <T extends { agent: string }>(all: Map<string, T>, account: string): T[] =>
    [...all.values()].filter((each) => each.agent === account)

  const newCall = (account: string): CallRecord => {
    const offeredAt = now()
    return aRecord(1, {
      id: id(8) as CallId,
      agent: account as AccountId,
      seat: '1001' as Extension,
      offeredAt,
      answeredAt: offeredAt + 2_000,
      endedAt: offeredAt + 60_000,
    })
  }

  const finish = async ({ account, ports }: Desk, begun: boolean): Promise<void> => {
    const record = newCall(account)
    // Half the calls are journalled when they ring; a crash in between leaves an interrupted one.
    if (begun) await ports.records.journal({ ...record, outcome: 'interrupted' })
    calls.set(record.id, record)
    told(account, await ports.records.finish(record), callThing(record))
  }

  const file = async ({ account, ports }: Desk, dispatches: boolean): Promise<void> => {
    const mine = mineOf(calls, account)
    const before = mine[dice.between(0, Math.max(0, mine.length - 1))]
    if (!before) return
    const known = before.ticketId === null ? undefined : orders.get(before.ticketId)
    const ticket: TicketDispatch | null = known
      ? { ...known, rev: known.rev + 1 }
      : dispatches
        ? aDispatch(1, {
            id: id(9) as TicketId,
            callId: before.id,
            agent: account as AccountId,
            dispatchedAt: now(),
            urgency: dice.chance(0.2) ? 'critical' : 'normal',
          })
        : null
    const record: CallRecord = {
      ...before,
      rev: before.rev + 1,
      form: aForm(),
      filedAt: now(),
      wrapupMs: 5_000,
      ticketId: ticket?.id ?? before.ticketId,
    }
    // What may reach the disk although nobody hears of it must not be given another content.
    calls.set(record.id, record)
    if (ticket) orders.set(ticket.id, ticket)
    const answer = await ports.records.file(record, ticket)
    const things: Thing[] = ticket ? [{ kind: 'ticket', id: ticket.id, rev: ticket.rev }] : []
    told(account, answer, callThing(record), ...things)
  }

  /** A new warning, or one more word about an earlier one. */
  const warn = async ({ account, ports }: Desk): Promise<void> => {
    const before = dice.pick<WarningReport | null>([null, ...mineOf(raised, account)])
    const report: WarningReport = before
      ? { ...before, rev: before.rev + 1 }
      : aReport(1, {
          id: id(11) as WarningId,
          agent: account as AccountId,
          employer: `单位${seat}${made}`,
          heardAt: now(),
          raisedAt: now(),
        })
    raised.set(report.id, report)
    const thing: Thing = { kind: 'warning', id: report.id, rev: report.rev }
    told(account, await ports.records.warn(report), thing)
  }

  const note = async ({ account, ports }: Desk): Promise<void> => {
    const made = aNote(1, {
      id: id(10) as AuditId,
      agent: account as AccountId,
      at: now(),
    })
    told(account, await ports.records.noteAudit(made), { kind: 'audit', id: made.id, rev: 1 })
  }

  return {
    act(desk) {
      // A person does one thing at a time.
      if (busy === desk) return
      busy = desk
      const what = dice.between(0, 10)
      const doing =
        what <= 3
          ? finish(desk, what <= 1)
          : what <= 7
            ? file(desk, what >= 6)
            : what <= 9
              ? note(desk)
              : warn(desk)
      void doing.then(() => {
        busy = null
      })
    },
    finishOne(desk) {
      // Beyond the ids the centre has something against.
      made = Math.max(made, 1_000)
      void finish(desk, false)
    },
    async recover({ account, ports }) {
      const answer = await ports.records.unfinished()
      for (const record of answer.ok ? answer.value : []) {
        const whole = recovered(record)
        calls.set(whole.id, whole)
        told(account, await ports.records.finish(whole), callThing(whole))
      }
    },
  }
}
