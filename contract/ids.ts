// Names of things. Every id is made by the client that creates the thing (UUIDv7) and never changes,
// so sending it twice is harmless and sorting by id is sorting by age.
import { z } from 'zod'

const uuid = () => z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)

export const CallId = uuid().brand<'CallId'>()
export type CallId = z.infer<typeof CallId>
export const TicketId = uuid().brand<'TicketId'>()
export type TicketId = z.infer<typeof TicketId>
export const AuditId = uuid().brand<'AuditId'>()
export type AuditId = z.infer<typeof AuditId>
export const WarningId = uuid().brand<'WarningId'>()
export type WarningId = z.infer<typeof WarningId>
export const AttachmentId = uuid().brand<'AttachmentId'>()
export type AttachmentId = z.infer<typeof AttachmentId>
/** One action taken on a work order or a warning (sign, reply …): makes a repeated click harmless. */
export const ActionId = uuid().brand<'ActionId'>()
export type ActionId = z.infer<typeof ActionId>

/** Work number of a person, e.g. "1001". */
export const AccountId = z
  .string()
  .regex(/^[0-9A-Za-z_-]{1,32}$/)
  .brand<'AccountId'>()
export type AccountId = z.infer<typeof AccountId>
/** Extension of a seat's telephone, e.g. "1001". */
export const Extension = z
  .string()
  .regex(/^[0-9]{2,10}$/)
  .brand<'Extension'>()
export type Extension = z.infer<typeof Extension>
/** Stable code of a row of reference data, e.g. "TS". Codes are never re-used. */
export const Code = z.string().regex(/^[0-9A-Za-z_.-]{1,40}$/)
export type Code = z.infer<typeof Code>

/** Milliseconds since 1970 UTC. */
export const Instant = z.number().int().nonnegative()
/** Length of time in whole milliseconds. */
export const Span = z.number().int().nonnegative()
