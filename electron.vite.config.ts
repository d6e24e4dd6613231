// How the three bundles of the desktop are made: main (ES), preload (one CommonJS file, as a sandboxed preload
// must be) and the page. Everything is bundled, so a package holds out/ and package.json and no node_modules.
// The server and the practice exchange are bundled by scripts/bundleServer.ts.
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'
import { pageKeeperFile } from './contract/pageKeeper.ts'
import { keptFiles } from './scripts/keptFiles.ts'
import { sipGrammar } from './scripts/sipGrammar.ts'

/** Stands in index.html where each answer of the page puts its own nonce (electron/appScheme.ts, server). */
export const noncePlaceholder = 'CSP-NONCE'

export default defineConfig({
  main: {
    build: {
      externalizeDeps: false,
      outDir: 'out/main',
      rolldownOptions: { input: 'electron/main.ts', output: { format: 'es', entryFileNames: 'index.js' } },
    },
  },
  preload: {
    build: {
      externalizeDeps: false,
      outDir: 'out/preload',
      rolldownOptions: {
        input: 'electron/preload.ts',
        output: { format: 'cjs', entryFileNames: 'index.cjs' },
      },
    },
  },
  renderer: {
    root: 'renderer',
    plugins: [react(), sipGrammar(), keptFiles()],
    html: { cspNonce: noncePlaceholder },
    // Nothing inlined: the page's CSP has no data: for scripts, styles or fonts.
    build: {
      outDir: 'out/renderer',
      emptyOutDir: true,
      minify: true,
      sourcemap: false,
      assetsInlineLimit: 0,
      // One sheet, there from the start: a page's own that once failed to load would not be asked for again [PAGE-6].
      cssCodeSplit: false,
      chunkSizeWarningLimit: 4000,
      rolldownOptions: {
        input: {
          index: 'renderer/index.html',
          ring: 'renderer/ring.html',
          pageKeeper: 'renderer/offlinePage/pageKeeper.worker.ts',
        },
        output: {
          // The guard must have run before the first schema is made, so it lies in the chunk all schemas import.
          codeSplitting: { groups: [{ name: 'guard', test: /pageGuard|node_modules[\\/]zod/ }] },
          // A browser asks for the page keeper under one name for ever, and above what it keeps.
          entryFileNames: ({ name }) => (name === 'pageKeeper' ? pageKeeperFile : 'assets/[name]-[hash].js'),
        },
      },
    },
  },
})
