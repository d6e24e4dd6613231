// `npm run network -- --runs N [--only reset,hole] [--fresh] [--write]`: breaks the network under calls on built desks,
// at least N times each way, and prints a table. Stopped and started again it goes on where it was; `--write` puts the
// table into docs/evidence/network.md. Exit code 1: a goal was missed.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openRig, type Rig } from './rig.ts'
import { scenarios, type Run } from './scenarios.ts'
import { table } from './table.ts'

const flag = (name: string): string | null => {
  const at = process.argv.indexOf(name)
  return at === -1 ? null : (process.argv[at + 1] ?? null)
}
const runs = Number(flag('--runs') ?? 20)
const only = flag('--only')?.split(',') ?? Object.keys(scenarios)
const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const folder = here('../../.cache/network')

type Kept = { readonly runs: Run[]; readonly failures: string[] }
const fileOf = (name: string) => join(folder, `${name}.json`)
const read = (name: string): Kept =>
  existsSync(fileOf(name))
    ? (JSON.parse(readFileSync(fileOf(name), 'utf8')) as Kept)
    : { runs: [], failures: [] }

mkdirSync(folder, { recursive: true })
if (process.argv.includes('--fresh')) for (const name of only) rmSync(fileOf(name), { force: true })
const isDone = ({ runs: done, failures }: Kept) => done.length + failures.length >= runs
const open = only.filter((name) => name in scenarios && !isDone(read(name)))

if (open.length > 0) {
  const rig = await openRig(['1001', '1002', '1003'])
  try {
    for (const name of open)
      for (let kept = read(name); !isDone(kept);) {
        const started = performance.now()
        const done = [...kept.runs]
        const failures = [...kept.failures]
        try {
          const results = (await scenarios[name]?.run(rig, await rig.talk())) ?? []
          for (const result of results)
            if (result.status === 'fulfilled') done.push(result.value)
            else failures.push(String(result.reason))
        } catch (problem) {
          for (const { account } of rig.seats) failures.push(`${account}: ${String(problem)}`)
          for (const { page, account } of rig.seats)
            await page.screenshot({ path: here(`../../test/e2e/shots/network-${name}-${account}.png`) })
        }
        if (failures.length > kept.failures.length)
          writeFileSync(
            join(folder, `${name}-trace-${done.length + failures.length}.json`),
            JSON.stringify(await tracesOf(rig), null, 1),
          )
        kept = { runs: done, failures }
        writeFileSync(fileOf(name), JSON.stringify(kept))
        const seconds = ((performance.now() - started) / 1000).toFixed(0)
        console.log(
          `${name}: ${done.length} good, ${failures.length} bad, ${seconds} s  ${failures.at(-1) ?? ''}`,
        )
        await rig.tidy()
      }
  } finally {
    await rig.close()
  }
}

/** For who looks into a failed round. */
async function tracesOf({ seats }: Rig): Promise<Record<string, string[]>> {
  const traces = seats.map(async ({ account, page }) => [
    account,
    (await page.evaluate(() => window.networkProbe.trace)).slice(-80),
  ])
  return Object.fromEntries(await Promise.all(traces))
}

const { text, met } = table(Object.fromEntries(only.map((name) => [name, read(name)])), runs)
console.log(`\n${text}`)
if (process.argv.includes('--write')) writeFileSync(here('../../docs/evidence/network.md'), text)
process.exit(met ? 0 : 1)
