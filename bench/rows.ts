// What a bench tells: rows of ours beside peers, with ratio and goal; as a table, and with --json as one object last.
import { cpus, totalmem } from 'node:os'

export type Row = {
  readonly metric: string
  readonly unit: string
  /** Median of ours. */
  readonly ours: number
  /** Medians of the peers measured in the same interleaved run. */
  readonly peers: Readonly<Record<string, number>>
  /** ours ÷ the peer the goal speaks of (or its inverse where more is better), median of the rounds' own ratios. */
  readonly ratio: number | null
  /** The goal in words and as a test: "≤ 1.4 × raw". */
  readonly goal: string | null
  readonly met: boolean | null
  /** Rounds, or calls, behind the medians. */
  readonly n: number
}

export const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const high = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? high : ((sorted[middle - 1] ?? high) + high) / 2
}

/** Ratios round by round, so that a drifting machine touches both sides alike. */
export const ratioOf = (ours: readonly number[], peer: readonly number[]): number =>
  median(ours.map((value, round) => value / (peer[round] ?? Number.NaN)))

const short = (value: number): string =>
  Math.abs(value) >= 100 ? value.toFixed(0) : Math.abs(value) >= 10 ? value.toFixed(1) : value.toFixed(2)

export const machine = (): string => {
  const [first] = cpus()
  return `${cpus().length} × ${first?.model.trim() ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}`
}

/** Prints the table; with `json` one object as the last line. True when every goal was met. */
export const report = (bench: string, rows: readonly Row[], json: boolean): boolean => {
  console.log(`\n${bench} · ${machine()}`)
  for (const row of rows) {
    const peers = Object.entries(row.peers).map(([name, value]) => `${name} ${short(value)}`)
    const verdict = row.goal === null ? '' : `goal ${row.goal} ${row.met ? '✓' : '✗'}`
    const ratio = row.ratio === null ? '' : `ratio ${row.ratio.toFixed(2)}`
    console.log(
      `  ${row.metric.padEnd(44)} ${short(row.ours).padStart(8)} ${row.unit.padEnd(6)} | ${[...peers, ratio, verdict, `n ${row.n}`].filter(Boolean).join(' · ')}`,
    )
  }
  if (json)
    console.log(JSON.stringify({ bench, machine: machine(), rows: rows.map(({ met: _met, ...row }) => row) }))
  return rows.every((row) => row.met !== false)
}
