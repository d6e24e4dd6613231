// Bundles the central server and the practice exchange into out/server and out/practice, so that a package and a
// machine without node_modules can run them with Node alone. What they read at run time lies beside them.
import { cpSync, existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'vite'

const root = join(import.meta.dirname, '..')

/** Read at run time: `from` in the repository → `to` below out/. */
function assets(): readonly (readonly [from: string, to: string])[] {
  const pglite = 'node_modules/@electric-sql/pglite/dist'
  const database = readdirSync(join(root, pglite))
    .filter((name) => /\.(wasm|data)$/.test(name))
    .map((name) => [join(pglite, name), join('server', name)] as const)
  return [
    ...database,
    ['server/migrations', 'server/migrations'],
    ['server/reference', 'server/reference'],
    ['assets/voices', 'assets/voices'],
  ]
}

async function bundle(name: 'server' | 'practice'): Promise<void> {
  const target = join(root, 'out', name)
  rmSync(target, { recursive: true, force: true })
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    ssr: { noExternal: true, target: 'node' },
    build: {
      ssr: true,
      target: 'node24',
      outDir: target,
      minify: false,
      chunkSizeWarningLimit: 10_000,
      rolldownOptions: {
        // The embedded database's compiled C code carries an eval for a feature it never uses here.
        checks: { eval: false },
        input: { main: join(root, name, 'main.ts') },
        // Flat: the database looks for its files beside the file it finds itself in.
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  })
}

export async function bundleServer(): Promise<void> {
  await bundle('server')
  await bundle('practice')
  for (const [from, to] of assets()) {
    if (existsSync(join(root, from))) cpSync(join(root, from), join(root, 'out', to), { recursive: true })
  }
}
