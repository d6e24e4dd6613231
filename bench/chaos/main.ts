// `npm run chaos -- --minutes N --seed S [--seat desktop|browser] [--write]`: real parts killed with -9 and cut at random
// while records flow, the desktop and a browser seat, on both databases; what was told saved is judged.
import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { diceOf } from '../../test/sim/dice.ts'
import { bundle, html } from '../page.ts'
import { judge, type Result } from './judge.ts'
import { report } from './report.ts'
import { runChaos } from './run.ts'
import { browserKind, desktopKind } from './seats.ts'

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '20' },
    seed: { type: 'string', default: '1' },
    /** Of the two the desktop gets most of the time. */
    seat: { type: 'string' },
    database: { type: 'string' },
    write: { type: 'boolean', default: false },
  },
})
const seed = Number(values.seed)
const root = fileURLToPath(new URL('../..', import.meta.url))
const evidence = join(root, 'docs/evidence/chaos.md')
const folder = mkdtempSync(join(tmpdir(), 'chaos-'))
const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: root }).toString().trim()

// The browser's page is served by the centre; the desktop's by its own main process, which lies beside it.
const web = join(folder, 'web')
const out = join(folder, 'out')
for (const name of ['main', 'preload', 'assets'])
  cpSync(join(root, 'out', name), join(out, name), { recursive: true })
const script = await bundle(fileURLToPath(new URL('../pages/chaosPage.ts', import.meta.url)))
for (const place of [web, join(out, 'renderer')]) {
  mkdirSync(place, { recursive: true })
  writeFileSync(join(place, 'index.html'), html)
  writeFileSync(join(place, 'page.js'), script)
}

const kinds = {
  desktop: { kindOf: (centre: string) => desktopKind(out, centre), share: 3 },
  browser: { kindOf: browserKind, share: 1 },
} as const
const seats = (['desktop', 'browser'] as const).filter((name) => (values.seat ?? name) === name)
const databases = (['embedded', 'PostgreSQL'] as const).filter((name) => (values.database ?? name) === name)
const shares = seats.reduce((sum, name) => sum + kinds[name].share * databases.length, 0)

const dice = diceOf(seed)
const results: Result[] = []
let failure: unknown = null
try {
  for (const name of seats)
    for (const database of databases) {
      const { kindOf, share } = kinds[name]
      const lengthMs = (Number(values.minutes) * 60_000 * share) / shares
      const at = join(folder, `${name}-${database}`)
      const seen = await runChaos({ folder: at, web, database, kindOf, dice: dice.fork(), lengthMs })
      results.push(await judge(seen))
      await seen.release()
    }
} catch (error) {
  failure = error
} finally {
  rmSync(folder, { recursive: true, force: true, maxRetries: 10 })
}
const command = ['npm run chaos --', ...process.argv.slice(2).filter((word) => word !== '--write')].join(' ')
const text = report(results, { command, commit })
console.log(text)
for (const { wrong } of results) for (const each of wrong.slice(0, 20)) console.log(each)
if (failure !== null) throw failure
if (values.write) {
  // What was written by hand stands behind the table.
  const [, ...byHand] = readFileSync(evidence, 'utf8').split('\n## ')
  writeFileSync(evidence, [text, ...byHand].join('\n## '))
}
process.exit(
  results.every(
    ({ lost, duplicated, reordered, wrong }) => lost + duplicated + reordered + wrong.length === 0,
  )
    ? 0
    : 1,
)
