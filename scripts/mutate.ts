// `npm run mutate -- core/sync`: wakes one mutant after the other in the sources of that folder and runs the folder's
// own unit tests (test/<folder>) until one fails. A mutant no test minds is printed. `--least N` fails below N percent.
// The tests run in a process of their own: a mutant that never ends or eats all memory takes that with it, is counted as
// noticed, and a new process goes on behind it.
import { fork, spawnSync } from 'node:child_process'
import { readFileSync, readdirSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import type { Mutant } from './mutation/mutants.ts'
import { mutantsOf } from './mutation/mutants.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { least: { type: 'string', default: '80' }, one: { type: 'string' }, from: { type: 'string' } },
})
const [folder = 'core/sync'] = positionals
const root = fileURLToPath(new URL('..', import.meta.url))
const self = fileURLToPath(import.meta.url)

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
  spawnSync(process.execPath, [self, folder, '--one', String(id)]).status !== 0

/** None takes a tenth of this. */
const limitMs = 60_000

type Told = { readonly id: number; readonly seen: boolean }

/** In the process of its own: tries every mutant from this one on, telling what became of each. */
const tryFrom = async (first: number): Promise<void> => {
  for (const mutant of mutants.filter(({ id }) => id >= first)) {
    awake(mutant.id)
    const seen = mutant.atLoad ? noticedAtLoad(mutant) : (await noticed()) !== null
    await new Promise((resolve) => process.send?.({ id: mutant.id, seen } satisfies Told, resolve))
  }
}

/** One such process: the mutant it broke at, or null when it came to the end. */
const tried = (first: number, tell: (told: Told) => void): Promise<number | null> =>
  new Promise((resolve) => {
    let next = first
    const child = fork(self, [folder, '--from', String(first)], {
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    })
    const end = () => child.kill('SIGKILL')
    let limit = setTimeout(end, limitMs)
    child.on('message', (told: Told) => {
      next = told.id + 1
      tell(told)
      clearTimeout(limit)
      limit = setTimeout(end, limitMs)
    })
    child.on('close', () => {
      clearTimeout(limit)
      resolve(next > mutants.length ? null : next)
    })
  })

const run = async (): Promise<number> => {
  if (values.one !== undefined) return (await noticed()) === null ? 0 : 1
  if (values.from !== undefined) {
    await tryFrom(Number(values.from))
    return 0
  }
  const broken = await noticed()
  if (broken !== null) {
    console.log(`without any mutant this test fails: ${broken}`)
    return 1
  }
  const began = performance.now()
  const unnoticed = new Set<number>()
  for (let next: number | null = 1; next !== null && next <= mutants.length;) {
    const stopped: number | null = await tried(next, ({ id, seen }) => {
      if (!seen) unnoticed.add(id)
    })
    next = stopped === null ? null : stopped + 1
  }
  const short = (text: string): string => text.replaceAll(/\s+/g, ' ').slice(0, 70)
  for (const { id, file, line, from, to } of mutants)
    if (unnoticed.has(id)) console.log(`${file}:${line}  ${short(from)}  →  ${short(to)}`)
  for (const name of files) {
    const own = mutants.filter(({ file }) => file === `${folder}/${name}`)
    const seen = own.filter(({ id }) => !unnoticed.has(id)).length
    if (own.length > 0) console.log(`${`${folder}/${name}`.padEnd(32)} ${seen} of ${own.length} noticed`)
  }
  const all = mutants.length - unnoticed.size
  const score = (100 * all) / mutants.length
  const seconds = ((performance.now() - began) / 1000).toFixed(0)
  console.log(
    `${all} of ${mutants.length} mutants noticed by ${collected.length} tests: ${score.toFixed(1)} %, ${seconds} s`,
  )
  return score >= Number(values.least) ? 0 : 1
}

process.exit(await run())
