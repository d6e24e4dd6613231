// Gathers an export part by part, so that the page stays alive, says how far it is and can be stopped.
import type { Answer } from '../../contract/answer.ts'
import { done } from '../../contract/answer.ts'
import type { CsvRows } from '../adapters/csv.ts'
import { csvLines } from '../adapters/csv.ts'

export type Part<T> = { readonly items: readonly T[]; readonly isLast: boolean }

/** The lines of a file in pieces, and how many there are. */
export type Sheet = { readonly count: number; readonly pieces: readonly string[] }

export const sheetOf = (rows: CsvRows): Sheet => ({ count: rows.length, pieces: [csvLines(rows)] })

/** null: it was stopped. `told`: so many so far. */
export const gather = async <T>(
  part: (last: T | null) => Promise<Answer<Part<T>>>,
  rowOf: (item: T) => readonly string[],
  told: (count: number) => void,
  signal: AbortSignal,
): Promise<Answer<Sheet> | null> => {
  const pieces: string[] = []
  let count = 0
  let last: T | null = null
  for (;;) {
    if (signal.aborted) return null
    const answer: Answer<Part<T>> = await part(last)
    if (signal.aborted) return null
    if (!answer.ok) return answer
    const { items, isLast } = answer.value
    pieces.push(csvLines(items.map(rowOf)))
    count += items.length
    told(count)
    last = items.at(-1) ?? null
    if (isLast || last === null) return done({ count, pieces })
  }
}
