// A seat that saves without end, on the desktop or in a browser, and how it is ended with kill -9.
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { leash } from '../../test/pbx/leash.ts'
import { until } from '../../test/server/until.ts'
import type { ChaosOnPage, ChaosState, ToldSaved } from '../pages/chaosPage.ts'

declare const bench: ChaosOnPage

export type Seat = {
  /** Signed in and saving; '' when it is, else why not. */
  work(account: string, password: string): Promise<string>
  state(): Promise<ChaosState>
  /** Saves said to have failed, and things the second journal gave back, since this start. */
  refused(): Promise<number>
  broughtBack(): Promise<number>
  rest(): Promise<void>
  hurry(): Promise<void>
  /** kill -9 of the browser; what is left of the program ends by itself. */
  killBrowser(): Promise<void>
  /** kill -9 of the program; a browser seat has none but the browser. */
  killProgram(): Promise<void>
  close(): Promise<void>
}

export type SeatKind = {
  readonly name: 'desktop' | 'browser'
  /** Folder of the browser's database; everything of the seat lies in `data`. */
  store(data: string): string
  journal(data: string): string
  open(data: string, told: (saved: ToldSaved) => void): Promise<Seat>
}

export type Asked = {
  readonly n: number
  readonly what: keyof ChaosOnPage
  readonly args: readonly string[]
}
export type Said =
  | { readonly ready: true }
  | { readonly told: ToldSaved }
  | { readonly n: number; readonly value: unknown }

/** Processes of the browser of exactly this profile; the main one names no type. */
const pidsOf = (profile: string, mainOnly: boolean): number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((entry) => {
      try {
        const words = readFileSync(`/proc/${entry}/cmdline`, 'utf8').split('\0')
        const isMain = !words.some((word) => word.startsWith('--type='))
        return words.includes(`--user-data-dir=${profile}`) && (isMain || !mainOnly)
      } catch {
        return false
      }
    })
    .map(Number)
const killBrowser = (profile: string): void => {
  for (const pid of pidsOf(profile, true)) process.kill(pid, 'SIGKILL')
}
/** Whoever of it is still there ends now: two browsers on one profile would be a fault of the bench. */
const browserGone = (profile: string): Promise<void> =>
  until(
    () => {
      const left = pidsOf(profile, false)
      for (const pid of pidsOf(profile, true)) process.kill(pid, 'SIGKILL')
      return left.length === 0
    },
    'the browser is gone',
    20_000,
  )

const desktopSeat =
  (out: string, centre: string): SeatKind['open'] =>
  async (data, told) => {
    mkdirSync(data, { recursive: true })
    const profile = join(data, 'browser-profile')
    const settings = join(data, 'settings.json')
    if (!existsSync(settings)) writeFileSync(settings, JSON.stringify({ centre }), { mode: 0o600 })
    const program = join(import.meta.dirname, 'desktopProgram.ts')
    const [command, ...args] = [...leash(), process.execPath, program, data, out]
    const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] })
    const gone = new Promise<void>((resolve) => {
      child.once('close', () => resolve())
    })
    let complaint = ''
    child.stderr?.on('data', (text: Buffer) => (complaint = `${complaint}${text.toString()}`.slice(-2_000)))
    let isReady = false
    let isGone = false
    const waiting = new Map<number, { tell(value: unknown): void; fail(error: Error): void }>()
    child.on('message', (said: Said) => {
      if ('told' in said) told(said.told)
      else if ('ready' in said) isReady = true
      else {
        waiting.get(said.n)?.tell(said.value)
        waiting.delete(said.n)
      }
    })
    void gone.then(() => {
      isGone = true
      for (const { fail } of waiting.values()) fail(new Error(`the desktop ended: ${complaint}`))
    })
    let n = 0
    const ask = <T>(what: keyof ChaosOnPage, ...words: string[]): Promise<T> =>
      new Promise((tell, fail) => {
        if (isGone) return fail(new Error(`the desktop ended: ${complaint}`))
        n += 1
        waiting.set(n, { tell: (value) => tell(value as T), fail })
        child.send({ n, what, args: words } satisfies Asked)
      })
    const ended = async (): Promise<void> => {
      await gone
      await browserGone(profile)
    }
    await until(() => isReady || isGone, 'the desktop is there', 150_000).catch(async (error: unknown) => {
      child.kill('SIGKILL')
      await ended()
      throw error
    })
    if (isGone) throw new Error(`the desktop did not start: ${complaint}`)
    return {
      work: (account, password) => ask('work', account, password),
      state: () => ask('state'),
      refused: () => ask('refused'),
      broughtBack: () => ask('broughtBack'),
      rest: () => ask('rest'),
      hurry: () => ask('hurry'),
      async killBrowser() {
        killBrowser(profile)
        await ended()
      },
      async killProgram() {
        child.kill('SIGKILL')
        await ended()
      },
      async close() {
        child.kill('SIGTERM')
        // The stand-in has no window to close here: what is asked for is the end.
        setTimeout(() => child.kill('SIGKILL'), 5_000).unref()
        await ended()
      },
    }
  }

const browserSeat =
  (url: string): SeatKind['open'] =>
  async (data, told) => {
    const profile = join(data, 'profile')
    const context = await chromium.launchPersistentContext(profile, {
      executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
      headless: true,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-component-update',
      ],
    })
    const page = context.pages()[0] ?? (await context.newPage())
    await page.exposeFunction('toldSaved', told)
    const gone = new Promise<void>((resolve) => context.on('close', () => resolve()))
    // The page itself is not what is tried here: it is asked for until the centre gives it.
    for (;;) {
      const there = await page.goto(url, { timeout: 5_000 }).then(
        (answer) => answer?.ok() === true,
        () => false,
      )
      const whole =
        there &&
        (await page
          .waitForFunction(() => 'bench' in globalThis, undefined, { timeout: 5_000 })
          .then(
            () => true,
            () => false,
          ))
      if (whole) break
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
    const kill = async (): Promise<void> => {
      killBrowser(profile)
      await gone
      await browserGone(profile)
    }
    return {
      work: (account, password) => page.evaluate(([a, p]) => bench.work(a, p), [account, password] as const),
      state: () => page.evaluate(() => bench.state()),
      refused: () => page.evaluate(() => bench.refused),
      broughtBack: () => page.evaluate(() => bench.broughtBack),
      rest: () => page.evaluate(() => bench.rest()),
      hurry: () => page.evaluate(() => bench.hurry()),
      killBrowser: kill,
      killProgram: kill,
      close: () => context.close(),
    }
  }

export const desktopKind = (out: string, centre: string): SeatKind => ({
  name: 'desktop',
  store: (data) => join(data, 'browser-profile', 'Default', 'IndexedDB'),
  journal: (data) => join(data, 'journal'),
  open: desktopSeat(out, centre),
})
export const browserKind = (url: string): SeatKind => ({
  name: 'browser',
  store: (data) => join(data, 'profile', 'Default', 'IndexedDB'),
  journal: (data) => join(data, 'profile', 'Default', 'File System'),
  open: browserSeat(url),
})
