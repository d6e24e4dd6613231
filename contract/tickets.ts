// Work orders (工单): dispatched by a seat, signed for and answered by a department.
// States and actions here are the thin first part of the national stages; core/tickets says who may do what when.
import { z } from 'zod'
import { AccountId, ActionId, CallId, Code, Instant, TicketId } from './ids.ts'
import { DispatchPlan, Urgency } from './wrapup.ts'

export const TicketState = z.enum([
  'dispatched', // 已派单/待签收
  'signed', // 已签收
  'returned', // 已退单
  'replied', // 已反馈
])
export type TicketState = z.infer<typeof TicketState>

/** What a seat sends when a form ends in a dispatch. Its id is made on the seat. */
export const TicketDispatch = z.strictObject({
  v: z.literal(1),
  id: TicketId,
  rev: z.number().int().min(1),
  callId: CallId,
  agent: AccountId,
  practice: z.boolean(),
  /** Number shown until the centre gives the real one, e.g. L1001-1123-042. */
  localNumber: z.string().max(40),
  title: z.string().min(1).max(120),
  callerName: z.string().max(40),
  contactNumber: z.string().max(32),
  member: z.enum(['yes', 'no', 'unknown']).nullable(),
  employer: z.string().max(120),
  occurredOn: z.string().max(60),
  address: z.string().max(200),
  cause: z.string().max(1000),
  course: z.string().max(8000),
  category: Code,
  topic: Code.nullable(),
  peopleInvolved: z.number().int().min(1).max(1_000_000).nullable(),
  confidential: z.boolean(),
  urgency: Urgency,
  toldCaller: z.string().max(1000),
  plan: DispatchPlan,
  dispatchedAt: Instant,
  /** Which dispatch of this work order it is: 2 answers the first return. Absent: the first. */
  round: z.number().int().min(2).max(1000).optional(),
})
export type TicketDispatch = z.infer<typeof TicketDispatch>

export const TicketActionName = z.enum(['sign', 'reply', 'return', 'ask', 'grant', 'deny', 'redispatch'])
export type TicketActionName = z.infer<typeof TicketActionName>

/** What a handler does to a work order, the lead's word on a later limit and on what came back. `id` makes a repeated click harmless. */
export const TicketAction = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('sign'), id: ActionId }),
  z.strictObject({
    do: z.literal('reply'),
    id: ActionId,
    /** 诉求属实 */
    substantiated: z.enum(['yes', 'partly', 'no']),
    /** 是否解决 */
    solved: z.enum(['yes', 'partly', 'no']),
    text: z.string().min(1).max(4000),
  }),
  z.strictObject({ do: z.literal('return'), id: ActionId, text: z.string().min(1).max(1000) }),
  /** 申请延期, to the end of office hours of a day. */
  z.strictObject({
    do: z.literal('ask'),
    id: ActionId,
    text: z.string().min(1).max(1000),
    day: z.iso.date(),
  }),
  /** 延期批准 */
  z.strictObject({ do: z.literal('grant'), id: ActionId, text: z.string().min(1).max(1000) }),
  z.strictObject({ do: z.literal('deny'), id: ActionId, text: z.string().min(1).max(1000) }),
  /** 改派: what came back goes to a department in its agent's place, with a word to it. */
  z.strictObject({
    do: z.literal('redispatch'),
    id: ActionId,
    text: z.string().min(1).max(500),
    department: Code,
    limit: Code,
  }),
])
export type TicketAction = z.infer<typeof TicketAction>

/** One line of the timeline. */
export const TicketEvent = z.object({
  at: Instant,
  /** Dispatched anew by a lead it is a dispatch like any. */
  what: z.enum(['dispatch', ...TicketActionName.exclude(['redispatch']).options]),
  by: AccountId,
  byName: z.string(),
  text: z.string(),
  substantiated: z.enum(['yes', 'partly', 'no']).nullable(),
  solved: z.enum(['yes', 'partly', 'no']).nullable(),
  /** Of a dispatch: to whom. Absent from a centre that does not tell. */
  department: z.string().nullish(),
  /** Of a limit asked for or granted: when it ends. Absent from a centre that does not tell. */
  until: Instant.nullish(),
})
export type TicketEvent = z.infer<typeof TicketEvent>

/** A work order as the centre holds it. */
export const Ticket = z.object({
  id: TicketId,
  /** Official number given by the centre, e.g. 20261123-0405. */
  number: z.string(),
  state: TicketState,
  dispatch: TicketDispatch,
  events: z.array(TicketEvent),
  /** When it was received at the centre. */
  acceptedAt: Instant,
  /** When the centre had the dispatch that counts now: later than acceptedAt when it was sent again. Absent: the same. */
  clockFrom: Instant.optional(),
  signDueAt: Instant,
  dueAt: Instant,
  /** Grows with every change: the order of changes for those who pull. */
  changedAt: Instant,
})
export type Ticket = z.infer<typeof Ticket>
