// Early warnings (预警): by which rules a mass risk is recognised, how grave it is, how soon it must be reported, who is
// phoned, and how long a duty leader may let it ring. All of it is reference data; core/warnings reads it.
import { z } from 'zod'
import { AccountId, Code } from './ids.ts'

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
  /** Minutes without a signature after which the next person's screen rings too. */
  escalateMinutes: z.array(z.number().int().positive()).max(6),
  /** Whose screen rings first; duty leaders not named here follow in the order of their work numbers. */
  dutyOrder: z.array(AccountId),
  phoneTree: z.array(PhoneTreeRow),
  /** Why a suggested warning is none (不是…). */
  dismissals: z.array(z.object(row)).min(1),
})
export type WarningRules = z.infer<typeof WarningRules>
