// Early warnings (预警). First the reference data: by which rules a mass risk is recognised, how soon it must be reported,
// who is phoned, how long a duty leader may let it ring. Then what a seat reports and what the centre makes of it.
import { z } from 'zod'
import { AccountId, ActionId, CallId, Code, Instant, WarningId } from './ids.ts'

/** 红 橙 黄 蓝, the gravest first. */
export const WarningLevel = z.enum(['red', 'orange', 'yellow', 'blue'])
export type WarningLevel = z.infer<typeof WarningLevel>

const row = {
  code: Code,
  zh: z.string().min(1),
  en: z.string().min(1),
  active: z.boolean(),
  sort: z.number(),
}

const words = z.object({ zh: z.string().min(1), en: z.string().min(1) })

export const WarningRule = z.object({
  ...row,
  /** Any of them in what was typed. */
  words: z.array(z.string().min(1).max(20)),
  /** Longer words that hold one of those and mean something else: 停工留薪 is no stoppage. */
  except: z.array(z.string().min(1).max(20)).optional(),
  /** Beside the words at least so many people, or this part of all staff in percent, or so many months. All null: the words are enough. */
  people: z.number().int().positive().nullable(),
  percent: z.number().positive().max(100).nullable(),
  months: z.number().int().positive().nullable(),
  /** Instead of words: so many calls about one employer within `repeatDays`. */
  calls: z.number().int().min(2).nullable(),
  /** At least this grave, however few they are. */
  level: WarningLevel.nullable(),
  /** Also asked where the words are denied ("没说要…"): too grave to be read over. */
  evenDenied: z.boolean(),
  /** The rule in one line, as the agent reads it. */
  says: words,
})
export type WarningRule = z.infer<typeof WarningRule>

export const WarningLevelRow = z.object({
  level: WarningLevel,
  zh: z.string().min(1),
  en: z.string().min(1),
  /** From so many people on. */
  people: z.number().int().positive(),
  /** Within so many minutes of being heard it must be reported. */
  minutes: z.number().int().positive(),
  /** Reported by telephone at once, whatever the network. */
  phone: z.boolean(),
})
export type WarningLevelRow = z.infer<typeof WarningLevelRow>

/** Whom to phone (电话报告树), in this order. */
export const PhoneTreeRow = z.object({
  ...row,
  /** null: nobody has entered a number yet. */
  phone: z
    .string()
    .regex(/^[\d*#+-]{2,20}$/)
    .nullable(),
  /** Phoned for warnings at least this grave. */
  from: WarningLevel,
})
export type PhoneTreeRow = z.infer<typeof PhoneTreeRow>

export const WarningRules = z.object({
  rules: z.array(WarningRule),
  /** One row of each level. */
  levels: z.array(WarningLevelRow).length(4),
  /** Calls of one employer within so many days belong together. */
  repeatDays: z.number().int().positive(),
  /** Typed as the employer where nobody knows its name (不详, 工地): one employer with nobody. Absent in older data. */
  noEmployer: z.array(z.string().min(1)).optional(),
  /** Minutes without a signature after which the next person's screen rings too. */
  escalateMinutes: z.array(z.number().int().positive()).max(6),
  /** Whose screen rings first; duty leaders not named here follow in the order of their work numbers. */
  dutyOrder: z.array(AccountId),
  phoneTree: z.array(PhoneTreeRow),
  /** Why a suggested warning is none (不是…). */
  dismissals: z.array(z.object(row)).min(1),
})
export type WarningRules = z.infer<typeof WarningRules>

const text = (max: number) => z.string().max(max)
const Known = z.enum(['yes', 'no', 'unknown']).nullable()

/** Somebody of the telephone tree was phoned. */
export const Phoned = z.strictObject({ code: Code, name: text(40), at: Instant, reached: z.boolean() })
export type Phoned = z.infer<typeof Phoned>

/** Where the caller knows it from (信息来源): seen or undergone, told by colleagues, read on the net. */
export const WarningSource = z.enum(['self', 'colleague', 'net'])
export type WarningSource = z.infer<typeof WarningSource>

/** What a seat reports of one call; '' and null mean: not known yet. The higher rev wins. */
export const WarningReport = z.strictObject({
  v: z.literal(1),
  id: WarningId,
  rev: z.number().int().min(1),
  callId: CallId,
  agent: AccountId,
  practice: z.boolean(),
  level: WarningLevel,
  /** The rule that suggested it; null: the agent's own judgement. */
  rule: Code.nullable(),
  /** The words that said so. */
  quotes: z.array(text(40)).max(8),
  employer: text(120),
  address: text(200),
  people: z.number().int().min(1).max(1_000_000).nullable(),
  /** All who work there. */
  staff: z.number().int().min(1).max(1_000_000).nullable(),
  /** 事由 */
  cause: text(1000),
  /** 已发生的行为 */
  acts: text(2000),
  /** 诉求 */
  demands: text(1000),
  /** 代表 */
  contactName: text(40),
  contactNumber: text(32),
  source: WarningSource.nullable(),
  /** 是否开过职代会、听取过工会意见、向人社报备；有无企业工会 */
  congress: Known,
  unionHeard: Known,
  registered: Known,
  hasUnion: Known,
  phoned: z.array(Phoned).max(40),
  /** When the words were typed: the limit to report counts from here. */
  heardAt: Instant,
  /** When what has made it graver since it was raised was heard: the graver limit counts from here. */
  graverHeardAt: Instant.optional(),
  raisedAt: Instant,
})
export type WarningReport = z.infer<typeof WarningReport>

export const WarningState = z.enum([
  'open', // 待签收: rings
  'signed', // 已签收
  'closed', // 已办结
])
export type WarningState = z.infer<typeof WarningState>

/** What the centre tells the agent of a report: which event it belongs to, and who signed for it when. */
export const WarningTold = z.object({
  report: WarningReport,
  event: WarningId,
  /** Official number of the event, e.g. YJ20261123-0001. */
  number: z.string(),
  level: WarningLevel,
  state: WarningState,
  receivedAt: Instant,
  signedAt: Instant.nullable(),
  signedBy: z.string().nullable(),
  changedAt: Instant,
})
export type WarningTold = z.infer<typeof WarningTold>

/** One event at the centre; reports about the same employer are joined in one. */
export const WarningEvent = z.object({
  /** Id of its first report. */
  id: WarningId,
  number: z.string(),
  employer: z.string(),
  /** The gravest of its reports. */
  level: WarningLevel,
  state: WarningState,
  people: z.number().int().nullable(),
  cause: z.string(),
  reports: z.number().int(),
  heardAt: Instant,
  receivedAt: Instant,
  /** When its ringing began; again when it became graver after it was signed for. */
  rangSince: Instant,
  signedAt: Instant.nullable(),
  signedBy: z.string().nullable(),
  closedAt: Instant.nullable(),
  changedAt: Instant,
  /** It rings at the screen of whoever asks. */
  rings: z.boolean(),
})
export type WarningEvent = z.infer<typeof WarningEvent>

/** What a duty leader does to an event. `id` makes a repeated click harmless. */
export const WarningAction = z.discriminatedUnion('do', [
  /** `level`: as grave as it stood on the screen; absent from an older seat. */
  z.strictObject({ do: z.literal('sign'), id: ActionId, level: WarningLevel.optional() }),
  /** 批示 */
  z.strictObject({ do: z.literal('order'), id: ActionId, text: z.string().min(1).max(2000) }),
  /** 续报 */
  z.strictObject({ do: z.literal('progress'), id: ActionId, text: z.string().min(1).max(2000) }),
  /** 办结 */
  z.strictObject({ do: z.literal('close'), id: ActionId, text: z.string().min(1).max(2000) }),
])
export type WarningAction = z.infer<typeof WarningAction>
export type WarningActionName = WarningAction['do']

/** One line of an event's timeline. */
export const WarningNote = z.object({
  at: Instant,
  what: z.enum(['report', 'change', 'graver', 'escalate', 'sign', 'order', 'progress', 'close']),
  byName: z.string(),
  text: z.string(),
})
export type WarningNote = z.infer<typeof WarningNote>

/** The whole event file; telephone numbers are masked. */
export const WarningFile = z.object({
  event: WarningEvent,
  /** Oldest first. `late`: after its limit, at first or when it became graver; absent from an older centre. */
  reports: z.array(
    z.object({
      report: WarningReport,
      agentName: z.string(),
      receivedAt: Instant,
      late: z.boolean().optional(),
    }),
  ),
  notes: z.array(WarningNote),
  serverNow: Instant,
})
export type WarningFile = z.infer<typeof WarningFile>
