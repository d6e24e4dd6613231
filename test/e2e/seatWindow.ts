// A seat in a real Chromium of its own, as a person sees it: a window on the built desk, with a voice (a tone played as
// its microphone), a notebook of whatever broke, and a camera.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { chromium, type BrowserContext, type Page } from 'playwright-core'
import { tone, writeWav } from '../pbx/tones.ts'
import { pageBrowser } from './browser.ts'
import type { CentreProcess } from './centreProcess.ts'
import { describeOnFailure } from './lastScreen.ts'
import { settling } from './settled.ts'

export type SeatOptions = {
  readonly voiceHz?: number
  readonly width?: number
  readonly height?: number
  readonly dark?: boolean
  /** Runs in the page before its own code. */
  readonly before?: () => void
  /** Lets the browser keep the page [PAGE-9]. Otherwise not: two megabytes are written down for every new profile. */
  readonly keepsPage?: boolean
}

export type SeatWindow = {
  readonly page: Page
  readonly context: BrowserContext
  /** Problems the page reported itself: uncaught errors, CSP violations, requests to strangers. */
  readonly faults: readonly string[]
  /** Once the page has what it asked for. */
  settled(): Promise<void>
  shot(name: string): Promise<void>
  close(): Promise<void>
}

export const shots = join(import.meta.dirname, 'shots')

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

export const openSeat = async (
  profile: string,
  centre: CentreProcess,
  options: SeatOptions,
): Promise<SeatWindow> => {
  mkdirSync(profile, { recursive: true })
  const voice = writeWav(join(profile, 'voice.wav'), tone(options.voiceHz ?? 1000, 10_000, 0.3, 48_000))
  const context = await chromium.launchPersistentContext(join(profile, 'profile'), {
    executablePath: pageBrowser,
    headless: true,
    args: chromiumFlags(voice),
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    colorScheme: options.dark ? 'dark' : 'light',
    viewport: { width: options.width ?? 1440, height: options.height ?? 900 },
    permissions: ['microphone'],
    serviceWorkers: options.keepsPage ? 'allow' : 'block',
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
  describeOnFailure(page)
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(`error: ${error.message}`))
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) faults.push(`csp: ${message.text()}`)
  })
  page.on('request', (request) => {
    const { protocol, hostname } = new URL(request.url())
    if (protocol.startsWith('http') && hostname !== '127.0.0.1') faults.push(`stranger: ${request.url()}`)
  })
  const settled = settling(page)
  await page.goto(centre.address)
  return {
    page,
    context,
    faults,
    settled,
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
