// A bench page: one TypeScript file bundled as the product is, served from loopback, opened in the installed
// Chromium with a profile on disk. The same harness serves ours and the peers.
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type BrowserContext, type Page } from 'playwright-core'
import { build } from 'vite'

export type BenchPage = {
  readonly page: Page
  readonly url: string
  close(): Promise<void>
}

/** Bundles `entry` into one script, minified as the product's renderer is. */
export const bundle = async (entry: string): Promise<string> => {
  const outDir = mkdtempSync(join(tmpdir(), 'bench-bundle-'))
  await build({
    configFile: false,
    logLevel: 'error',
    // RxDB brings its own Dexie; two in one page refuse each other.
    resolve: { dedupe: ['dexie'] },
    define: { 'process.env.NODE_ENV': '"production"', global: 'globalThis' },
    build: { outDir, minify: true, lib: { entry, formats: ['es'], fileName: 'page' }, emptyOutDir: true },
  })
  const script = readFileSync(join(outDir, 'page.js'), 'utf8')
  rmSync(outDir, { recursive: true })
  return script
}

export const listen = (server: Server): Promise<number> =>
  new Promise((resolve) =>
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)),
  )

export const chromiumPath = process.env['CHROMIUM'] ?? '/usr/bin/chromium'

export const usualArgs = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Opens `url` in a Chromium of its own with a profile on disk; waits for the page's `bench`. */
export const openBrowser = async (
  url: string,
  args: readonly string[] = [],
  /** Runs in the page before its own code. */
  before?: () => void,
): Promise<{ page: Page; close(): Promise<void> }> => {
  const profile = mkdtempSync(join(tmpdir(), 'bench-profile-'))
  const context: BrowserContext = await chromium.launchPersistentContext(profile, {
    executablePath: chromiumPath,
    headless: true,
    args: [...usualArgs, ...args],
    permissions: ['microphone'],
    // Peers talk to endpoints of the bench that the product's own policy would rightly refuse.
    bypassCSP: true,
  })
  const page = context.pages()[0] ?? (await context.newPage())
  page.on('pageerror', (error) => console.error(`bench page: ${error.message}`))
  if (before) await page.addInitScript(before)
  await page.goto(url)
  await page.waitForFunction(() => 'bench' in globalThis)
  return {
    page,
    async close() {
      await context.close()
      rmSync(profile, { recursive: true, force: true })
    },
  }
}

export const html =
  '<!doctype html><meta charset="utf-8"><title>bench</title><script type="module" src="/page.js"></script>'

/** Opens a page with `script` at the root of a small server. */
export const openPage = async (
  script: string,
  args: readonly string[] = [],
  before?: () => void,
): Promise<BenchPage> => {
  const server = createServer((request, response) => {
    response.setHeader('content-type', request.url === '/' ? 'text/html; charset=utf-8' : 'text/javascript')
    response.end(request.url === '/' ? html : script)
  })
  const url = `http://127.0.0.1:${await listen(server)}/`
  const opened = await openBrowser(url, args, before)
  return {
    page: opened.page,
    url,
    async close() {
      await opened.close()
      server.closeAllConnections()
      server.close()
    },
  }
}
