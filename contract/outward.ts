// What the centre tells the world outside because of a work order (对外通知): a notice to a department, a text message
// to the worker. The gateway that carries it is somebody else's program; its side is described in docs/guide/operator.md.
import { z } from 'zod'
import { Code, Instant, TicketId } from './ids.ts'
import { Urgency } from './wrapup.ts'

export const OutwardKind = z.enum(['notice', 'sms'])
export type OutwardKind = z.infer<typeof OutwardKind>

export const OutwardState = z.enum([
  'waiting', // will be sent by itself
  'delivered', // the gateway has it
  'refused', // the gateway will never take it as it is: a person decides
  'held', // too old to go out without a person's word
  'dropped', // a person said: not any more; or a later one to the same recipient has gone
])
export type OutwardState = z.infer<typeof OutwardState>

/** What the gateway is sent. It holds nothing of the worker but, for a text message, the number it goes to. */
export const OutwardMessage = z.strictObject({
  /** One effect per key, however often it is sent. */
  key: z.string().min(1).max(200),
  kind: OutwardKind,
  /** Official number of the work order. */
  ticket: z.string(),
  text: z.string().min(1),
  urgency: Urgency,
  to: z.discriminatedUnion('is', [
    z.strictObject({
      is: z.literal('department'),
      code: Code,
      name: z.string(),
      phone: z.string().nullable(),
    }),
    z.strictObject({ is: z.literal('mobile'), number: z.string() }),
  ]),
})
export type OutwardMessage = z.infer<typeof OutwardMessage>

/** The gateway's answer under a 2xx status. Without our key it is no answer to us. */
export const GatewayAnswer = z.object({ key: z.string() })

/** Said of a message that goes no more because a later one has gone. */
export const overtaken = 'a later one has gone'

/** One message as the lead sees it. */
export const OutwardRow = z.object({
  key: z.string(),
  kind: OutwardKind,
  state: OutwardState,
  ticketId: TicketId,
  ticket: z.string(),
  /** Name of the department, or the masked number. */
  recipient: z.string(),
  madeAt: Instant,
  dueAt: Instant,
  attempts: z.number().int(),
  /** The gateway's last word, null: not asked yet; or `overtaken`. */
  said: z.string().nullable(),
  settledAt: Instant.nullable(),
})
export type OutwardRow = z.infer<typeof OutwardRow>
