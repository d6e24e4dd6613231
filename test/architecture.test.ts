// The arrows, the ceilings and the words of the house, held by a test: it reads every source file as text.
import { readFileSync, readdirSync, statSync } from 'node:fs'
import { dirname, join, normalize, relative } from 'node:path'
import { describe, expect, test } from 'vitest'

const root = join(import.meta.dirname, '..')

/** Zone → zones it may import. Zones not named import themselves only. */
const may: Record<string, readonly string[]> = {
  contract: [],
  core: ['contract'],
  electron: ['contract', 'core'],
  renderer: ['contract', 'core', 'assets'],
  server: ['contract', 'core', 'assets'],
  practice: ['contract', 'core', 'assets'],
  host: ['contract'],
}
const zones = Object.keys(may)

/** Package → where alone it may be imported. */
const homes: readonly [RegExp, RegExp][] = [
  [/^sip\.js/, /^(renderer\/adapters\/(sipPhone\.ts|phone\/)|practice\/)/],
  [/^dexie/, /^renderer\/adapters\//],
  [/^electron(\/|$)/, /^(electron|host)\//],
  [/^electron-store/, /^electron\//],
  [/^(fastify|pg|@electric-sql\/pglite|@fastify\/)/, /^server\//],
  [/^werift/, /^practice\//],
  [/^(react|antd|lucide-react)/, /^renderer\//],
]

const files = (dir: string): string[] =>
  readdirSync(join(root, dir), { withFileTypes: true }).flatMap((entry) => {
    const path = `${dir}/${entry.name}`
    if (entry.isDirectory()) return files(path)
    return /\.(ts|tsx|mts|css)$/.test(entry.name) ? [path] : []
  })

const exists = (dir: string) => statSync(join(root, dir), { throwIfNoEntry: false })?.isDirectory() ?? false
const read = (path: string) => readFileSync(join(root, path), 'utf8')
const sources = zones.filter(exists).flatMap(files)
const tests = files('test')
const imports = (text: string): string[] =>
  [...text.matchAll(/(?:from|import|import\()\s*['"]([^'"]+)['"]/g)].map((match) => match[1] ?? '')

describe('the arrows', () => {
  test('no zone imports a zone it must not know', () => {
    let seen = 0
    const wrong: string[] = []
    for (const path of sources) {
      const zone = path.split('/')[0] ?? ''
      for (const name of imports(read(path)).filter((each) => each.startsWith('.'))) {
        const target = relative(root, normalize(join(root, dirname(path), name)))
        const to = target.split('/')[0] ?? ''
        // The version number is everybody's.
        if (to === 'package.json') continue
        seen += 1
        if (to !== zone && !may[zone]?.includes(to)) wrong.push(`${path} → ${target}`)
      }
    }
    expect(wrong).toEqual([])
    expect(seen).toBeGreaterThan(100)
  })

  test('each outside package lives in its one home', () => {
    const wrong = sources.flatMap((path) =>
      imports(read(path))
        .filter((name) => homes.some(([pack, home]) => pack.test(name) && !home.test(path)))
        .map((name) => `${path} → ${name}`),
    )
    expect(wrong).toEqual([])
  })

  test('what benches and scripts take from the tests starts without a test runner', () => {
    const seen = new Set<string>()
    const follow = (path: string): void => {
      if (seen.has(path) || !/^(bench|scripts|test)\/.*\.tsx?$/.test(path)) return
      seen.add(path)
      for (const name of imports(read(path)).filter((each) => each.startsWith('.')))
        follow(relative(root, normalize(join(root, dirname(path), name))))
    }
    for (const path of [...files('bench'), ...files('scripts')]) follow(path)
    const taken = [...seen].filter((path) => path.startsWith('test/'))
    expect(taken.filter((path) => imports(read(path)).includes('vitest'))).toEqual([])
    expect(taken.length).toBeGreaterThan(10)
  })

  test('core reads no clock, rolls no dice and touches no world', () => {
    const forbidden = /\bDate\.now\b|\bnew Date\b|\bMath\.random\b|\bperformance\.|\bcrypto\.|\bfetch\(/
    const wrong = sources
      .filter((path) => path.startsWith('core/'))
      .filter((path) => forbidden.test(read(path).replaceAll(/\/\/.*|\/\*[\s\S]*?\*\//g, '')))
    expect(wrong).toEqual([])
  })

  test('[STORE-13] [D03] no text field lets the browser note down what is typed: its session files outlive the page', () => {
    const fields = sources
      .filter((path) => /^renderer\/.*\.tsx$/.test(path))
      .flatMap((path) =>
        [...read(path).matchAll(/<Input(?:\.\w+)?\s[^]*?(?:\/>|>\n)/g)].map(([field]) => ({ path, field })),
      )
    // A field that takes its settings from a list of them has it there.
    const noted = fields.filter(({ field }) => !/autoComplete=|\{\.\.\.common\}/.test(field))
    expect(noted).toEqual([])
    expect(fields.length).toBeGreaterThan(10)
  })

  test('[E02] [E11] [E26] nothing injects markup, evaluates text or embeds foreign views', () => {
    const forbidden =
      /dangerouslySetInnerHTML|\.(inner|outer)HTML|insertAdjacentHTML|createContextualFragment|setHTMLUnsafe|parseHTMLUnsafe|document\.write|srcDoc|\beval\(|new Function\(|<webview|nodeIntegration: true/
    expect(sources.filter((path) => forbidden.test(read(path)))).toEqual([])
  })
})

describe('the ceilings', () => {
  test('no file is longer than 300 lines', () => {
    const long = [...sources, ...tests].filter((path) => read(path).split('\n').length > 301)
    expect(long).toEqual([])
  })

  test('every source file opens with what it decides', () => {
    const silent = sources.filter((path) => !path.endsWith('.css') && !/^(\/\/|\/\*)/.test(read(path)))
    expect(silent).toEqual([])
  })

  test('no path uses a word that says nothing', () => {
    const empty = /(^|[/.])(utils?|helpers?|common|shared|misc|managers?|services?|base|index)(\.|\/|$)/i
    expect(sources.filter((path) => empty.test(path))).toEqual([])
  })
})

describe('the rules', () => {
  const rules = readdirSync(join(root, 'docs/rules')).map((name) => `docs/rules/${name}`)
  const ids = rules.flatMap((path) =>
    [...read(path).matchAll(/^- \*\*([A-Z]+-\d+)\*\*/gm)].map((match) => match[1] ?? ''),
  )

  test('every numbered rule is cited by a test, and every cited rule exists', () => {
    const cited = new Set(
      tests.flatMap((path) => [...read(path).matchAll(/\[([A-Z]+-\d+)\]/g)].map((match) => match[1] ?? '')),
    )
    expect(ids.filter((id) => !cited.has(id))).toEqual([])
    expect([...cited].filter((id) => !ids.includes(id))).toEqual([])
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.length).toBeGreaterThan(20)
  })
})
