// The telephone: the account a seat registers with, and the record every call leaves behind.
import { z } from 'zod'
import { CertificateTrouble } from './certificate.ts'
import { AccountId, CallId, Code, Extension, Instant, Span, TicketId } from './ids.ts'
import { WrapupForm } from './wrapup.ts'

/** What the centre saw of the PBX's TLS certificate when it last looked. */
export const PbxCertificate = z.object({
  /** Why a seat would be refused; null: it would not. */
  trouble: CertificateTrouble.nullable(),
  /** null: could not be read. */
  expiresAt: Instant.nullable(),
})
export type PbxCertificate = z.infer<typeof PbxCertificate>

/** What a seat needs to register. Comes from the server at sign-in and lives in memory only. */
export const SipAccount = z.object({
  extension: Extension,
  /** SIP addresses of the PBX in order of preference, ws:// or wss://. */
  servers: z.array(z.url({ protocol: /^wss?$/ })).min(1),
  /** Domain of the address of record; the PBX's realm may differ. */
  domain: z.string().min(1),
  password: z.string().min(1),
  /** Dial codes by which the seat tells the queue about itself; null: the PBX has no such codes. */
  queueCodes: z
    .object({ signIn: z.string(), signOut: z.string(), pause: z.string(), resume: z.string() })
    .nullable(),
  /** Keys pressed within a call by which its recording is paused and goes on; null: the PBX offers neither. */
  recordingCodes: z.object({ pause: z.string(), resume: z.string() }).nullable().default(null),
  /** True when the exchange is the practice exchange: its callers are simulated. */
  practice: z.boolean(),
  /** Number that answers with one's own voice (回声测试), null: none. */
  echoNumber: z.string().nullable(),
  /** null: no wss:// address, or the PBX was not there when the centre looked. */
  certificate: PbxCertificate.nullable(),
})
export type SipAccount = z.infer<typeof SipAccount>

export const Direction = z.enum(['inbound', 'outbound', 'internal'])
export type Direction = z.infer<typeof Direction>

/** Who ended it. `caller` is the worker who rang us, `callee` whom we rang, `system` the PBX or the network. */
export const EndedBy = z.enum(['caller', 'callee', 'agent', 'system'])
export type EndedBy = z.infer<typeof EndedBy>

export const CallOutcome = z.enum([
  'answered', // both spoke
  'missed', // rang at the seat, nobody answered, the PBX took it on; or not from the queue, and no line was free
  'abandoned', // the caller gave up while it rang
  'rejected', // the agent sent it back; by `system`: the queue’s, and no line was free
  'busy', // outgoing: engaged
  'noAnswer', // outgoing: rang out or we gave up
  'failed', // could not be put through
  'interrupted', // the program stopped in the middle of it
])
export type CallOutcome = z.infer<typeof CallOutcome>

/** The opinion score over the length of a call. */
export const QualityCurve = z.object({
  /** Length of each span; grows with very long calls so that the curve stays short. */
  everyMs: Span,
  /** Per span, in order; null: nothing was to be heard (hold) or nobody measured. */
  mos: z.array(z.number().min(1).max(5).nullable()).max(360),
})
export type QualityCurve = z.infer<typeof QualityCurve>

/** Estimate over the whole call, from WebRTC statistics. */
export const CallQuality = z.object({
  /** Lost packets ÷ expected packets, 0–1, received side. */
  loss: z.number().min(0).max(1),
  jitterMs: z.number().nonnegative(),
  /** null: the other side sent no report. */
  roundTripMs: z.number().nonnegative().nullable(),
  /** Estimated mean opinion score 1–4.5 (ITU-T G.107, see core/softphone/quality.ts). */
  mos: z.number().min(1).max(5),
  /** False: for 4 s and more nothing was heard from the other side. */
  heard: z.boolean(),
  /** False: for 4 s and more the other side got nothing from our microphone while it spoke. Absent: not measured. */
  said: z.boolean().optional(),
  /** In the record of a call that lasted; live figures have none. */
  curve: QualityCurve.optional(),
})
export type CallQuality = z.infer<typeof CallQuality>

export const EndCause = z.object({
  protocol: z.enum(['SIP', 'Q.850', 'seat']),
  code: z.number().int(),
  text: z.string().max(200),
})
export type EndCause = z.infer<typeof EndCause>

/** Enough for the words of a screen (renderer/text/causes.ts). */
export const EndCode = EndCause.omit({ text: true })
export type EndCode = z.infer<typeof EndCode>

/** To whom a call was put through. `attended`: after we had spoken with that one. */
export const CallTransfer = z.strictObject({
  kind: z.enum(['blind', 'attended']),
  number: z.string().max(64),
  /** The department's or seat's name where the reference data knows it. */
  name: z.string().max(64).nullable(),
})
export type CallTransfer = z.infer<typeof CallTransfer>

/** What the PBX told of recording a call. */
export const CallRecording = z.strictObject({
  /** Stretches it was paused for, in order. */
  pauses: z.array(z.strictObject({ at: Instant, ms: Span })).max(100),
})
export type CallRecording = z.infer<typeof CallRecording>

export const CallRecord = z.strictObject({
  v: z.literal(1),
  id: CallId,
  /** 1 when the call ends, one more with every later change. The higher one wins. */
  rev: z.number().int().min(1),
  agent: AccountId,
  seat: Extension,
  practice: z.boolean(),
  direction: Direction,
  /** Number of the other side as the PBX gave it or as dialled; '' when withheld. */
  number: z.string().max(64),
  /** Name the PBX gave with the call, null: none. */
  name: z.string().max(64).nullable(),
  /** 归属地, a hint only; null: unknown. */
  place: z.string().max(40).nullable(),
  queue: z.string().max(64).nullable(),
  /** The PBX's own reference of the whole call, joins seats and recordings. */
  callRef: z.string().max(128).nullable(),
  /** The PBX's reference of this seat's leg. */
  legId: z.string().max(128).nullable(),
  /** Time waited in the queue before the seat rang. */
  queuedMs: Span.nullable(),
  offeredAt: Instant,
  answeredAt: Instant.nullable(),
  endedAt: Instant,
  /** From a monotonic clock, so a moved wall clock cannot make it negative. */
  talkMs: Span,
  holdMs: Span,
  outcome: CallOutcome,
  endedBy: EndedBy,
  endCause: EndCause.nullable(),
  /** Why the agent ended a connected inbound call first; a code of reference.hangUpReasons. */
  hangUpReason: Code.nullable(),
  /** null: it was not put through. Then the agent's end of it is no hang-up. */
  transfer: CallTransfer.nullable().default(null),
  /** The call this one was a consultation for; null: it stands for itself. */
  madeFor: CallId.nullable().default(null),
  /** Number of the colleague who put it through to this seat; null: nobody did. */
  passedBy: z.string().max(64).nullable().default(null),
  /** It was part of a three-way call. */
  threeWay: z.boolean().default(false),
  /** This seat rang the other side: of an internal call nothing else tells. */
  dialled: z.boolean().default(false),
  /** null: the PBX did not say that it recorded. */
  recording: CallRecording.nullable().default(null),
  quality: CallQuality.nullable(),
  /** null until the agent files it. */
  form: WrapupForm.nullable(),
  filedAt: Instant.nullable(),
  /** After-call work from the end of the call until filing; null until filed. */
  wrapupMs: Span.nullable(),
  /** Work order that came out of it. */
  ticketId: TicketId.nullable(),
})
export type CallRecord = z.infer<typeof CallRecord>

/** One earlier call of a caller, as another seat may see it. */
export const CallSummary = z.object({
  id: CallId,
  number: z.string(),
  callerName: z.string().nullable(),
  agent: AccountId,
  direction: Direction,
  offeredAt: Instant,
  talkMs: Span,
  outcome: CallOutcome,
  /** null: from a program that did not tell it. */
  endedBy: EndedBy.nullable().default(null),
  /** null: nobody said why. Absent: from a program that did not tell it. */
  endCause: EndCode.nullable().optional(),
  /** The PBX's reference: calls of other seats with the same one are the same caller's, passed on. */
  callRef: z.string().nullable().default(null),
  /** The call it was a consultation for; it is nobody's own matter then. */
  madeFor: CallId.nullable().default(null),
  /** That seat rang the other side; false too from a program that did not tell it. */
  dialled: z.boolean().default(false),
  category: Code.nullable(),
  topic: Code.nullable(),
  disposition: Code.nullable(),
  /** When this caller was promised our call; null too from a program that did not tell it. */
  callBackAt: Instant.nullable().default(null),
  /** First words of what happened, at most 80 characters. */
  gist: z.string().nullable(),
  employer: z.string().nullable(),
  member: z.enum(['yes', 'no', 'unknown']).nullable(),
  ticketId: TicketId.nullable(),
})
export type CallSummary = z.infer<typeof CallSummary>
