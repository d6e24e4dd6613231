// The real parts and how each is broken: a Chromium with a profile on disk, the centre as its own process, PostgreSQL or
// the embedded database under it, and the wire between, cut at a byte.
import { readFileSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { connect, createServer, type Socket } from 'node:net'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { chromium, type BrowserContext, type Page } from 'playwright-core'
import type { Dice } from '../../test/sim/dice.ts'
import type { ChaosOnPage, ToldSaved } from '../pages/chaosPage.ts'

declare const bench: ChaosOnPage

export type Wire = {
  readonly url: string
  /** Resets every connection when so many more bytes have gone, up or down; resolves then. */
  cutAfter(bytes: number): Promise<void>
  close(): Promise<void>
}

export const openWire = async (target: string): Promise<Wire> => {
  const { hostname: host, port } = new URL(target)
  const open = new Set<Socket>()
  let left = Infinity
  let cut = (): void => undefined
  const server = createServer((page) => {
    const centre = connect({ host, port: Number(port) })
    for (const socket of [page, centre]) {
      open.add(socket)
      socket.on('error', () => undefined)
      socket.on('close', () => {
        open.delete(socket)
        page.destroy()
        centre.destroy()
      })
    }
    const carry = (from: Socket, to: Socket): void => {
      from.on('data', (bytes) => {
        if (bytes.length < left) {
          left -= bytes.length
          to.write(bytes)
          return
        }
        // Up to this byte and no further, in either direction.
        to.write(bytes.subarray(0, left), () => {
          for (const socket of open) socket.resetAndDestroy()
          cut()
        })
        left = Infinity
      })
    }
    carry(page, centre)
    carry(centre, page)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cutAfter: (bytes) =>
      new Promise((resolve) => {
        cut = resolve
        left = bytes
      }),
    close: () =>
      new Promise((resolve) => {
        for (const socket of open) socket.destroy()
        server.close(() => resolve())
      }),
  }
}

export type Seat = {
  /** Signed in and saving; '' when it is, else why not. */
  work(account: string, password: string): Promise<string>
  state(): ReturnType<ChaosOnPage['state']>
  refused(): Promise<number>
  rest(): Promise<void>
  hurry(): Promise<void>
  /** kill -9 of the browser. */
  kill(): Promise<void>
  close(): Promise<void>
}

/** The browser of exactly this profile: its main process names the folder and no type. */
const pidOf = (profile: string): number | null => {
  for (const entry of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    let words: string[]
    try {
      words = readFileSync(`/proc/${entry}/cmdline`, 'utf8').split('\0')
    } catch {
      continue
    }
    const main = !words.some((word) => word.startsWith('--type='))
    if (main && words.includes(`--user-data-dir=${profile}`)) return Number(entry)
  }
  return null
}

export const openSeat = async (
  profile: string,
  url: string,
  told: (saved: ToldSaved) => void,
): Promise<Seat> => {
  const context: BrowserContext = await chromium.launchPersistentContext(profile, {
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    headless: true,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'],
  })
  const page: Page = context.pages()[0] ?? (await context.newPage())
  await page.exposeFunction('toldSaved', told)
  const gone = new Promise<void>((resolve) => context.on('close', () => resolve()))
  // The page itself is not what is tried here: it is asked for until the centre gives it.
  for (;;) {
    const there = await page.goto(url, { timeout: 5_000 }).then(
      (answer) => answer?.ok() === true,
      () => false,
    )
    if (there) break
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  await page.waitForFunction(() => 'bench' in globalThis)
  return {
    work: (account, password) => page.evaluate(([a, p]) => bench.work(a, p), [account, password] as const),
    state: () => page.evaluate(() => bench.state()),
    refused: () => page.evaluate(() => bench.refused),
    rest: () => page.evaluate(() => bench.rest()),
    hurry: () => page.evaluate(() => bench.hurry()),
    async kill() {
      const pid = pidOf(profile)
      if (pid === null) throw new Error('no browser to kill')
      process.kill(pid, 'SIGKILL')
      await gone
      // What a dead browser leaves behind would keep the next one out.
      for (const name of ['SingletonLock', 'SingletonCookie', 'SingletonSocket'])
        rmSync(join(profile, name), { force: true })
    },
    close: () => context.close(),
  }
}

const filesUnder = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))

/** Damages the store's files of a browser that does not run: 64 flipped bytes, or one cut in half. */
export const damageStore = (profile: string, how: 'flip' | 'truncate', dice: Dice): string => {
  const files = filesUnder(join(profile, 'Default', 'IndexedDB')).filter((file) => statSync(file).size > 64)
  const sizes = files.map((file) => ({ file, size: statSync(file).size })).toSorted((a, b) => b.size - a.size)
  const [largest] = sizes
  if (!largest) return 'nothing to damage'
  if (how === 'truncate') truncateSync(largest.file, Math.floor(largest.size / 2))
  else {
    const bytes = readFileSync(largest.file)
    for (let n = 0; n < 64; n += 1) {
      const at = dice.between(0, bytes.length - 1)
      bytes[at] = (bytes[at] ?? 0) ^ dice.between(1, 255)
    }
    writeFileSync(largest.file, bytes)
  }
  return `${how} ${largest.size} bytes`
}
