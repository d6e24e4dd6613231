// Bundles the central server and the practice exchange into out/server, so that a package and a machine without
// node_modules can run them: two entry files, the database's own assets and the server's data beside them.
import { cpSync, existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'vite'

const root = join(import.meta.dirname, '..')
const target = join(root, 'out', 'server')

/** Files the bundles read at run time, as `from` (in the repository) → `to` (beside the bundles). */
function assets(): { from: string; to: string }[] {
  const pglite = 'node_modules/@electric-sql/pglite/dist'
  const database = readdirSync(join(root, pglite))
    .filter((name) => /\.(wasm|data)$/.test(name))
    .map((name) => ({ from: join(pglite, name), to: name }))
  const data = [
    { from: 'server/migrations', to: 'migrations' },
    { from: 'server/reference', to: 'reference' },
    { from: 'assets/voices', to: 'voices' },
  ]
  return [...database, ...data.filter((asset) => existsSync(join(root, asset.from)))]
}

export async function bundleServer(): Promise<void> {
  rmSync(target, { recursive: true, force: true })
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    ssr: { noExternal: true, target: 'node' },
    build: {
      ssr: true,
      target: 'node24',
      outDir: target,
      emptyOutDir: true,
      minify: false,
      rolldownOptions: {
        input: { main: join(root, 'server/main.ts'), practice: join(root, 'practice/main.ts') },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  })
  for (const asset of assets()) {
    cpSync(join(root, asset.from), join(target, asset.to), { recursive: true })
  }
}
