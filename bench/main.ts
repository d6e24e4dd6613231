// `npm run bench -- NAME [--json] [--rounds N]`: ours beside peers in one interleaved run. Goals: docs/performance.md
import { report, type Row } from './rows.ts'

export type Bench = (options: { readonly rounds: number | null }) => Promise<readonly Row[]>

const benches: Record<string, () => Promise<Bench>> = {
  save: async () => (await import('./save.ts')).save,
  upload: async () => (await import('./upload.ts')).upload,
  search: async () => (await import('./search.ts')).search,
  call: async () => (await import('./call.ts')).call,
}

const [name = '', ...flags] = process.argv.slice(2)
const load = benches[name]
if (!load) {
  console.error(`usage: npm run bench -- ${Object.keys(benches).join('|')} [--json] [--rounds N]`)
  process.exit(2)
}
const at = flags.indexOf('--rounds')
const rounds = at === -1 ? null : Number(flags[at + 1])
const bench = await load()
const met = report(name, await bench({ rounds }), flags.includes('--json'))
process.exit(met ? 0 : 1)
