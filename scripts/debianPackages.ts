// Makes a machine ready for the tests: looks for the programs they run, installs what is missing when it may
// (root on Debian), says exactly what to install when it may not, and fetches the test PBX. Instant when warm.
import { spawnSync } from 'node:child_process'
import { existsSync, globSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fetchPbx } from '../test/pbx/fetch.ts'

interface Need {
  /** The Debian package that brings it. */
  package: string
  /** What it is for, for whoever installs it by hand. */
  what: string
  /** Programs on PATH, any of which will do … */
  programs?: readonly string[]
  /** … or files, as glob patterns. */
  files?: readonly string[]
  /** Made do without where it cannot be had. */
  mayLack?: true
}

const NEEDS: readonly Need[] = [
  {
    package: 'chromium',
    what: 'a Chromium browser',
    programs: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'],
  },
  {
    package: 'chromium-headless-shell',
    what: 'the same browser without windows, for the pages nobody listens to',
    programs: ['chromium-headless-shell'],
    mayLack: true,
  },
  {
    package: 'fonts-noto-cjk',
    what: 'Chinese fonts',
    files: ['/usr/share/fonts/**/{Noto*CJK*,wqy*,SourceHan*}'],
  },
  { package: 'sip-tester', what: 'SIPp, the callers', programs: ['sipp'] },
  { package: 'baresip', what: 'baresip, a caller with an ear', programs: ['baresip'] },
  { package: 'sox', what: 'SoX, sound conversion', programs: ['sox'] },
  { package: 'espeak-ng', what: 'eSpeak NG, the callers’ voices', programs: ['espeak-ng'] },
  { package: 'postgresql', what: 'PostgreSQL 14 or later', files: ['/usr/lib/postgresql/*/bin/initdb'] },
  { package: 'openssl', what: 'OpenSSL, certificates of the test PBX', programs: ['openssl'] },
  { package: 'xvfb', what: 'a screen for windows nobody sees', programs: ['Xvfb'] },
  {
    package: 'debian-archive-keyring',
    what: 'the keys the test PBX is checked with',
    files: ['/usr/share/keyrings/debian-archive-keyring.gpg'],
  },
]

export type Readiness = { ready: true } | { ready: false; text: string }
type Say = (line: string) => void

const onPath = (program: string): boolean =>
  (process.env['PATH'] ?? '').split(delimiter).some((dir) => existsSync(join(dir, program)))

const isThere = (need: Need): boolean =>
  (need.programs ?? []).some(onPath) || (need.files ?? []).some((pattern) => globSync(pattern).length > 0)

/** What this machine lacks and the tests cannot do without, looked up afresh. */
const missingNeeds = (): Need[] => NEEDS.filter((need) => !need.mayLack && !isThere(need))

const aptGet = (...args: string[]): boolean => {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  return spawnSync('apt-get', ['-qq', ...args], { stdio: ['ignore', 2, 2], env }).status === 0
}
const install = (packages: readonly string[]): boolean =>
  aptGet('install', '-y', '--no-install-recommends', ...packages)
const mayInstall = (): boolean => onPath('apt-get') && process.getuid?.() === 0

/** Installs what is missing, if it may. Never throws for want of a package: tells it. */
function installMissing(say: Say): Readiness {
  const missing = missingNeeds()
  if (missing.length === 0) return { ready: true }
  const packages = missing.map((need) => need.package)
  const byHand = `apt-get install ${packages.join(' ')}`
  if (!onPath('apt-get')) {
    const list = missing.map((need) => `${need.what} (Debian package ${need.package})`).join('; ')
    return { ready: false, text: `Please install what the tests run: ${list}.` }
  }
  if (!mayInstall()) return { ready: false, text: `Please run as root: ${byHand}` }
  say(`Installing for the tests: ${packages.join(' ')}`)
  const done = aptGet('update') && install(packages)
  const left = missingNeeds()
  if (done && left.length === 0) return { ready: true }
  return {
    ready: false,
    text: `Could not install ${left.map((need) => need.package).join(' ')}; try: ${byHand}`,
  }
}

/** Everything the tests need on this machine: programs, then the PBX. */
export async function prepareMachine(say: Say): Promise<Readiness> {
  const installed = installMissing(say)
  if (!installed.ready) return installed
  const wished = NEEDS.filter((need) => need.mayLack && !isThere(need)).map((need) => need.package)
  if (wished.length > 0 && mayInstall()) install(wished)
  try {
    await fetchPbx(say)
    return { ready: true }
  } catch (problem) {
    return { ready: false, text: problem instanceof Error ? problem.message : String(problem) }
  }
}

if (import.meta.main) {
  const readiness = await prepareMachine((line) => console.error(line))
  if (readiness.ready) console.log('This machine has all that the tests need.')
  else {
    console.error(readiness.text)
    process.exitCode = 1
  }
}
