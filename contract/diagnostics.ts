// The diagnostics file (诊断包) a seat makes for support. A strict list of what may stand in it: no field here can hold
// a name, a number, a password or a word somebody wrote, so nothing has to be searched for and struck out.
import { z } from 'zod'
import { Instant, Span } from './ids.ts'
import { CallOutcome, CallQuality, Direction, EndedBy } from './softphone.ts'

/** First 12 hex digits of SHA-256: support finds the same thing in the PBX's log by computing it there. */
const Hash = z.string().regex(/^[0-9a-f]{12}$/)
/** A word of the program or of SIP, never of a person. */
const word = z.string().regex(/^[A-Za-z][A-Za-z0-9 .:_-]{0,79}$/)

export const SipStep = z.strictObject({
  at: Instant,
  way: z.enum(['out', 'in']),
  /** Method, or status code of an answer. */
  what: z.string().regex(/^([A-Z]{3,12}|[1-6]\d\d|\?)$/),
  /** Method the answer is for, and its place in the dialog. */
  of: z.string().regex(/^([A-Z]{3,12}|\?)$/),
  cseq: z.number().int().nonnegative().nullable(),
  call: Hash.nullable(),
  bytes: z.number().int().nonnegative(),
})
export type SipStep = z.infer<typeof SipStep>

export const DiagnosticsCall = z.strictObject({
  ref: Hash.nullable(),
  leg: Hash.nullable(),
  direction: Direction,
  outcome: CallOutcome,
  endedBy: EndedBy,
  cause: z.strictObject({ protocol: z.enum(['SIP', 'Q.850', 'seat']), code: z.number().int() }).nullable(),
  offeredAt: Instant,
  answeredAt: Instant.nullable(),
  endedAt: Instant,
  queuedMs: Span.nullable(),
  talkMs: Span,
  holdMs: Span,
  guarded: z.boolean(),
  filed: z.boolean(),
  quality: CallQuality.nullable(),
})
export type DiagnosticsCall = z.infer<typeof DiagnosticsCall>

export const Diagnostics = z.strictObject({
  kind: z.literal('hotline-diagnostics'),
  v: z.literal(1),
  madeAt: Instant,
  versions: z.strictObject({
    program: z.string().max(40),
    protocol: z.number().int(),
    runtime: z.string().max(200),
    browser: z.string().max(300),
    secrets: z.enum(['keychain', 'weak', 'none']),
    reference: z.number().int(),
  }),
  seat: z.strictObject({
    role: word,
    practice: z.boolean(),
    offlineSignIn: z.boolean(),
    phase: word,
    lines: z.number().int(),
    pbx: z.array(z.strictObject({ scheme: z.enum(['ws', 'wss']), host: Hash })),
    queueCodes: z.boolean(),
  }),
  /** Switches and numbers as they are; of anything a person chose or typed only whether it is set. */
  settings: z.record(word, z.union([z.boolean(), z.number(), word])),
  link: z.array(
    z.strictObject({ at: Instant, link: word, why: word.nullable(), attempt: z.number().nullable() }),
  ),
  sip: z.array(SipStep),
  calls: z.array(DiagnosticsCall),
  devices: z.array(
    z.strictObject({
      kind: z.enum(['microphone', 'speaker']),
      id: Hash,
      label: z.string().max(120),
      chosen: z.array(z.enum(['microphone', 'speaker', 'ringer'])),
    }),
  ),
  sync: z.strictObject({
    badge: word,
    waiting: z.number().int(),
    refused: z.number().int(),
    oldestPutAt: Instant.nullable(),
    troubleSince: Instant.nullable(),
    problem: word.nullable(),
    lastStoredAt: Instant.nullable(),
    lastPulledAt: Instant.nullable(),
  }),
  storage: z.strictObject({ used: z.number(), quota: z.number() }).nullable(),
  /** SIP messages that could not be read; each may have been a caller. */
  dropped: z.array(z.strictObject({ at: Instant, first: z.enum(['request', 'answer', 'unreadable']) })),
  anomalies: z.array(z.strictObject({ at: Instant, what: z.string().regex(/^[A-Za-z ]{1,60}$/) })),
})
export type Diagnostics = z.infer<typeof Diagnostics>
