// The wrap-up form (登记单): what the agent writes down about a call.
// Which fields are required is reference data (contract/reference.ts, requiredFields), not this schema.
import { z } from 'zod'
import { WarningLevel } from './warnings.ts'
import { CallId, Code, Instant, Span } from './ids.ts'

const text = (max: number) => z.string().max(max)

/** To whom the matter is dispatched (派单) and how long they have. Present only with a disposition that dispatches. */
export const DispatchPlan = z.strictObject({
  /** Lead handling unit 主办, a code of reference.departments. */
  department: Code,
  /** Name at the moment of dispatch: survives the department's deletion. */
  departmentName: text(80),
  /** Assisting units 协办. */
  assisting: z.array(z.strictObject({ department: Code, departmentName: text(80) })).max(10),
  /** Time limit rule, a code of reference.timeLimits. */
  limit: Code,
  /** Deadline the limit gave when it was dispatched. */
  dueAt: Instant,
  /** False: the calendar of that year was not loaded, so the deadline is provisional. */
  dueIsFirm: z.boolean(),
  /** 派单意见, a word to the department. */
  note: text(500),
})
export type DispatchPlan = z.infer<typeof DispatchPlan>

export const Urgency = z.enum(['normal', 'urgent', 'critical'])
export type Urgency = z.infer<typeof Urgency>

/** '' and null mean: not filled in. The five elements are callerName, occurredOn, address, cause, course. */
export const WrapupForm = z.strictObject({
  callerName: text(40),
  contactNumber: text(32),
  member: z.enum(['yes', 'no', 'unknown']).nullable(),
  employer: text(120),
  /** Union path, e.g. ["110115","110115-0"], codes of reference.unions from district to union. */
  union: z.array(Code).max(4),
  /** When it happened, as told: "2026-10 起", "上周五". */
  occurredOn: text(60),
  address: text(200),
  /** 事情起因 */
  cause: text(1000),
  /** 事情经过 */
  course: text(8000),
  category: Code.nullable(),
  topic: Code.nullable(),
  peopleInvolved: z.number().int().min(1).max(1_000_000).nullable(),
  confidential: z.boolean(),
  urgency: Urgency,
  disposition: Code.nullable(),
  /** 告知职工: what the caller was told. */
  toldCaller: text(1000),
  nextStep: text(500),
  /** 预约回拨: when the caller was promised our call. Absent in forms from before protocol 15. */
  callBackAt: Instant.nullable().default(null),
  dispatch: DispatchPlan.nullable(),
})
export type WrapupForm = z.infer<typeof WrapupForm>

export const emptyForm: WrapupForm = {
  callerName: '',
  contactNumber: '',
  member: null,
  employer: '',
  union: [],
  occurredOn: '',
  address: '',
  cause: '',
  course: '',
  category: null,
  topic: null,
  peopleInvolved: null,
  confidential: false,
  urgency: 'normal',
  disposition: null,
  toldCaller: '',
  nextStep: '',
  callBackAt: null,
  dispatch: null,
}

/** A form not yet filed. Lives on the seat only, one per call, saved on every pause in typing. */
export const Draft = z.object({
  callId: CallId,
  form: WrapupForm,
  openedAt: Instant,
  savedAt: Instant,
  /** After-call work so far. */
  wrapupMs: Span,
  /** A mass risk heard in this call. Absent: none, or from an older program. */
  risk: z
    .object({
      /** When the first of it was suggested: all that an older program knows. */
      heardAt: Instant.nullable(),
      /** When each rule was first found how grave. Absent: from an older program. */
      heard: z.array(z.object({ rule: Code, level: WarningLevel, at: Instant })).optional(),
      /** Suggestions the agent has said no to. */
      dismissed: z.array(z.object({ rule: Code, level: WarningLevel })),
    })
    .optional(),
})
export type Draft = z.infer<typeof Draft>
