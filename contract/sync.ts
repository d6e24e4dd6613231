// What travels between a seat's store and the centre. Pushing: every item has a client-made id and a rev,
// so sending it twice is harmless. Pulling: a cursor that only grows.
import { z } from 'zod'
import { AccountId, AuditId, CallId, Instant, Span, TicketId, WarningId } from './ids.ts'
import { CallRecord, CallSummary } from './softphone.ts'
import { Ticket, TicketDispatch } from './tickets.ts'
import { WarningReport, WarningTold } from './warnings.ts'

/** A read of personal data or another act on the seat that must be traceable. */
export const AuditNote = z.strictObject({
  v: z.literal(1),
  id: AuditId,
  rev: z.literal(1),
  agent: AccountId,
  what: z.enum([
    'number.shown',
    'signIn.offline',
    'outbox.exported',
    'outbox.letGo',
    'calls.exported',
    'tickets.exported',
    'hangUp.guarded',
    'warning.dismissed',
  ]),
  callId: CallId.nullable(),
  /** Codes only, e.g. which suggested warning was none and why. */
  about: z
    .string()
    .regex(/^[\w. -]{1,100}$/)
    .optional(),
  at: Instant,
})
export type AuditNote = z.infer<typeof AuditNote>

export const PushItem = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('call'), body: CallRecord }),
  z.strictObject({ kind: z.literal('ticket'), body: TicketDispatch }),
  z.strictObject({ kind: z.literal('warning'), body: WarningReport }),
  z.strictObject({ kind: z.literal('audit'), body: AuditNote }),
])
export type PushItem = z.infer<typeof PushItem>
export type PushKind = PushItem['kind']

/**
 * Travels with work orders and warnings as one item more: the official numbers their seat was told of them, for a centre that
 * has lost them. Nothing waits for its verdict, so that an older centre, which calls its kind too new, does no harm.
 */
export const ToldNumbers = z.strictObject({
  kind: z.literal('numbers'),
  body: z.strictObject({
    v: z.literal(1),
    id: z.literal('numbers'),
    numbers: z
      .array(
        z.union([
          z.strictObject({ ticket: TicketId, number: z.string().regex(/^\d{8}-\d{4,6}$/) }),
          z.strictObject({ warning: WarningId, number: z.string().regex(/^YJ\d{8}-\d{4,6}$/) }),
        ]),
      )
      .max(1000),
  }),
})
export type ToldNumbers = z.infer<typeof ToldNumbers>

/** Items are parsed one by one, so that one bad record does not hold up the others. */
export const PushRequest = z.strictObject({
  clientNow: Instant,
  items: z.array(z.unknown()).min(1).max(1000),
})
export type PushRequest = z.infer<typeof PushRequest>

/** The centre's word on one item. */
export const PushVerdict = z.object({
  id: z.string(),
  verdict: z.enum([
    'stored',
    'duplicate', // this rev or a newer one is there already
    'refused', // will never be accepted as it is; `text` says what to correct
    'too_new', // made by a newer program; keep and wait
    'busy', // not now; keep and try again
  ]),
  /** Official number of a work order or a warning. */
  number: z.string().optional(),
  text: z.string().optional(),
  field: z.string().optional(),
})
export type PushVerdict = z.infer<typeof PushVerdict>

/** `centre` proves that our server answered and not a portal in between. */
export const PushAnswer = z.object({
  centre: z.string(),
  epoch: z.number().int(),
  serverNow: Instant,
  verdicts: z.array(PushVerdict),
  /** Stood in line at the centre for so long: says nothing about the link. Absent from a centre that does not tell. */
  waitedMs: Span.optional(),
})
export type PushAnswer = z.infer<typeof PushAnswer>

/** Largest push body the centre takes. */
export const maxPushBytes = 2 * 1024 * 1024

export const PullRequest = z.strictObject({
  /** 0 at first, then the answer's cursor. */
  cursor: z.number().int().nonnegative(),
  /** Version of the reference data already here, -1: none. */
  reference: z.number().int().min(-1),
  limit: z.number().int().min(1).max(1000),
})
export type PullRequest = z.infer<typeof PullRequest>

export const PullAnswer = z.object({
  centre: z.string(),
  epoch: z.number().int(),
  serverNow: Instant,
  cursor: z.number().int().nonnegative(),
  more: z.boolean(),
  /** null: the seat's version is current. Parsed separately so an unknown field cannot block the rest. */
  reference: z.unknown().nullable(),
  calls: z.array(CallSummary),
  /** Work orders of this agent that changed: official number, state, reply. */
  tickets: z.array(Ticket),
  /** Warnings of this agent that changed: who signed for them. Absent from a centre that knows of none. */
  warnings: z.array(WarningTold).default([]),
  /** As in PushAnswer. */
  waitedMs: Span.optional(),
})
export type PullAnswer = z.infer<typeof PullAnswer>
