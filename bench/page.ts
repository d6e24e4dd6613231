// A bench page: one TypeScript file bundled as the product is, served from loopback, opened in the installed
// Chromium with a profile on disk. The same harness serves ours and the peers.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
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

const chromiumPath = process.env['CHROMIUM'] ?? '/usr/bin/chromium'

/** Opens a page with `script` at the root; `handle` answers every other request. */
export const openPage = async (
  script: string,
  handle?: (request: IncomingMessage, response: ServerResponse) => void,
  args: readonly string[] = [],
  /** Runs in the page before its own code. */
  before?: () => void,
): Promise<BenchPage> => {
  const server = createServer((request, response) => {
    if (request.url === '/') {
      response.setHeader('content-type', 'text/html; charset=utf-8')
      response.end(
        '<!doctype html><meta charset="utf-8"><title>bench</title><script type="module" src="/page.js"></script>',
      )
    } else if (request.url === '/page.js') {
      response.setHeader('content-type', 'text/javascript')
      response.end(script)
    } else if (handle) handle(request, response)
    else response.writeHead(404).end()
  })
  const port = await listen(server)
  const profile = mkdtempSync(join(tmpdir(), 'bench-profile-'))
  const context: BrowserContext = await chromium.launchPersistentContext(profile, {
    executablePath: chromiumPath,
    headless: true,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      ...args,
    ],
    permissions: ['microphone'],
  })
  const page = await context.newPage()
  page.on('pageerror', (error) => console.error(`bench page: ${error.message}`))
  const url = `http://127.0.0.1:${port}/`
  if (before) await page.addInitScript(before)
  await page.goto(url)
  await page.waitForFunction(() => 'bench' in globalThis)
  return {
    page,
    url,
    async close() {
      await context.close()
      server.closeAllConnections()
      server.close()
      rmSync(profile, { recursive: true, force: true })
    },
  }
}
