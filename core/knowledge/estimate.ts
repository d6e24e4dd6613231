// 困难帮扶测算: roughly how much a caller might get, from the parameters of the edition in force. It decides nothing: the
// screen always shows the clause and 以职工服务部答复为准.
import type { Estimate } from '../../contract/knowledge.ts'

export type Estimated = {
  readonly sum: number
  /** The upper limit was reached. */
  readonly capped: boolean
}

/** [KNOW-6] `given`: yuan for a share, else how many. null: no number to reckon with. */
export const estimated = (estimate: Estimate, given: number): Estimated | null => {
  if (!Number.isFinite(given) || given < 0) return null
  switch (estimate.how) {
    case 'share': {
      // In cents: 0.1 + 0.2 must not show.
      const sum = Math.round(given * 100 * estimate.share) / 100
      return { sum: Math.min(sum, estimate.most), capped: sum > estimate.most }
    }
    case 'each':
      return { sum: estimate.amount * Math.min(given, estimate.most), capped: given > estimate.most }
    case 'times':
      return {
        sum: estimate.base * estimate.times * Math.min(given, estimate.most),
        capped: given > estimate.most,
      }
  }
}
