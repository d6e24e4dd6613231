// Made-up people and their made-up past for a centre started with --demo: eight accounts with passwords of
// their own in every data folder, earlier calls of the practice callers, three work orders.
import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { v7 } from 'uuid'
import { z } from 'zod'
import { Account, Role } from '../contract/session.ts'
import { CallRecord } from '../contract/softphone.ts'
import { TicketAction, TicketDispatch } from '../contract/tickets.ts'
import { emptyForm } from '../contract/wrapup.ts'
import type { Reference } from '../contract/reference.ts'
import { dueAt } from '../core/tickets/workdays.ts'
import { putAccount } from './accounts.ts'
import { storeCalls } from './callRecords.ts'
import type { Database, Queries } from './database.ts'
import story from './demo.json' with { type: 'json' }
import { storeDispatch } from './dispatch.ts'
import { currentReference } from './reference.ts'
import { recordAction } from './tickets.ts'

const DemoAccount = z.object({
  account: z.string(),
  password: z.string(),
  name: z.string(),
  role: Role,
  extension: z.string().nullable(),
})
export type DemoAccount = z.infer<typeof DemoAccount>

type Story = (typeof story.calls)[number]
type Person = Account & { extension: string | null }

const dayMs = 86_400_000
const minuteMs = 60_000
/** China's clock is eight hours ahead of UTC all year. */
const chinaMs = 8 * 3_600_000

/** A moment of an earlier day's working hours, 09:10 to 16:39 in China, whatever hour the centre is started at. */
const workingTime = (daysAgo: number, now: number): number => {
  const midnight = Math.floor((now + chinaMs) / dayMs) * dayMs - chinaMs
  return midnight - daysAgo * dayMs + (550 + ((daysAgo * 137) % 450)) * minuteMs
}

const personOf = (entry: (typeof story.accounts)[number]): Person => ({
  ...Account.parse({
    id: entry.account,
    name: entry.name,
    role: entry.role,
    department: entry.department ?? null,
  }),
  extension: entry.extension ?? null,
})

/**
 * Passwords are random, and the same after a restart: they stand in the data folder. `made`: whose stood there not yet,
 * as after an update that brings new people.
 */
const passwordsIn = (folder: string) => {
  const file = path.join(folder, 'demo-accounts.json')
  const Kept = z.record(z.string(), z.string())
  const kept = fs.existsSync(file) ? Kept.parse(JSON.parse(fs.readFileSync(file, 'utf8'))) : {}
  const made = story.accounts.map(({ account }) => account).filter((account) => !(account in kept))
  const all = {
    ...kept,
    ...Object.fromEntries(made.map((account) => [account, randomBytes(9).toString('base64url')])),
  }
  if (made.length > 0) fs.writeFileSync(file, `${JSON.stringify(all)}\n`, { mode: 0o600 })
  return { of: (account: string): string => all[account] ?? '', made: new Set(made) }
}

const recordOf = (call: Story, agent: Person, practice: boolean, now: number): CallRecord => {
  const offeredAt = workingTime(call.daysAgo, now)
  const answeredAt = offeredAt + 4_000
  const endedAt = answeredAt + call.talkSeconds * 1000
  return CallRecord.parse({
    v: 1,
    id: v7({ msecs: offeredAt }),
    rev: 1,
    agent: agent.id,
    seat: agent.extension,
    practice,
    direction: 'inbound',
    number: call.number,
    name: null,
    place: call.number.startsWith('0') ? '北京' : null,
    queue: '12351',
    callRef: null,
    legId: null,
    queuedMs: 6_000,
    offeredAt,
    answeredAt,
    endedAt,
    talkMs: endedAt - answeredAt,
    holdMs: 0,
    outcome: 'answered',
    endedBy: 'caller',
    endCause: null,
    hangUpReason: null,
    quality: null,
    form: {
      ...emptyForm,
      callerName: call.callerName,
      contactNumber: call.number,
      member: call.member,
      employer: call.employer,
      category: call.category,
      topic: call.topic,
      disposition: call.disposition,
      cause: call.cause,
      course: call.course ?? '',
      toldCaller: call.toldCaller ?? '',
      nextStep: call.nextStep ?? '',
    },
    filedAt: endedAt + 40_000,
    wrapupMs: 40_000,
    ticketId: call.ticket === undefined ? null : v7({ msecs: endedAt }),
  })
}

const dispatchOf = (call: Story, record: CallRecord, reference: Reference): TicketDispatch => {
  const { form } = record
  const limit = reference.timeLimits.find((row) => row.code === call.ticket?.limit)
  const dispatchedAt = record.filedAt ?? record.endedAt
  const due =
    limit === undefined
      ? { dueAt: dispatchedAt, firm: false }
      : dueAt(limit, dispatchedAt, reference.calendar, reference.policy)
  return TicketDispatch.parse({
    v: 1,
    id: record.ticketId,
    rev: 1,
    callId: record.id,
    agent: record.agent,
    practice: record.practice,
    localNumber: `L${record.agent}-${call.daysAgo}`,
    title: call.cause.slice(0, 60),
    callerName: call.callerName,
    contactNumber: call.number,
    member: call.member,
    employer: call.employer,
    occurredOn: '见经过',
    address: '北京市',
    cause: call.cause,
    course: form?.course ?? '',
    category: call.category,
    topic: call.topic,
    peopleInvolved: null,
    confidential: false,
    urgency: 'normal',
    toldCaller: call.toldCaller ?? '',
    plan: {
      department: call.ticket?.department,
      departmentName: reference.departments.find((row) => row.code === call.ticket?.department)?.zh ?? '',
      assisting: [],
      limit: call.ticket?.limit,
      dueAt: due.dueAt,
      dueIsFirm: due.firm,
      note: '请联系职工本人核实后答复。',
    },
    dispatchedAt,
  })
}

const seedTicket = async (
  queries: Queries,
  call: Story,
  dispatch: TicketDispatch,
  people: { agent: Person; handler: Person },
  reference: Reference,
): Promise<void> => {
  const callerFor = (account: Person) => ({
    account,
    extension: account.extension,
    hadSeat: account.extension !== null,
    session: '',
  })
  const at = dispatch.dispatchedAt
  await storeDispatch(queries, dispatch, { caller: callerFor(people.agent), reference, now: at })
  const act = (what: object, after: number): Promise<void> =>
    recordAction(
      queries,
      dispatch.id,
      TicketAction.parse({ id: v7({ msecs: at + after }), ...what }),
      callerFor(people.handler),
      at + after,
    )
  if (call.ticket?.state !== 'dispatched') await act({ do: 'sign' }, 40 * minuteMs)
  if (call.ticket?.state === 'replied')
    await act(
      { do: 'reply', substantiated: 'yes', solved: call.ticket.solved, text: call.ticket.reply },
      3 * dayMs,
    )
}

/** Puts the accounts in place, and the past when the centre has none; returns what may be told about them. */
export const seedDemo = async (
  database: Database,
  options: { readonly folder: string; readonly practice: boolean; readonly now: number },
): Promise<DemoAccount[]> => {
  const passwords = passwordsIn(options.folder)
  const people = story.accounts.map(personOf)
  const known = new Set((await database.rows<{ id: string }>('select id from accounts')).map((row) => row.id))
  // Passwords are slow to hash, on purpose: as many at a time as there are processors for it.
  await Promise.all(
    people
      .filter(({ id }) => !known.has(id) || passwords.made.has(id))
      .map(({ extension, ...account }) =>
        putAccount(database, { account, extension, password: passwords.of(account.id) }, options.now),
      ),
  )
  const handler = people.find((person) => person.role === 'handler')
  const reference = await currentReference(database)
  await database.transaction(async (queries) => {
    await queries.rows('select pg_advisory_xact_lock(12352)')
    const [any] = await queries.rows('select 1 from call_records limit 1')
    if (any !== undefined || handler === undefined) return
    const oldestFirst = [...story.calls].sort((a, b) => b.daysAgo - a.daysAgo)
    for (const call of oldestFirst) {
      const agent = people.find((person) => person.id === call.agent)
      if (agent === undefined) continue
      const record = recordOf(call, agent, options.practice, options.now)
      await storeCalls(queries, new Map([[0, record]]), { raw: null, now: record.endedAt, skewMs: 0 })
      if (call.ticket !== undefined)
        await seedTicket(queries, call, dispatchOf(call, record, reference), { agent, handler }, reference)
    }
  })
  return people.map(({ id, name, role, extension }) => ({
    account: id,
    password: passwords.of(id),
    name,
    role,
    extension,
  }))
}
