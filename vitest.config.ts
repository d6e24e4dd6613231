// Eight kinds of proof: unit (no network, no sound), slow (units with sockets, disks, a whole desktop, long dice or
// passwords), sim (seats, net, disk and centre on dice), practice (the practice exchange with real sound), server (both
// databases), journeys (seat and real server), silent and e2e (a real browser and a real PBX; in silent nothing listens,
// so that several files go at once, in e2e one after the other).
import { existsSync } from 'node:fs'
import { defineConfig } from 'vitest/config'

// Keeps `import 'electron'` from ever trying to download its binary inside a test.
const env = { ELECTRON_OVERRIDE_DIST_PATH: '/nonexistent', TZ: 'Asia/Shanghai' }
// The same engine without its windows, where Debian's package is there and nobody named another (test/e2e/browser.ts).
const shell = '/usr/bin/chromium-headless-shell'
const quietEnv = existsSync(shell) && !process.env['CHROMIUM'] ? { ...env, PAGE_BROWSER: shell } : env
const slow = 'test/{contract,core,renderer,electron}/**/*.slow.test.{ts,tsx}'
// The stand-in redirects `import 'electron'` with Node's own hooks, which vitest's loader would bypass.
const standIn = { deps: { external: [/\/host\//, /\/out\//] } }
/** What takes long and listens to nothing. */
const silent = `test/e2e/{${[
  'access',
  'agreedCalls',
  'attachments',
  'barPanel',
  'browserJournal',
  'callBar',
  'centreAddress',
  'certificate',
  'closedAccount',
  'consultBar',
  'correction',
  'deskDialog',
  'deskForm',
  'deafScreen',
  'desktopKilled',
  'diagnostics',
  'dispatch',
  'export',
  'graverMeanwhile',
  'halfWritten',
  'handover',
  'handoverFiles',
  'headset',
  'hiddenTab',
  'keeping',
  'keyboardOnly',
  'keyChoice',
  'knowledge',
  'leadDecides',
  'newcomer',
  'offlinePage',
  'outward',
  'owedCalls',
  'package',
  'pages',
  'privacy',
  'recordingBar',
  'repeatedEmployer',
  'sentAgain',
  'speedDial',
  'start',
  'storeLost',
  'ticketsPage',
  'wallAway',
  'warning',
  'warningStrip',
].join(',')}}.spec.ts`
// What a page is about to show is waited for; one look that takes longer is a failure too, and axe takes seconds for a page.
const patient = { poll: { timeout: 30_000 } }
// What the screens show is written under a failed test before anything closes them. The tests' own pages are bundled once.
const onScreen = { setupFiles: ['test/e2e/failedTest.ts'], globalSetup: ['test/e2e/bundleFolder.ts'] }
const inOrder = { hooks: 'list' } as const
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
          include: ['test/*.test.ts', 'test/{contract,core,renderer,electron}/**/*.test.{ts,tsx}'],
          exclude: [slow],
          testTimeout: 20_000,
          // Half the time of a check went into loading the same modules for every file.
          isolate: false,
          // These do wait for a core: more would only load the modules once more each.
          maxWorkers: '100%',
          // Dexie looks for the database once, when it is loaded: the first file of a worker decides for all.
          setupFiles: ['fake-indexeddb/auto'],
        },
      },
      {
        test: {
          name: 'slow',
          env,
          server: inline,
          include: [slow],
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'sim',
          env,
          include: ['test/sim/**/*.test.ts'],
          testTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'practice',
          env,
          include: ['test/practice/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'server',
          env,
          include: ['test/server/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          maxWorkers: 3,
        },
      },
      {
        test: {
          name: 'journeys',
          env,
          server: inline,
          include: ['test/journeys/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          maxWorkers: 2,
        },
      },
      {
        test: {
          name: 'silent',
          env: quietEnv,
          server: standIn,
          ...onScreen,
          expect: patient,
          sequence: inOrder,
          include: [silent],
          testTimeout: 120_000,
          // A PBX, a database and three browsers were up after 105 s on a machine with much else to do.
          hookTimeout: 300_000,
          maxWorkers: 3,
        },
      },
      {
        test: {
          name: 'e2e',
          env,
          server: standIn,
          ...onScreen,
          expect: patient,
          include: ['test/e2e/**/*.spec.ts'],
          exclude: [silent],
          testTimeout: 120_000,
          hookTimeout: 300_000,
          fileParallelism: false,
          // Alone on the machine: after all others.
          sequence: { ...inOrder, groupOrder: 1 },
        },
      },
    ],
  },
})
