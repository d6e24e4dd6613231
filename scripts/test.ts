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

const run = (command: string, args: readonly string[]): Promise<number> =>
  new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' })
    child.on('error', () => resolve(1))
    child.on('close', (code) => resolve(code ?? 1))
  })

const total = { passed: 0, failed: 0 }
const failures: string[] = []

const project = async (name: string) => {
  const file = join(tmpdir(), `hotline-seat-${name}-${process.pid}.json`)
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
  if (code !== 0) failures.push(name)
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
await step('unit', () => project('unit'))
await step('build', () => run('node', ['scripts/build.ts']))
await step('practice', () => project('practice'))
await step('server', () => project('server'))
await step('journeys', () => project('journeys'))
await step('e2e', () => project('e2e'))

if (failures.length > 0) console.log(`\nfailed: ${failures.join(', ')}`)
console.log(`\n${total.passed} passed, ${total.failed} failed`)
process.exit(failures.length === 0 ? 0 : 1)
