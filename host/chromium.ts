// The stage on an installed Chromium: an app window over a pipe, the program's own app:// handler behind a stable
// https origin (so its CSP header really applies), its own permission handler asked for every permission granted.
import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import {
  chromium,
  type BrowserContext,
  type Frame,
  type Page,
  type Request,
  type Route,
} from 'playwright-core'
import { installed, instance, invoke } from './application.ts'
import { keepDownload } from './downloads.ts'
import { bridgeText, pageOrigin, type Doors } from './pageBridge.ts'
import type { Shown, Stage } from './stage.ts'

const appOrigin = 'app://workstation'
const toPage = (url: string) => url.replace(appOrigin, pageOrigin)
const toApp = (url: string) => url.replace(pageOrigin, appOrigin)

/** Browser permission → what the program's own handler is asked. */
const permissions: readonly [string, string, object][] = [
  ['microphone', 'media', { mediaType: 'audio', isMainFrame: true }],
  ['notifications', 'notifications', { isMainFrame: true }],
  ['local-network-access', 'local-network-access', { isMainFrame: true }],
]

export type StageParts = {
  readonly browser: string
  readonly data: string
  readonly headless: boolean
  readonly args: readonly string[]
  readonly ended: (code: number) => void
}

async function answer(route: Route): Promise<void> {
  const request = route.request()
  const serve = installed.serve.get('app')
  if (!serve) return route.abort()
  const response = await serve({ url: toApp(request.url()), method: request.method() })
  await route.fulfill({
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: Buffer.from(await response.arrayBuffer()),
  })
}

/** null: the first request of a second window, which has no frame yet. */
function frameOf(request: Request): Frame | null {
  try {
    return request.frame()
  } catch {
    return null
  }
}

async function launch(parts: StageParts): Promise<BrowserContext> {
  const context = await chromium.launchPersistentContext(join(parts.data, 'browser-profile'), {
    executablePath: parts.browser,
    headless: parts.headless,
    locale: 'zh-CN',
    viewport: parts.headless ? { width: 1440, height: 900 } : null,
    // Root has no user namespaces to build the sandbox from.
    chromiumSandbox: process.getuid?.() !== 0,
    handleSIGINT: false,
    // With about:blank on the command line Chromium opens an ordinary tabbed window instead of an app window.
    ignoreDefaultArgs: ['--enable-automation', 'about:blank'],
    args: [
      '--app=data:text/html,',
      '--lang=zh-CN',
      '--test-type',
      '--window-size=1440,900',
      '--autoplay-policy=no-user-gesture-required',
      ...parts.args,
    ],
  })
  instance.name = `${basename(parts.browser)} ${context.browser()?.version() ?? ''}（代替 Electron）`
  const granted = permissions.flatMap(([browser, electron, details]) =>
    installed.check(null, electron, `${appOrigin}/`, details) ? [browser] : [],
  )
  for (const permission of granted) {
    // Older browsers do not know every name; then there is nothing to grant.
    await context.grantPermissions([permission], { origin: pageOrigin }).catch(() => undefined)
  }
  return context
}

export function makeChromiumStage(parts: StageParts): Stage & { readonly page: () => Promise<Page> } {
  const doors: Doors = {
    invoke: `d${randomBytes(12).toString('hex')}`,
    hear: `d${randomBytes(12).toString('hex')}`,
  }
  let opened: Promise<{ context: BrowserContext; page: Page }> | null = null
  /** Further windows after the first. They come to the front when they open, which in Electron they need not. */
  const more = new Map<Shown, Promise<Page>>()
  const owners = new Map<Page, Shown>()
  let ending = false

  const end = async (code: number) => {
    if (ending) return
    ending = true
    const stage = await opened?.catch(() => null)
    await stage?.context.close()
    parts.ended(code)
  }

  const open = async (shown: Shown) => {
    const context = await launch(parts)
    await context.exposeBinding(doors.invoke, async (source, channel: string, json: string) => {
      const webContents = owners.get(source.page)?.contents()
      if (!webContents) throw new Error('host: no window')
      webContents.moved(toApp(source.page.url()))
      const isMain = source.frame === source.page.mainFrame()
      const senderFrame = isMain
        ? webContents.mainFrame
        : { url: toApp(source.frame.url()), parent: webContents.mainFrame }
      return JSON.stringify(await invoke({ sender: webContents, senderFrame }, channel, JSON.parse(json)))
    })
    await context.addInitScript(bridgeText(doors, await readFile(shown.preload, 'utf8')))
    await context.route(
      (url) => url.origin !== pageOrigin,
      (route) => {
        const request = route.request()
        if (!request.isNavigationRequest()) return route.continue()
        const frame = frameOf(request)
        const kind = frame?.parentFrame() ? 'will-frame-navigate' : 'will-navigate'
        if (!shown.refuses(kind, request.url())) return route.continue()
        // "No content" leaves the page where it is, as a refused navigation does in Electron; an abort would not. A second
        // window would stay there unseen by us: we hear of it, and close it, once something is in it.
        return route.fulfill(frame ? { status: 204 } : { contentType: 'text/html', body: '' })
      },
    )
    await context.route((url) => url.origin === pageOrigin, answer)
    // A question of the page itself is for the person in front of it, not for us to answer.
    context.on('dialog', () => undefined)
    context.on('page', (other) => {
      if (other !== page && expected === 0) void other.close()
    })
    const page = context.pages()[0] ?? (await context.newPage())
    own(page, shown)
    return { context, page }
  }

  const own = (page: Page, shown: Shown) => {
    owners.set(page, shown)
    page.on('crash', () => shown.crashed())
    page.on('download', (file) => void keepDownload(file))
    page.on('close', () => {
      owners.delete(page)
      more.delete(shown)
      if (!ending) shown.closed()
    })
  }

  /** Windows the program is just opening; any other page is a second window nobody may open. */
  let expected = 0
  const openAnother = async (shown: Shown): Promise<Page> => {
    const { context } = await (opened ?? Promise.reject(new Error('host: no first window')))
    expected += 1
    const page = await context.newPage().finally(() => (expected -= 1))
    own(page, shown)
    if (parts.headless) await page.setViewportSize(shown.size)
    return page
  }

  const pageOf = (shown: Shown): Promise<Page> | undefined =>
    more.get(shown) ?? opened?.then(({ page }) => page)
  const withPage = (shown: Shown, act: (page: Page) => Promise<unknown>) => {
    void pageOf(shown)
      ?.then(act)
      .catch(() => undefined)
  }

  return {
    async page() {
      if (opened === null) throw new Error('host: no window was opened')
      return (await opened).page
    },
    async load(shown, url) {
      const isFirst = opened === null || owners.get((await opened).page) === shown
      if (isFirst) opened ??= open(shown)
      else if (!more.has(shown)) more.set(shown, openAnother(shown))
      await (await pageOf(shown))?.goto(toPage(url))
    },
    tell(shown, channel, args) {
      withPage(shown, (page) =>
        page.evaluate(
          ([door, name, json]) => {
            const hear: unknown = Reflect.get(window, door)
            if (typeof hear === 'function') hear(name, json)
          },
          [doors.hear, channel, JSON.stringify(args)] as const,
        ),
      )
    },
    raise: (shown) => withPage(shown, (page) => page.bringToFront()),
    close: (shown) => withPage(shown, (page) => page.close()),
    quit: (code) => void end(code),
    ask(message, buttons, cancelId) {
      // A browser offers two buttons: yes is the one that is not the way back.
      const yes = buttons.findIndex((_button, index) => index !== cancelId)
      return opened === null
        ? Promise.resolve(cancelId)
        : opened
            .then(({ page }) => page.evaluate((text) => window.confirm(text), message))
            .then((agreed) => (agreed ? yes : cancelId))
    },
  }
}
