// `npm test`: everything CI runs. First what the tests need is installed (as root on Debian) or named exactly, and the
// bundles are built; then the practice exchange is tried alone, and after it two rows of steps go side by side: what lasts
// as long as its sound, and all that computes, which gives way to it. What a step says is printed line by line under its
// name.
import { spawn } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

/** What `vitest run --reporter=json` writes, as far as it is read here. */
type Report = { numPassedTests: number; numFailedTests: number }

/** No step takes this long on the slowest machine seen; one that does has hung, and a hung run would tell nothing. */
const limitMs = 40 * 60_000

/** What vitest says of failed suites, failed tests and errors outside of any: from its first such heading on. */
const faults = /⎯[^\n]* (Failed (Suites|Tests)|Unhandled (Errors?|Rejections?)) [^]*/
const faultLines = 150

type Ended = { readonly code: number; readonly said: string }

/** Ends of what is running. */
const running = new Set<() => void>()
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    for (const end of running) end()
    process.exit(1)
  })

const isWindows = process.platform === 'win32'

/**
 * The step's exit code. Its output comes through pipes of ours and its end is its own exit: whatever a broken test
 * leaves running can hold up neither this run nor whoever reads it. `givesWay`: gets the processors others leave.
 */
const run = (name: string, words: readonly string[], givesWay = false): Promise<Ended> =>
  new Promise((resolve) => {
    const [command = '', ...args] = givesWay && !isWindows ? ['nice', '-n', '19', ...words] : words
    const child = spawn(command, args, {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: isWindows,
      // A group of its own, so that all of it can be ended.
      detached: !isWindows,
      env: { ...process.env, ...(process.stdout.isTTY ? { FORCE_COLOR: '1' } : {}) },
    })
    const said: string[] = []
    for (const stream of [child.stdout, child.stderr])
      createInterface({ input: stream }).on('line', (line) => {
        said.push(line)
        console.log(`${name} │ ${line}`)
      })
    const end = () => {
      try {
        if (isWindows || child.pid === undefined) child.kill('SIGKILL')
        else process.kill(-child.pid, 'SIGKILL')
      } catch {
        // Nothing of it is left.
      }
    }
    running.add(end)
    const limit = setTimeout(() => {
      console.log(`━━ ${name}: still running after ${limitMs / 60_000} minutes, ended`)
      end()
    }, limitMs)
    const finish = (code: number) => {
      clearTimeout(limit)
      running.delete(end)
      end()
      // What it wrote last is still in the pipe.
      setTimeout(() => resolve({ code, said: said.join('\n') }), 200)
    }
    child.on('error', () => finish(1))
    child.on('exit', (code) => finish(code ?? 1))
  })

const total = { passed: 0, failed: 0 }
const failures: string[] = []
/** Said once more at the very end, where whoever reads only the tail of a log finds it. */
const words: string[] = []

const step = async (name: string, words: readonly string[], givesWay = false): Promise<Ended> => {
  const started = performance.now()
  console.log(`━━ ${name} begins`)
  const ended = await run(name, words, givesWay)
  if (ended.code !== 0) failures.push(name)
  const seconds = ((performance.now() - started) / 1000).toFixed(0)
  console.log(`━━ ${name}: ${seconds} s${ended.code === 0 ? '' : ', failed'}`)
  return ended
}

const project = async (name: string, givesWay = false) => {
  const file = join(tmpdir(), `hotline-seat-${name}-${process.pid}.json`)
  const reports = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
  const { code, said } = await step(name, ['vitest', 'run', '--project', name, ...reports], givesWay)
  try {
    const report = JSON.parse(readFileSync(file, 'utf8')) as Report
    total.passed += report.numPassedTests
    total.failed += report.numFailedTests
    if (report.numPassedTests === 0) failures.push(`${name}: no test ran`)
  } catch {
    failures.push(`${name}: no report`)
  }
  rmSync(file, { force: true })
  const told = code === 0 ? null : (faults.exec(said)?.[0] ?? '')
  if (told !== null) words.push(`\n━━ ${name} failed`, ...told.split('\n').slice(0, faultLines))
}

/** In the order in which it fails fastest. */
const computing = async () => {
  await step('types, lint, format', ['node', 'scripts/check.ts', '--no-unit'], true)
  for (const name of ['unit', 'slow', 'sim', 'server', 'journeys', 'silent']) await project(name, true)
}

await step('setup', ['node', 'scripts/debianPackages.ts'])
if (failures.length > 0) process.exit(1)
await step('build', ['node', 'scripts/build.ts'])
// One process with both ends of many calls: it stalls beside anything else, and takes a quarter of a minute.
await project('practice')
// Sound takes its time and leaves half of two processors free; what is measured in it must not be disturbed.
await Promise.all([project('e2e'), computing()])

if (words.length > 0) console.log(words.join('\n'))
if (failures.length > 0) console.log(`\nfailed: ${failures.join(', ')}`)
console.log(`\n${total.passed} passed, ${total.failed} failed`)
process.exit(failures.length === 0 ? 0 : 1)
