// `npm run mutate -- core/sync`: wakes one mutant after the other in the sources of that folder and runs the folder's
// own unit tests (test/<folder>) until one fails. A mutant no test minds is printed. `--least N` fails below N percent.
import { spawnSync } from 'node:child_process'
import { readFileSync, readdirSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import type { Mutant } from './mutation/mutants.ts'
import { mutantsOf } from './mutation/mutants.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { least: { type: 'string', default: '80' }, one: { type: 'string' } },
})
const [folder = 'core/sync'] = positionals
const root = fileURLToPath(new URL('..', import.meta.url))

const files = readdirSync(`${root}${folder}`).filter((name) => name.endsWith('.ts'))
const texts = new Map<string, string>()
const mutants: Mutant[] = []
for (const name of files) {
  const path = `${folder}/${name}`
  const made = mutantsOf(path, readFileSync(`${root}${path}`, 'utf8'), mutants.length + 1)
  mutants.push(...made.mutants)
  texts.set(pathToFileURL(`${root}${path}`).href, made.text)
}

const collector = new URL('./mutation/collect.ts', import.meta.url).href
registerHooks({
  resolve: (name, context, next) =>
    name === 'vitest' && (context.parentURL ?? '').includes('/test/')
      ? { url: collector, shortCircuit: true }
      : next(name, context),
  load(url, context, next) {
    const text = texts.get(url)
    const loaded = next(url, context)
    return text === undefined ? loaded : { ...loaded, source: text }
  },
})

const awake = (id: number): void => void Object.assign(globalThis, { mutant: id })
awake(Number(values.one ?? 0))
for (const name of readdirSync(`${root}test/${folder}`).filter((each) => each.endsWith('.test.ts')))
  await import(pathToFileURL(`${root}test/${folder}/${name}`).href)
const { collected } = await import('./mutation/collect.ts')

/** The first test that fails; null: none does. */
const noticed = async (): Promise<string | null> => {
  for (const { name, run } of collected) {
    try {
      await run()
    } catch {
      return name
    }
  }
  return null
}

/** One that acts at loading gets a process of its own. */
const noticedAtLoad = ({ id }: Mutant): boolean =>
  spawnSync(process.execPath, [fileURLToPath(import.meta.url), folder, '--one', String(id)]).status !== 0

const run = async (): Promise<number> => {
  if (values.one !== undefined) return (await noticed()) === null ? 0 : 1
  const broken = await noticed()
  if (broken !== null) {
    console.log(`without any mutant this test fails: ${broken}`)
    return 1
  }
  const began = performance.now()
  const killed = new Map<string, number>()
  let all = 0
  for (const mutant of mutants) {
    awake(mutant.id)
    const seen = mutant.atLoad ? noticedAtLoad(mutant) : (await noticed()) !== null
    if (seen) {
      killed.set(mutant.file, (killed.get(mutant.file) ?? 0) + 1)
      all += 1
    } else {
      const short = (text: string): string => text.replaceAll(/\s+/g, ' ').slice(0, 70)
      console.log(`${mutant.file}:${mutant.line}  ${short(mutant.from)}  →  ${short(mutant.to)}`)
    }
  }
  awake(0)
  for (const name of files) {
    const file = `${folder}/${name}`
    const total = mutants.filter((mutant) => mutant.file === file).length
    if (total > 0) console.log(`${file.padEnd(32)} ${killed.get(file) ?? 0} of ${total} noticed`)
  }
  const score = (100 * all) / mutants.length
  const seconds = ((performance.now() - began) / 1000).toFixed(0)
  console.log(
    `${all} of ${mutants.length} mutants noticed by ${collected.length} tests: ${score.toFixed(1)} %, ${seconds} s`,
  )
  return score >= Number(values.least) ? 0 : 1
}

process.exit(await run())
