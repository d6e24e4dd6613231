// Attachments at the centre: announced, filled chunk by chunk in any number of sittings, proven by SHA-256, the same
// content kept once. Who may open which: the agent of the call, the departments of its work orders, lead and admin.
import { createHash } from 'node:crypto'
import { done, type Answer } from '../contract/answer.ts'
import {
  AttachmentHead,
  chunkBytes,
  type AttachmentChunk,
  type AttachmentState,
} from '../contract/attachments.ts'
import type { HandoverFileState } from '../contract/handover.ts'
import { chunkCount, sizeProblem, typeOf } from '../core/attachments/attachments.ts'
import { addAudit } from './audit.ts'
import { callerOf, type Caller, type Centre, type Handler } from './centre.ts'
import type { Queries } from './database.ts'
import { problems } from './problems.ts'
import { currentReference } from './reference.ts'

const hourMs = 3_600_000

interface Row {
  readonly id: string
  readonly agent: string
  readonly callId: string
  readonly type: string
  readonly bytes: number
  readonly sha256: string
  readonly received: number
  readonly content: string | null
  readonly whole: boolean
}

const columns = `id, agent, call_id as "callId", type, bytes, sha256, received, content, whole_at is not null as whole`

const find = async (queries: Queries, id: string): Promise<Row | undefined> =>
  (await queries.rows<Row>(`select ${columns} from attachments where id = $1 for update`, [id]))[0]

const stateOf = ({ received, whole }: Pick<Row, 'received' | 'whole'>): AttachmentState => ({
  received,
  whole,
})

/** A whole attachment with the same content. `agent`: of this person, who thereby has shown to have it. */
const twinOf = async (queries: Queries, sha256: string, agent: string | null): Promise<string | null> => {
  const [row] = await queries.rows<{ content: string }>(
    `select content from attachments
     where sha256 = $1 and whole_at is not null and ($2::text is null or agent = $2) limit 1`,
    [sha256, agent],
  )
  return row?.content ?? null
}

const finish = async (
  queries: Queries,
  id: string,
  content: string,
  now: number,
): Promise<AttachmentState> => {
  const [row] = await queries.rows<{ bytes: number }>(
    'update attachments set content = $2, received = bytes, whole_at = $3 where id = $1 returning bytes',
    [id, content, now],
  )
  return { received: row?.bytes ?? 0, whole: true }
}

/** [ATTACH-9] What came in part, of a call that has no room for another. Its row is locked first: a chunk may be coming in. */
const giveWay = async (queries: Queries, ids: readonly string[]): Promise<void> => {
  await queries.rows('delete from attachment_chunks where attachment = any($1::uuid[])', [ids])
  await queries.rows('delete from attachments where id = any($1::uuid[])', [ids])
}

const announce = async (
  queries: Queries,
  head: AttachmentHead,
  agent: string,
  now: number,
): Promise<Answer<AttachmentState>> => {
  const [call] = await queries.rows<{ agent: string }>('select agent from call_records where id = $1', [
    head.callId,
  ])
  // [ATTACH-3] After its record.
  if (call === undefined) return problems.recordFirst()
  if (call.agent !== agent) return problems.forbidden()
  const { policy } = await currentReference(queries)
  const others = await queries.rows<Pick<Row, 'id' | 'whole'>>(
    'select id, whole_at is not null as whole from attachments where call_id = $1 for update',
    [head.callId],
  )
  const partial = others.flatMap(({ id, whole }) => (whole ? [] : [id]))
  const problem = sizeProblem(head.bytes, others.length - partial.length, policy)
  if (problem !== null) return problems.notAttachable(problem === 'tooMany' ? 'callId' : 'bytes')
  if (policy.attachments?.types.includes(head.type) !== true) return problems.notAttachable('type')
  if (sizeProblem(head.bytes, others.length, policy) !== null) await giveWay(queries, partial)
  await queries.rows(
    `insert into attachments (id, call_id, agent, name, type, bytes, sha256, added_at, begun_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [head.id, head.callId, agent, head.name, head.type, head.bytes, head.sha256, head.addedAt, now],
  )
  const twin = await twinOf(queries, head.sha256, agent)
  return done(twin === null ? { received: 0, whole: false } : await finish(queries, head.id, twin, now))
}

/** What announcing and filling one needs of the centre; the command line has no more. */
export type AttachmentGround = Pick<Centre, 'database' | 'now'>

/** Announced by its agent, or on this agent's behalf. `had`: it was whole before. */
export const announceFor = (
  { database, now }: AttachmentGround,
  head: AttachmentHead,
  agent: string,
): Promise<Answer<HandoverFileState>> =>
  database.transaction(async (queries) => {
    // Two announcements of one attachment at once are one row.
    await queries.rows('select pg_advisory_xact_lock(12353)')
    const known = await find(queries, head.id)
    if (known === undefined) {
      const begun = await announce(queries, head, agent, now())
      return begun.ok ? done({ ...begun.value, had: false }) : begun
    }
    const same = known.agent === agent && known.sha256 === head.sha256 && known.bytes === head.bytes
    return same ? done({ ...stateOf(known), had: known.whole }) : problems.notAttachable('id')
  })

export const beginAttachment: Handler<'attachments.begin'> = async (head, asking, centre) => {
  const { account } = callerOf(asking)
  const wait = centre.limits('upload', account.id)
  return wait > 0 ? problems.tooMany(wait) : announceFor(centre, head, account.id)
}

/** [ATTACH-4] All bytes are there: do they make the content that was announced? */
const judge = async (queries: Queries, row: Row, now: number): Promise<Answer<AttachmentState>> => {
  const chunks = await queries.rows<{ data: string }>(
    'select data from attachment_chunks where attachment = $1 order by chunk',
    [row.id],
  )
  const content = Buffer.concat(chunks.map(({ data }) => Buffer.from(data, 'base64')))
  const fits = createHash('sha256').update(content).digest('hex') === row.sha256
  if (fits && typeOf(content) === row.type) {
    const twin = await twinOf(queries, row.sha256, null)
    if (twin === null) return done(await finish(queries, row.id, row.id, now))
    await queries.rows('delete from attachment_chunks where attachment = $1', [row.id])
    return done(await finish(queries, row.id, twin, now))
  }
  await queries.rows('delete from attachment_chunks where attachment = $1', [row.id])
  await queries.rows('update attachments set received = 0 where id = $1', [row.id])
  // Spoilt on the way: from the start again. Called what it is not: never.
  return fits ? problems.notAttachable('type') : done({ received: 0, whole: false })
}

/** Brought by its agent, or on this agent's behalf. */
export const fillFor = (
  { database, now }: AttachmentGround,
  { id, at, data }: AttachmentChunk,
  agent: string,
): Promise<Answer<AttachmentState>> =>
  database.transaction(async (queries) => {
    const row = await find(queries, id)
    if (row === undefined) return problems.notFound()
    if (row.agent !== agent) return problems.forbidden()
    // [ATTACH-3] Sent twice, or after an answer was lost: the sender is told where to go on.
    if (row.whole || at !== row.received) return done(stateOf(row))
    const bytes = Buffer.from(data, 'base64').length
    if (bytes !== Math.min(chunkBytes, row.bytes - at)) return problems.badInput('data')
    await queries.rows('insert into attachment_chunks (attachment, chunk, data) values ($1, $2, $3)', [
      id,
      at / chunkBytes,
      data,
    ])
    const received = at + bytes
    await queries.rows('update attachments set received = $2 where id = $1', [id, received])
    return received < row.bytes ? done({ received, whole: false }) : judge(queries, row, now())
  })

export const takeChunk: Handler<'attachments.chunk'> = async (chunk, asking, centre) => {
  const { account } = callerOf(asking)
  const wait = centre.limits('upload', account.id)
  return wait > 0 ? problems.tooMany(wait) : fillFor(centre, chunk, account.id)
}

const mayOpen = async (queries: Queries, { account }: Caller, callId: string): Promise<boolean> => {
  if (account.role === 'lead' || account.role === 'admin') return true
  const [row] = await queries.rows<{ may: boolean }>(
    account.role === 'agent'
      ? 'select exists (select from call_records where id = $1 and agent = $2) as may'
      : 'select exists (select from tickets where call_id = $1 and (department = $2 or $2 = any(assisting))) as may',
    [callId, account.role === 'agent' ? account.id : (account.department ?? '')],
  )
  return row?.may === true
}

export const listAttachments: Handler<'attachments.list'> = async ({ callId }, asking, centre) => {
  const caller = callerOf(asking)
  if (!(await mayOpen(centre.database, caller, callId))) return problems.forbidden()
  const rows = await centre.database.rows(
    `select id, call_id as "callId", name, type, bytes, sha256, added_at as "addedAt"
     from attachments where call_id = $1 and whole_at is not null order by id`,
    [callId],
  )
  return done(rows.map((row) => AttachmentHead.parse(row)))
}

/** Lately: a large one over a thin line takes its time. */
const hasOpened = async (
  { database, now }: Pick<Centre, 'database' | 'now'>,
  { account }: Caller,
  id: string,
): Promise<boolean> => {
  const rows = await database.rows(
    `select 1 from audit where account = $1 and at > $2 and what = 'attachments.read' and subject = $3 limit 1`,
    [account.id, now() - hourMs, id],
  )
  return rows.length > 0
}

/** [ATTACH-5] On record with its first part, or with another for whoever did not ask for that. */
export const readAttachment: Handler<'attachments.read'> = async ({ id, chunk }, asking, centre) => {
  const caller = callerOf(asking)
  const [row] = await centre.database.rows<Row>(`select ${columns} from attachments where id = $1`, [id])
  if (row === undefined || !row.whole) return problems.notFound()
  if (!(await mayOpen(centre.database, caller, row.callId))) return problems.forbidden()
  const [part] = await centre.database.rows<{ data: string }>(
    'select data from attachment_chunks where attachment = $1 and chunk = $2',
    [row.content, chunk],
  )
  if (part === undefined) return problems.notFound()
  if (chunk === 0 || !(await hasOpened(centre, caller, id)))
    await addAudit(centre.database, {
      at: centre.now(),
      account: caller.account.id,
      what: 'attachments.read',
      subject: id,
      address: asking.address,
    })
  return done({ data: part.data, chunks: chunkCount(row.bytes) })
}
