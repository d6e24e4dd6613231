// THE table of what a workstation and the central server may say over HTTP. server/serve.ts serves it,
// renderer/adapters/uplink.ts calls it, /openapi.json is generated from it.
// Answers are Answer<output>; every answer carries the header `x-hotline-centre` with the centre's id.
import { z } from 'zod'
import { AttachmentChunk, AttachmentHead, AttachmentPart, AttachmentState } from './attachments.ts'
import {
  HandoverAnswer,
  HandoverChunk,
  HandoverFile,
  HandoverFileState,
  HandoverRequest,
} from './handover.ts'
import { AttachmentId, CallId, Instant, TicketId, WarningId } from './ids.ts'
import { Keeping } from './keeping.ts'
import { KnowledgeAnswer, KnowledgeRequest } from './knowledge.ts'
import { OutwardRow } from './outward.ts'
import { Role, Session, SignIn } from './session.ts'
import { CallRecord, CallSummary } from './softphone.ts'
import { PullAnswer, PullRequest, PushAnswer, PushRequest } from './sync.ts'
import { Ticket, TicketAction, TicketState } from './tickets.ts'
import { PracticeCaller, PracticeOrder } from './practiceCalls.ts'
import { WarningAction, WarningEvent, WarningFile } from './warnings.ts'

type Access = 'anyone' | 'practice' | readonly z.infer<typeof Role>[]

/** Schemas by zod's core type: by their methods too, the compiler compares them for seconds. */
const route = <I extends z.core.$ZodType, O extends z.core.$ZodType>(
  method: 'GET' | 'POST',
  path: string,
  access: Access,
  input: I,
  output: O,
) => ({ method, path, access, input, output })

const everybody = ['agent', 'lead', 'handler', 'duty', 'admin'] as const
/** Those who have to do with work orders. */
const staff = ['agent', 'lead', 'handler', 'admin'] as const
const seats = ['agent', 'lead'] as const

/** GET inputs are query parameters (strings), POST inputs are JSON bodies. */
export const api = {
  'session.open': route('POST', '/api/session/open', 'anyone', SignIn, Session),
  /** Practice centre only: a seat for a newcomer without an account. */
  'session.practise': route('POST', '/api/session/practise', 'practice', z.strictObject({}), Session),
  'session.refresh': route(
    'POST',
    '/api/session/refresh',
    'anyone',
    z.strictObject({ refreshToken: z.string() }),
    Session,
  ),
  'session.close': route('POST', '/api/session/close', everybody, z.strictObject({}), z.null()),
  'sync.push': route('POST', '/api/sync/push', everybody, PushRequest, PushAnswer),
  /** Another person's unsent work, sealed as it lay on a seat: applied as theirs; who carried it is audited. */
  'handover.push': route('POST', '/api/handover/push', seats, HandoverRequest, HandoverAnswer),
  /** The same with their attachments, after the records. */
  'handover.begin': route('POST', '/api/handover/begin', seats, HandoverFile, HandoverFileState),
  'handover.chunk': route('POST', '/api/handover/chunk', seats, HandoverChunk, AttachmentState),
  'sync.pull': route('POST', '/api/sync/pull', everybody, PullRequest, PullAnswer),
  /** Editions of articles that changed, in the order of changes. */
  'knowledge.pull': route('POST', '/api/knowledge/pull', everybody, KnowledgeRequest, KnowledgeAnswer),
  /** Earlier calls of one number, from all seats. Read of personal data: audited. */
  'calls.ofNumber': route(
    'POST',
    '/api/calls/of-number',
    seats,
    z.strictObject({ number: z.string().min(3).max(32) }),
    z.array(CallSummary),
  ),
  'calls.read': route('POST', '/api/calls/read', seats, z.strictObject({ id: CallId }), CallRecord),
  'tickets.list': route(
    'POST',
    '/api/tickets/list',
    staff,
    z.strictObject({
      states: z.array(TicketState).max(10),
      before: Instant.nullable(),
      limit: z.number().int().min(1).max(200),
    }),
    z.object({ tickets: z.array(Ticket), total: z.number().int(), serverNow: Instant }),
  ),
  /** How many wait for this person: to be signed for by a handler, for a lead's word on a later limit. */
  'tickets.waiting': route(
    'POST',
    '/api/tickets/waiting',
    ['lead', 'handler', 'admin'],
    z.strictObject({}),
    z.object({ count: z.number().int() }),
  ),
  'tickets.read': route('POST', '/api/tickets/read', staff, z.strictObject({ id: TicketId }), Ticket),
  'tickets.act': route(
    'POST',
    '/api/tickets/act',
    ['lead', 'handler', 'admin'],
    z.strictObject({ id: TicketId, action: TicketAction }),
    Ticket,
  ),
  /** Full contact number of a work order; each read is audited. */
  'tickets.reveal': route(
    'POST',
    '/api/tickets/reveal',
    staff,
    z.strictObject({ id: TicketId }),
    z.object({ contactNumber: z.string() }),
  ),
  /**
   * Where an attachment's upload stands; the first time it is announced. Its call's record must be there before, and be this
   * person's, whatever they do by now.
   */
  'attachments.begin': route('POST', '/api/attachments/begin', everybody, AttachmentHead, AttachmentState),
  'attachments.chunk': route('POST', '/api/attachments/chunk', everybody, AttachmentChunk, AttachmentState),
  /** Whole ones only. */
  'attachments.list': route(
    'POST',
    '/api/attachments/list',
    staff,
    z.strictObject({ callId: CallId }),
    z.array(AttachmentHead),
  ),
  /** One chunk of the content; reading is audited. */
  'attachments.read': route(
    'POST',
    '/api/attachments/read',
    staff,
    z.strictObject({ id: AttachmentId, chunk: z.number().int().min(0).max(10_000) }),
    AttachmentPart,
  ),
  /** Open events first, the longest open one first; then the last that were closed. */
  'warnings.list': route(
    'POST',
    '/api/warnings/list',
    ['lead', 'duty', 'admin'],
    z.strictObject({ limit: z.number().int().min(1).max(200) }),
    z.object({ events: z.array(WarningEvent), serverNow: Instant }),
  ),
  /** Read of personal data: audited. */
  'warnings.read': route(
    'POST',
    '/api/warnings/read',
    ['lead', 'duty', 'admin'],
    z.strictObject({ id: WarningId }),
    WarningFile,
  ),
  'warnings.act': route(
    'POST',
    '/api/warnings/act',
    ['duty', 'admin'],
    z.strictObject({ id: WarningId, action: WarningAction }),
    WarningFile,
  ),
  /** Full telephone number of a report; each read is audited. */
  'warnings.reveal': route(
    'POST',
    '/api/warnings/reveal',
    ['lead', 'duty', 'admin'],
    z.strictObject({ id: WarningId }),
    z.object({ contactNumber: z.string() }),
  ),
  /** What the world outside is told because of work orders: what is open, then the last that was settled. */
  'outward.list': route(
    'POST',
    '/api/outward/list',
    ['lead', 'admin'],
    z.strictObject({ limit: z.number().int().min(1).max(500) }),
    z.object({
      /** False: the centre has no gateway, everything waits. */
      configured: z.boolean(),
      waiting: z.number().int(),
      refused: z.number().int(),
      held: z.number().int(),
      delivered: z.number().int(),
      rows: z.array(OutwardRow),
    }),
  ),
  'outward.decide': route(
    'POST',
    '/api/outward/decide',
    ['lead', 'admin'],
    z.strictObject({
      keys: z.array(z.string().min(1).max(200)).min(1).max(500),
      do: z.enum(['send', 'drop']),
    }),
    z.null(),
  ),
  'practice.callers': route(
    'GET',
    '/api/practice/callers',
    'practice',
    z.strictObject({}),
    z.array(PracticeCaller),
  ),
  'practice.order': route('POST', '/api/practice/order', 'practice', PracticeOrder, z.null()),
  /** How the centre keeps what it is given: for those who can have something done about it. */
  'keeping.read': route(
    'POST',
    '/api/keeping/read',
    ['lead', 'admin'],
    z.strictObject({}),
    z.object({ keeping: Keeping, serverNow: Instant }),
  ),
  health: route(
    'GET',
    '/health',
    'anyone',
    z.strictObject({}),
    z.object({
      ok: z.literal(true),
      centre: z.string(),
      protocol: z.number().int(),
      serverNow: Instant,
      /** Holds made-up data only; one may practise without an account. */
      practice: z.boolean(),
      /** ws/wss addresses of the PBX: the desktop must name them in its page's CSP before anybody signs in. */
      pbx: z.array(z.string()),
      /** `warn`: works, and somebody must look. A centre that cannot store answers 503 with both beside the problem. */
      state: z.enum(['well', 'warn']).default('well'),
      /** null: an older centre. */
      keeping: Keeping.nullable().default(null),
    }),
  ),
} as const

/** A line of the table, whichever. */
export type Route = {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly access: Access
  readonly input: z.core.$ZodType
  readonly output: z.core.$ZodType
}
export type ApiName = keyof typeof api
export type ApiInput<N extends ApiName> = z.infer<(typeof api)[N]['input']>
export type ApiOutput<N extends ApiName> = z.infer<(typeof api)[N]['output']>
