// The live line (WebSocket /feed). Nothing that must not be lost travels here: it only says "look" sooner.
import { z } from 'zod'
import { Instant } from './ids.ts'
import { SeatReport, SeatStatus } from './seat.ts'

/** Seat → server. The first message must be `hello`; the token never stands in the address. */
export const FeedUp = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('hello'), token: z.string(), protocol: z.number().int() }),
  z.strictObject({ type: z.literal('report'), report: SeatReport }),
  /** The lead's page asks for the wall; others are refused. */
  z.strictObject({ type: z.literal('watchSeats') }),
  z.strictObject({ type: z.literal('ping') }),
])
export type FeedUp = z.infer<typeof FeedUp>

/** Server → seat. */
export const FeedDown = z.discriminatedUnion('type', [
  z.object({ type: z.literal('welcome'), serverNow: Instant }),
  z.object({ type: z.literal('pong'), serverNow: Instant }),
  /** Whole wall at first, later only the seats that changed. */
  z.object({ type: z.literal('seats'), whole: z.boolean(), seats: z.array(SeatStatus), serverNow: Instant }),
  /** Something to pull: a reply, new reference data, another seat's call, a warning and what became of it. */
  z.object({ type: z.literal('nudge'), what: z.enum(['tickets', 'calls', 'reference', 'warnings']) }),
  z.object({
    type: z.literal('bye'),
    why: z.enum(['tokenExpired', 'signedInElsewhere', 'forbidden', 'protocol', 'closing']),
  }),
])
export type FeedDown = z.infer<typeof FeedDown>
