// Reference data: the hotline's own words, limits and rules, kept at the centre, versioned, cached on every seat.
// Nothing of it is a constant in code. The starting values are server/reference/*.json.
import { z } from 'zod'
import { AttachmentType } from './attachments.ts'
import { Code } from './ids.ts'
import { Role } from './session.ts'
import { WarningRules } from './warnings.ts'

const row = {
  code: Code,
  zh: z.string().min(1),
  en: z.string().min(1),
  active: z.boolean(),
  sort: z.number(),
}

export const Category = z.object({ ...row, isCase: z.boolean() })
export type Category = z.infer<typeof Category>
export const Topic = z.object({
  ...row,
  categories: z.array(Code),
  department: Code.nullable(),
  limit: Code.nullable(),
})
export type Topic = z.infer<typeof Topic>
export const Disposition = z.object({
  ...row,
  /** True: the form must carry a dispatch plan. */
  dispatches: z.boolean(),
  /** True: the caller waits for our call (预约回拨, 断线); the desk lists them until somebody reached them. */
  callsBack: z.boolean().optional(),
  /** True: the form must say when (预约回拨). */
  agreesTime: z.boolean().optional(),
})
export type Disposition = z.infer<typeof Disposition>
export const Department = z.object({ ...row, kind: z.string(), phone: z.string().nullable() })
export type Department = z.infer<typeof Department>
export const NotReadyReason = z.object({
  ...row,
  glyph: z.enum(['busy', 'rest', 'study', 'link']),
  maxMinutes: z.number().int().positive().nullable(),
  countsAsWork: z.boolean(),
  /** True: set by the program, not offered in the menu. */
  automatic: z.boolean(),
})
export type NotReadyReason = z.infer<typeof NotReadyReason>
export const HangUpReason = z.object(row)
export type HangUpReason = z.infer<typeof HangUpReason>
export const TimeLimit = z.object({
  ...row,
  /** Whole working days, or hours by the clock; exactly one is set. */
  workingDays: z.number().int().positive().nullable(),
  hours: z.number().int().positive().nullable(),
})
export type TimeLimit = z.infer<typeof TimeLimit>
export const Union = z.object({ ...row, parent: Code.nullable() })
export type Union = z.infer<typeof Union>

/** Names of WrapupForm fields that can be demanded. */
export const FormField = z.enum([
  'callerName',
  'contactNumber',
  'member',
  'employer',
  'union',
  'occurredOn',
  'address',
  'cause',
  'course',
  'category',
  'topic',
  'peopleInvolved',
  'disposition',
  'toldCaller',
  'nextStep',
  'dispatch',
  'callBackAt',
])
export type FormField = z.infer<typeof FormField>

/** Fields demanded when every given list contains the form's value; an absent list matches all. */
export const RequiredRule = z.object({
  categories: z.array(Code).optional(),
  dispositions: z.array(Code).optional(),
  fields: z.array(FormField),
})
export type RequiredRule = z.infer<typeof RequiredRule>

/** Public holidays of one year, from the State Council's list: without the year no deadline is firm. */
export const CalendarYear = z.object({
  year: z.number().int(),
  /** Dates off that would be working days, "2026-10-01". */
  off: z.array(z.string()),
  /** Weekend dates worked, "2026-09-20". */
  worked: z.array(z.string()),
})
export type CalendarYear = z.infer<typeof CalendarYear>

/** What the exchange's outside lines want to hear, and what nobody may dial from a seat. */
export const DialRules = z.object({
  /** Our own area code in front of numbers of our own town: dialled, or left away as local lines want it. */
  ownAreaCode: z.enum(['dial', 'strip']),
  /** First digits of the mobiles of our own town: all others get a 0 in front. null: no mobile gets one. */
  homeMobiles: z.array(z.string().regex(/^1\d{2,10}$/)).nullable(),
  /** Dialled whatever the rules below say. */
  emergency: z.array(z.string().regex(/^\d{2,8}$/)),
  /** First digits nobody may dial, 00 for other countries; the sentence says what to do instead. The longest counts. */
  forbidden: z.array(
    z.object({ prefix: z.string().regex(/^\d+$/), zh: z.string().min(1), en: z.string().min(1) }),
  ),
})
export type DialRules = z.infer<typeof DialRules>

export const Policy = z.object({
  /** A second call while one is in hand: shown as waiting, or answered 486. */
  secondCall: z.enum(['show', 'busy']),
  /** How long the end key is held before a connected inbound call ends. */
  hangUpHoldMs: z.number().int().positive(),
  /** The queue takes the call on after this ringing time. */
  ringSeconds: z.number().int().positive(),
  /** After-call work becomes gold on the wall after this long. */
  wrapupWarnSeconds: z.number().int().positive(),
  serviceLevelSeconds: z.array(z.number().int().positive()).min(1),
  /** Days a seat may sign in without the server. */
  offlineSignInDays: z.number().int().positive(),
  /** Days a seat keeps what the centre has; absent: a week. */
  keptDays: z.number().int().min(1).max(90).optional(),
  /** A clock turns amber at this part of its limit, 0–1. */
  amberAt: z.number().min(0).max(1),
  signLimit: Code,
  workdayStart: z.string().regex(/^\d\d:\d\d$/),
  workdayEnd: z.string().regex(/^\d\d:\d\d$/),
  /** Calls agreed with callers (预约回拨). Absent: in the office hours, five days ahead, 5 minutes early, 10 of grace. */
  callBack: z
    .object({
      from: z.string().regex(/^\d\d:\d\d$/),
      to: z.string().regex(/^\d\d:\d\d$/),
      /** Also on days that are not working days. */
      everyDay: z.boolean(),
      /** Fewer than seats keep calls (keptDays). */
      daysAhead: z.number().int().min(1).max(60),
      /** Due so long before. */
      earlyMinutes: z.number().int().min(0).max(60),
      /** Late after so long; then it is every seat's. */
      graceMinutes: z.number().int().min(1).max(240),
    })
    .optional(),
  /** Prefix for outside lines, '' when none. */
  outsidePrefix: z.string(),
  /** Numbers dialled as they are: 110, 12333 … */
  shortNumbers: z.array(z.object({ number: z.string(), zh: z.string(), en: z.string() })),
  areaCode: z.string(),
  /** Absent in data from before there were such rules: as if nothing were forbidden and every number complete. */
  dialRules: DialRules.optional(),
  /** Who may have a whole number shown, each look on record; everybody else sees it masked. Absent: everybody. */
  wholeNumbers: z.array(Role).optional(),
  /** Calls from the queue are answered by the program after so many seconds of ringing; null or absent: never. */
  autoAnswer: z
    .object({ seconds: z.number().int().min(0).max(30) })
    .nullable()
    .optional(),
  /** Files added to a call's form; absent: none may be. */
  attachments: z
    .object({
      types: z.array(AttachmentType).min(1),
      maxBytes: z.number().int().positive(),
      maxPerCall: z.number().int().positive(),
    })
    .optional(),
  /**
   * What is told to the world outside, {number} {department} {signBy} filled in; null or absent: nothing.
   * `notice` to each unit at a dispatch; text messages to the worker: `accepted` at the dispatch, `answered` at the reply.
   */
  outward: z
    .object({
      notice: z.string().min(1).max(500).nullable(),
      accepted: z.string().min(1).max(300).nullable(),
      answered: z.string().min(1).max(300).nullable(),
    })
    .optional(),
})
export type Policy = z.infer<typeof Policy>

export const Reference = z.object({
  /** Grows with each change at the centre. */
  version: z.number().int().nonnegative(),
  categories: z.array(Category),
  topics: z.array(Topic),
  dispositions: z.array(Disposition),
  departments: z.array(Department),
  notReadyReasons: z.array(NotReadyReason),
  hangUpReasons: z.array(HangUpReason),
  timeLimits: z.array(TimeLimit),
  unions: z.array(Union),
  requiredFields: z.array(RequiredRule),
  calendar: z.array(CalendarYear),
  policy: Policy,
  /** Place (归属地) by area code, for landlines the PBX gives no place for. Absent in older data. */
  areaCodes: z.record(z.string().regex(/^0\d{2,3}$/), z.string().min(1).max(20)).optional(),
  /** By which rules early warnings are recognised and reported. Absent in older data: then nothing is recognised. */
  warnings: WarningRules.optional(),
})
export type Reference = z.infer<typeof Reference>
