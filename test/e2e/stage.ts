// The whole hotline for an end-to-end test: real PBX, real PostgreSQL, the central server as its own process serving
// the built bundles, and seats in a real Chromium, each with its own voice: a tone played as its microphone.
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { chromium, type BrowserContext, type Page } from 'playwright-core'
import { startPbx, type Pbx } from '../pbx/pbx.ts'
import { tone, writeWav } from '../pbx/tones.ts'
import { newCluster } from '../server/databases.ts'
import type { CentreProcess } from './centreProcess.ts'
import { startCentre } from './centreProcess.ts'

export type Stage = {
  readonly pbx: Pbx
  readonly centre: CentreProcess
  /** Rows of the centre's own database. */
  query<T extends object>(sql: string, values?: readonly unknown[]): Promise<T[]>
  /** A browser of its own, signed in as this account. `voiceHz`: what its microphone says. */
  openSeat(account: string, options?: SeatOptions): Promise<SeatWindow>
  close(): Promise<void>
}

export type SeatOptions = {
  readonly voiceHz?: number
  readonly width?: number
  readonly height?: number
  readonly dark?: boolean
  /** Runs in the page before its own code. */
  readonly before?: () => void
}

export type SeatWindow = {
  readonly page: Page
  readonly context: BrowserContext
  /** Problems the page reported itself: uncaught errors, CSP violations, requests to strangers. */
  readonly faults: readonly string[]
  shot(name: string): Promise<void>
  close(): Promise<void>
}

const shots = join(import.meta.dirname, 'shots')
const web = join(import.meta.dirname, '../../out/renderer')
const chromiumPath = process.env['CHROMIUM'] ?? '/usr/bin/chromium'

export const chromiumFlags = (voice: string): string[] => [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--use-fake-ui-for-media-stream',
  '--use-fake-device-for-media-stream',
  `--use-file-for-fake-audio-capture=${voice}`,
  '--autoplay-policy=no-user-gesture-required',
  '--allow-loopback-in-peer-connection',
]

export const openStage = async (): Promise<Stage> => {
  if (!existsSync(join(web, 'index.html'))) throw new Error('nothing is built: run `npm run build` first')
  const folder = mkdtempSync(join(tmpdir(), 'stage-'))
  mkdirSync(shots, { recursive: true })
  const [pbx, cluster] = await Promise.all([startPbx({ members: [] }), newCluster()])
  const databaseUrl = await cluster.newDatabase()
  const seats = join(folder, 'seats.json')
  writeFileSync(seats, JSON.stringify(pbx.secrets), { mode: 0o600 })
  const centre = await startCentre({
    data: join(folder, 'data'),
    databaseUrl,
    flags: [
      '--demo',
      '--pbx',
      pbx.wsUrl,
      '--pbx-domain',
      'pbx.test',
      '--seats',
      seats,
      '--queue-codes',
      '*45,*44,*46,*47',
      '--echo',
      '600',
      '--web',
      web,
    ],
  })
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 2 })
  pool.on('error', () => {})
  const open: SeatWindow[] = []

  return {
    pbx,
    centre,
    async query(sql, values = []) {
      return (await pool.query(sql, [...values])).rows
    },
    async openSeat(account, options = {}) {
      const seat = await openSeat(join(folder, `seat-${account}-${open.length}`), centre, options)
      open.push(seat)
      await signIn(seat.page, account, centre.passwordOf(account))
      return seat
    },
    async close() {
      for (const seat of open) await seat.close()
      await pool.end()
      await centre.stop()
      await pbx.stop()
      await cluster.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const openSeat = async (
  profile: string,
  centre: CentreProcess,
  options: SeatOptions,
): Promise<SeatWindow> => {
  mkdirSync(profile, { recursive: true })
  const voice = writeWav(join(profile, 'voice.wav'), tone(options.voiceHz ?? 1000, 10_000, 0.3, 48_000))
  const context = await chromium.launchPersistentContext(join(profile, 'profile'), {
    executablePath: chromiumPath,
    headless: true,
    args: chromiumFlags(voice),
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    colorScheme: options.dark ? 'dark' : 'light',
    viewport: { width: options.width ?? 1440, height: options.height ?? 900 },
    permissions: ['microphone'],
  })
  // A tone is what noise suppression takes for noise: it must reach the other side as it is.
  await context.addInitScript(() => {
    const plain = { echoCancellation: false, noiseSuppression: false, autoGainControl: false }
    localStorage.setItem(
      'hotline-settings',
      JSON.stringify({ ...JSON.parse(localStorage.getItem('hotline-settings') ?? '{}'), ...plain }),
    )
  })
  if (options.before) await context.addInitScript(options.before)
  const page = context.pages()[0] ?? (await context.newPage())
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(`error: ${error.message}`))
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) faults.push(`csp: ${message.text()}`)
  })
  page.on('request', (request) => {
    const { protocol, hostname } = new URL(request.url())
    if (protocol.startsWith('http') && hostname !== '127.0.0.1') faults.push(`stranger: ${request.url()}`)
  })
  await page.goto(centre.address)
  return {
    page,
    context,
    faults,
    shot: async (name) => void (await page.screenshot({ path: join(shots, `${name}.png`) })),
    close: () => context.close(),
  }
}

export const signIn = async (page: Page, account: string, password: string): Promise<void> => {
  await page.getByRole('textbox', { name: '工号' }).fill(account)
  await page.getByLabel('密码', { exact: true }).fill(password)
  await page.getByRole('button', { name: '签入' }).click()
  await page.getByRole('navigation').waitFor()
}
