// The scripts of the tests' own pages: bundled once in a run, by whichever spec file needs one first (bundleFolder.ts).
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build, type Rolldown } from 'vite'
import { until } from '../pbx/until.ts'

/** What the page's server serves, by path; '/page.js' is the module to begin with. */
export type PageFiles = ReadonlyMap<string, string>

const bundle = async (entry: string): Promise<PageFiles> => {
  const result = await build({
    configFile: false,
    logLevel: 'error',
    // The test runner's own environment would ask for React's development build.
    oxc: { jsx: { runtime: 'automatic', development: false } },
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      write: false,
      target: 'esnext',
      minify: false,
      cssCodeSplit: false,
      assetsInlineLimit: 0,
      rolldownOptions: { input: join(import.meta.dirname, entry), output: { entryFileNames: 'page.js' } },
    },
  })
  const made = (Array.isArray(result) ? result : [result]) as Rolldown.RolldownOutput[]
  return new Map(
    made
      .flatMap(({ output }) => output)
      .map((file) => [`/${file.fileName}`, file.type === 'chunk' ? file.code : String(file.source)]),
  )
}

/** `entry`: a file of this folder. */
export const pageFiles = async (entry: string): Promise<PageFiles> => {
  const folder = process.env['PAGE_BUNDLES']
  if (folder === undefined) return bundle(entry)
  const file = join(folder, `${entry.replaceAll('/', '-')}.json`)
  const turn = `${file}.turn`
  const isMine = (): boolean => {
    try {
      writeFileSync(turn, '', { flag: 'wx' })
      return true
    } catch {
      return false
    }
  }
  // Somebody bundles it already; should that fail it is the next one's turn.
  const ready = await until('the page to be bundled', () => existsSync(file) || (isMine() && 'mine'), 60_000)
  if (ready === 'mine') {
    try {
      writeFileSync(`${file}.part`, JSON.stringify([...(await bundle(entry))]))
      renameSync(`${file}.part`, file)
    } finally {
      rmSync(turn)
    }
  }
  return new Map(JSON.parse(readFileSync(file, 'utf8')) as [string, string][])
}
