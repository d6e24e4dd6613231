// What the practice page may ask of the practice exchange through the practice centre.
import { z } from 'zod'
import { Code } from './ids.ts'

/** A simulated caller as the page shows them. */
export const PracticeCaller = z.object({
  code: Code,
  name: z.string(),
  temper: z.string(),
  opening: z.string(),
  /** 1 easy – 4 hard. */
  difficulty: z.number().int().min(1).max(4),
  minutes: z.number().int().positive(),
  trains: z.string(),
})
export type PracticeCaller = z.infer<typeof PracticeCaller>

export const PracticeOrder = z.discriminatedUnion('do', [
  /** Let this caller ring my seat. */
  z.strictObject({ do: z.literal('ring'), caller: Code }),
  /** Cut my telephone line, to practise an outage. */
  z.strictObject({ do: z.literal('cut') }),
])
export type PracticeOrder = z.infer<typeof PracticeOrder>
