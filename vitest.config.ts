// Four kinds of proof: unit (pure and jsdom-free), journeys (whole product in one process),
// server (both databases) and e2e (a real browser and a real PBX). The slow ones run one file at a time.
import { defineConfig } from 'vitest/config'

// Keeps `import 'electron'` from ever trying to download its binary inside a test.
const env = { ELECTRON_OVERRIDE_DIST_PATH: '/nonexistent', TZ: 'Asia/Shanghai' }
const inline = { deps: { inline: ['electron-store'] } }

export default defineConfig({
  test: {
    // Most tests wait for sockets, not for a core.
    maxWorkers: 4,
    projects: [
      {
        test: {
          name: 'unit',
          env,
          server: inline,
          include: [
            'test/*.test.ts',
            'test/{contract,core,renderer,electron,practice,suites,makers}/**/*.test.{ts,tsx}',
          ],
        },
      },
      {
        test: {
          name: 'server',
          env,
          include: ['test/server/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: 'journeys',
          env,
          server: inline,
          include: ['test/journeys/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: 'e2e',
          env,
          // The stand-in redirects `import 'electron'` with Node's own hooks, which vitest's loader would bypass.
          server: { deps: { external: [/\/host\//, /\/out\//] } },
          include: ['test/e2e/**/*.spec.ts'],
          testTimeout: 120_000,
          hookTimeout: 180_000,
          fileParallelism: false,
        },
      },
    ],
  },
})
