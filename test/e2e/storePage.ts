// Opens the page of test/e2e/storePage in a Chromium whose profile lies where the test says, beside a second journal in the
// same folder; ends it as a power cut would.
import { spawn } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { chromium } from 'playwright-core'
import { openJournal } from '../../electron/journal.ts'
import { realDisk } from '../../electron/journalDisk.ts'
import { leash } from '../pbx/leash.ts'
import { pageBrowser } from './browser.ts'
import { pageFiles } from './pageBundle.ts'
import type { StorePage } from './storePage/main.ts'

declare const page: StorePage

export const serveStorePage = async (): Promise<{ readonly url: string; close(): void }> => {
  const files = await pageFiles('storePage/main.ts')
  const server = createServer((request, response) => {
    const script = files.get(request.url ?? '')
    response.setHeader('content-type', script === undefined ? 'text/html; charset=utf-8' : 'text/javascript')
    if (script !== undefined) response.setHeader('cache-control', 'max-age=3600')
    response.end(script ?? '<!doctype html><script type="module" src="/page.js"></script>')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}/`, close: () => server.close() }
}

export type StoreWindow = {
  saveForEver(first: number): void
  startAgain(): ReturnType<StorePage['startAgain']>
  /** From now on as in a browser seat, with a second journal of the browser's own or with none. */
  beInBrowser(): Promise<void>
  /** Nothing answers any more. */
  leaveNet(): Promise<void>
  beAlone(): Promise<void>
  found(): Promise<readonly number[]>
  /** While it saves: store and second journal lack nothing of each other. */
  madeGood(): Promise<void>
  /** Called saved until now. */
  saved(): readonly number[]
  kill(): Promise<void>
}

export const openStoreWindow = async (folder: string, url: string): Promise<StoreWindow> => {
  const [command, ...args] = [
    ...leash(),
    pageBrowser,
    '--headless=new',
    '--no-sandbox',
    '--disable-gpu',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--no-first-run',
    '--remote-debugging-port=0',
    `--user-data-dir=${join(folder, 'profile')}`,
    'about:blank',
  ]
  // A group of its own: its children end with it.
  const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe'], detached: true })
  const gone = new Promise<void>((resolve) => {
    child.once('close', () => resolve())
  })
  const address = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stderr }).on('line', (line) => {
      const told = /^DevTools listening on (ws:.*)$/.exec(line)
      if (told?.[1] !== undefined) resolve(told[1])
    })
    child.once('exit', () => reject(new Error('the browser ended')))
  })
  const browser = await chromium.connectOverCDP(address)
  const [context] = browser.contexts()
  const tab = context?.pages()[0] ?? (await context?.newPage())
  if (!tab) throw new Error('no page')
  const journal = openJournal(realDisk(join(folder, 'journal')), { take: async () => null })
  const saved: number[] = []
  await tab.exposeFunction('doorAppend', journal.append)
  await tab.exposeFunction('doorRead', journal.read)
  await tab.exposeFunction('doorSaved', (n: number) => void saved.push(n))
  await tab.addInitScript(() => {
    const door = (name: string) => (input: unknown) =>
      Reflect.apply(Reflect.get(window, name), window, [input])
    Object.assign(window, {
      doors: {
        'journal.append': door('doorAppend'),
        'journal.read': door('doorRead'),
        saved: door('doorSaved'),
      },
    })
  })
  await tab.goto(url)
  return {
    saveForEver(first) {
      tab.evaluate((n) => page.saveForEver(n), first).catch(() => undefined)
    },
    startAgain: () => tab.evaluate(() => page.startAgain()),
    leaveNet: () => tab.context().setOffline(true),
    beInBrowser: () => tab.evaluate(() => page.beInBrowser()),
    beAlone: () => tab.evaluate(() => page.beAlone()),
    madeGood: () => tab.evaluate(() => page.madeGood()),
    found: () => tab.evaluate(() => page.found()),
    saved: () => saved,
    async kill() {
      if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGKILL')
      await gone
      await browser.close().catch(() => undefined)
      await journal.close()
    },
  }
}
