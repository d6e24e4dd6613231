// `npm run check`: types and lint of every zone, format and unit tests, each with its time.
// Prints the whole output of whatever failed, last.
import { spawn } from 'node:child_process'
import { cpus } from 'node:os'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const zones = ['contract', 'core', 'electron', 'renderer', 'server', 'practice', 'host']
const folders = [...zones, 'test', 'scripts', 'bench']
// The unit tests are a step of their own there, and the compiler itself has the last word on types.
const isWholeTest = process.argv.includes('--no-unit')

const steps: readonly (readonly string[])[] = [
  ...(isWholeTest ? [] : [['vitest', 'run', '--project', 'unit']]),
  // Types in the same look: the linter reads them anyway, each file by the tsconfig of its folder.
  ['oxlint', '--type-aware', ...(isWholeTest ? [] : ['--type-check']), '--quiet', ...folders],
  ['oxfmt', '--check', ...folders],
  // One thread each takes half the work of several, and two of them go at once.
  ...(isWholeTest ? [...zones, '.'].map((project) => ['tsc', '-p', project, '--singleThreaded']) : []),
]

type Outcome = { name: string; code: number; seconds: number; output: string }

const run = (step: readonly string[]): Promise<Outcome> =>
  new Promise((resolve) => {
    const started = performance.now()
    const [command = '', ...args] = step
    const child = spawn(command, args, {
      cwd: root,
      shell: process.platform === 'win32',
      // The linter's half in Go tidies its memory less often: a fifth of its time, for some gigabytes.
      env: { GOGC: '1000', GOMEMLIMIT: '4GiB', ...process.env },
    })
    let output = ''
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
    const finish = (code: number) =>
      resolve({ name: step.join(' '), code, seconds: (performance.now() - started) / 1000, output })
    child.on('error', (error) => {
      output += error.message
      finish(1)
    })
    child.on('close', (code) => finish(code ?? 1))
  })

const waiting = [...steps]
const outcomes: Outcome[] = []
const worker = async () => {
  for (let step = waiting.shift(); step; step = waiting.shift()) {
    const outcome = await run(step)
    outcomes.push(outcome)
    console.log(
      `${outcome.code === 0 ? '✓' : '✗'} ${outcome.seconds.toFixed(1).padStart(5)} s  ${outcome.name}`,
    )
  }
}
const started = performance.now()
// Linter and unit tests fill all cores by themselves, and side by side take longer than one after the other.
const atOnce = isWholeTest ? Math.max(2, cpus().length) : 1
await Promise.all(Array.from({ length: atOnce }, worker))

const bad = outcomes.filter((outcome) => outcome.code !== 0)
for (const outcome of bad) console.log(`\n── ${outcome.name}\n${outcome.output.trimEnd()}`)
const unit =
  outcomes.find((outcome) => outcome.name.startsWith('vitest'))?.output.match(/Tests .*/)?.[0] ?? ''
console.log(
  `\ncheck: ${bad.length === 0 ? 'green' : `${bad.length} failed`} in ${((performance.now() - started) / 1000).toFixed(1)} s · ${unit}`,
)
process.exit(bad.length === 0 ? 0 : 1)
