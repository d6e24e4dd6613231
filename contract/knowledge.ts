// Knowledge (知识库): what the law and the union's policies say, in the clause's words and in plain words, each for the days
// it is in force. Kept at the centre, pulled with a cursor, cached on every seat. core/knowledge says which edition counts.
import { z } from 'zod'
import { Code } from './ids.ts'

/** A day on Beijing's calendar, "2026-11-26": days in this form sort as text. */
export const Day = z.iso.date()
export type Day = z.infer<typeof Day>

const amount = z.number().min(0).max(10_000_000)

/**
 * 困难帮扶测算: a sum from one number the caller knows. The parameters are an edition's, so they have its days and clause.
 * `share` of a sum up to `most`; `each`: so much for each, at most `most` of them; `times`: `base` so many times.
 */
export const Estimate = z.discriminatedUnion('how', [
  z.strictObject({
    how: z.literal('share'),
    of: z.string().min(1).max(40),
    share: z.number().gt(0).max(1),
    most: amount,
  }),
  z.strictObject({
    how: z.literal('each'),
    of: z.string().min(1).max(40),
    amount,
    most: z.number().int().min(1).max(100),
  }),
  z.strictObject({
    how: z.literal('times'),
    of: z.string().min(1).max(40),
    base: amount,
    times: z.number().int().min(1).max(100),
    most: z.number().int().min(1).max(100),
  }),
])
export type Estimate = z.infer<typeof Estimate>

const text = (max: number) => z.string().trim().min(1).max(max)

/** One edition (版) of an article. Its code and its first day name it; a later edition of the same code ends it. */
export const Article = z.strictObject({
  code: Code,
  effectiveFrom: Day,
  /** Last day; null: until another edition comes. */
  effectiveTo: Day.nullable().default(null),
  /** script: 话术, what to say in a situation; its `clause` and `basis` may be empty. */
  kind: z.enum(['policy', 'script']),
  title: text(60),
  /** 条款, what is written there, as the source puts it or in short. */
  clause: z.string().trim().max(2000).default(''),
  /** Where it stands: 劳动合同法第四十一条. */
  basis: z.string().trim().max(120).default(''),
  /** Where the centre has it from. */
  source: text(200),
  /** True only when somebody of the union has compared it with the official text. */
  verified: z.boolean(),
  /** 大白话 */
  plain: text(1000),
  /** 接着问 */
  ask: z.array(text(80)).max(8).default([]),
  /** 告知职工: what is put into the form. */
  tell: text(300),
  topics: z.array(Code).max(12).default([]),
  /** Words callers use for it. */
  keywords: z.array(text(20)).max(40).default([]),
  estimate: Estimate.nullable().default(null),
})
export type Article = z.infer<typeof Article>

export const KnowledgeRequest = z.strictObject({
  /** 0 at first, then the answer's cursor. */
  cursor: z.number().int().nonnegative(),
  limit: z.number().int().min(1).max(500),
})
export type KnowledgeRequest = z.infer<typeof KnowledgeRequest>

export const KnowledgeAnswer = z.object({
  /** Another one than before: the centre came back from a backup, and all is pulled anew. */
  epoch: z.number().int(),
  cursor: z.number().int().nonnegative(),
  more: z.boolean(),
  /** Parsed one by one: an article this program cannot read must not block the others. */
  articles: z.array(z.unknown()),
})
export type KnowledgeAnswer = z.infer<typeof KnowledgeAnswer>
