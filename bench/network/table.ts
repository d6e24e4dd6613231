// The table of the network bench: per scenario and measure the median, the worst, how many met the goal, and a verdict.
import { machine, median } from '../rows.ts'
import { scenarios, type Run } from './scenarios.ts'

type Kept = { readonly runs: readonly Run[]; readonly failures: readonly string[] }

export function table(kept: Readonly<Record<string, Kept>>, wanted: number): { text: string; met: boolean } {
  const lines: string[] = []
  const failures: string[] = []
  let met = true
  for (const [name, { runs, failures: bad }] of Object.entries(kept)) {
    const scenario = scenarios[name]
    if (!scenario) continue
    const total = runs.length + bad.length
    for (const [key, { what, unit, most, share }] of Object.entries(scenario.measures)) {
      const values = runs.map((run) => run[key] ?? Number.NaN)
      const good = values.filter((value) => value <= most).length
      const isMet = total >= wanted && good >= share * total
      met &&= isMet
      const goal = `≤ ${most} ${unit}${share < 1 ? ` in ≥ ${share * 100} %` : ''}`
      const worst = values.length === 0 ? Number.NaN : Math.max(...values)
      lines.push(
        `| ${scenario.title} | ${what} | ${median(values).toFixed(0)} | ${worst.toFixed(0)} | ${goal} | ${good} of ${total} | ${isMet ? '✓' : '✗'} |`,
      )
    }
    failures.push(...bad.map((problem) => `- ${scenario.title}: ${problem.split('\n')[0] ?? ''}`))
  }
  const text = [
    '# A network and a PBX that misbehave',
    '',
    `\`npm run network -- --runs ${wanted}\` · ${machine()} · built desks in Chromium, Asterisk and PostgreSQL on the same machine, other work beside them. Three desks talk at once, so each fault is three runs. Sound is told by its tone in both directions: what the desk receives, and the PBX’s recording of what it sent.`,
    '',
    '| fault | measured | median, ms | worst, ms | goal | met | |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...lines,
    ...(failures.length > 0 ? ['', 'Runs that failed:', '', ...failures] : []),
    '',
  ].join('\n')
  return { text, met }
}
