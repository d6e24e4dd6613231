// `npm test`: everything CI runs, in the order in which it fails fastest. First what the tests need is installed
// (as root on Debian) or named exactly; then check, build, server on both databases, journeys, end to end.
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { tmpdir } from 'node:os'

const root = fileURLToPath(new URL('..', import.meta.url))

/** What `vitest run --reporter=json` writes, as far as it is read here. */
type Report = { numPassedTests: number; numFailedTests: number }

/** No step takes this long on the slowest machine seen; one that does has hung, and a hung run would tell nothing. */
const limitMs = 40 * 60_000

/** What vitest says of failed suites, failed tests and errors outside of any: from its first such heading on. */
const faults = /⎯[^\n]* (Failed (Suites|Tests)|Unhandled (Errors?|Rejections?)) [^]*/
const faultLines = 150

/**
 * The step's exit code. Its output comes through pipes of ours and its end is its own exit: whatever a broken test
 * leaves running can hold up neither this run nor whoever reads it.
 */
const run = (command: string, args: readonly string[]): Promise<number> =>
  new Promise((resolve) => {
    const isWindows = process.platform === 'win32'
    const child = spawn(command, args, {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: isWindows,
      // A group of its own, so that all of it can be ended.
      detached: !isWindows,
      env: { ...process.env, ...(process.stdout.isTTY ? { FORCE_COLOR: '1' } : {}) },
    })
    child.stdout.pipe(process.stdout, { end: false })
    child.stderr.pipe(process.stderr, { end: false })
    const said: Buffer[] = []
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (part: Buffer) => said.push(part))
    endGroup = () => {
      try {
        if (isWindows || child.pid === undefined) child.kill('SIGKILL')
        else process.kill(-child.pid, 'SIGKILL')
      } catch {
        // Nothing of it is left.
      }
    }
    const limit = setTimeout(() => {
      console.log(`━━ ${command} ${args.join(' ')}: still running after ${limitMs / 60_000} minutes, ended`)
      endGroup()
    }, limitMs)
    const finish = (code: number) => {
      clearTimeout(limit)
      endGroup()
      // What it wrote last is still in the pipe.
      setTimeout(() => {
        if (code !== 0) lastFaults = faults.exec(Buffer.concat(said).toString())?.[0] ?? ''
        resolve(code)
      }, 200)
    }
    child.on('error', () => finish(1))
    child.on('exit', (code) => finish(code ?? 1))
  })

let endGroup = () => {}
let lastFaults = ''
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    endGroup()
    process.exit(1)
  })

const total = { passed: 0, failed: 0 }
const failures: string[] = []
/** Said once more at the very end, where whoever reads only the tail of a log finds it. */
const words: string[] = []

const project = async (name: string) => {
  const file = join(tmpdir(), `hotline-seat-${name.replace('*', '')}-${process.pid}.json`)
  const code = await run('vitest', [
    'run',
    '--project',
    name,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
  ])
  try {
    const report = JSON.parse(readFileSync(file, 'utf8')) as Report
    total.passed += report.numPassedTests
    total.failed += report.numFailedTests
    if (report.numPassedTests === 0) failures.push(`${name}: no test ran`)
  } catch {
    failures.push(`${name}: no report`)
  }
  rmSync(file, { force: true })
  if (code === 0) return
  failures.push(name)
  words.push(`\n━━ ${name} failed`, ...lastFaults.split('\n').slice(0, faultLines))
  lastFaults = ''
}

const step = async (name: string, act: () => Promise<number | void>) => {
  const started = performance.now()
  console.log(`\n━━ ${name}`)
  const code = await act()
  if (typeof code === 'number' && code !== 0) failures.push(name)
  console.log(`━━ ${name}: ${((performance.now() - started) / 1000).toFixed(0)} s`)
}

await step('setup', () => run('node', ['scripts/debianPackages.ts']))
if (failures.length > 0) process.exit(1)
await step('types, lint, format', () => run('node', ['scripts/check.ts', '--no-unit']))
await step('unit', () => project('unit*'))
await step('slow', () => project('slow'))
await step('sim', () => project('sim'))
await step('build', () => run('node', ['scripts/build.ts']))
await step('practice', () => project('practice'))
await step('server', () => project('server'))
await step('journeys', () => project('journeys'))
await step('silent', () => project('silent'))
await step('e2e', () => project('e2e'))

if (words.length > 0) console.log(words.join('\n'))
if (failures.length > 0) console.log(`\nfailed: ${failures.join(', ')}`)
console.log(`\n${total.passed} passed, ${total.failed} failed`)
process.exit(failures.length === 0 ? 0 : 1)
