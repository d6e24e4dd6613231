// Opens the window over its fake telephone in a real Chromium: one browser for all seats, and one page after the other in
// the same tab, for a fresh tab costs more than most tests do.
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:http'
import type { Browser, Page } from 'playwright-core'
import { chromium } from 'playwright-core'
import type { CallId } from '../../contract/ids.ts'
import type { CallRecord } from '../../contract/softphone.ts'
import type { OfferedCall } from '../../core/softphone/phoneEvent.ts'
import type { Workstation } from '../../core/workstation.ts'
import type { PullAnswer } from '../../contract/sync.ts'
import { aPage } from '../makers/traffic.ts'
import { until } from '../pbx/until.ts'
import { pageBrowser } from './browser.ts'
import { describeOnFailure } from './lastScreen.ts'
import { pageFiles } from './pageBundle.ts'
import type { DeskOnPage } from './deskPage/main.tsx'

type Offer = { callId: CallId } & Partial<OfferedCall>

export type Desk = {
  readonly page: Page
  state(): Promise<Workstation>
  /** Somebody calls; the answer is the call's id. */
  ring(offer?: Partial<OfferedCall>): Promise<CallId>
  theyHangUp(callId: CallId): Promise<void>
  /** The call that goes out; its number is what was dialled. */
  dialling(): Promise<{ readonly id: CallId; readonly number: string }>
  /** The record of a call as the seat keeps it. */
  kept(callId: CallId): Promise<CallRecord | null>
  /** The seat hears this of the centre. */
  pulled(told: Partial<PullAnswer>): Promise<unknown>
  /** What a test does with the fakes on the page; the words reach it as JSON. */
  run<T>(work: (desk: DeskOnPage, argument: string) => T | Promise<T>, argument?: string): Promise<T>
}

export type DeskStage = {
  /** Ends the seat opened before. `prepare` runs on a tab of its own before its scripts are loaded. */
  open(query?: string, page?: string, prepare?: (page: Page) => Promise<unknown>): Promise<Desk>
  close(): Promise<void>
}

const html = (styles: readonly string[]): string =>
  `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>12351 坐席工作站</title>${styles
    .map((path) => `<link rel="stylesheet" href="${path}">`)
    .join('')}</head><body><div id="root"></div><script type="module" src="/page.js"></script></body></html>`

export const openDeskStage = async (): Promise<DeskStage> => {
  const files = await pageFiles('deskPage/main.tsx')
  const index = html([...files.keys()].filter((path) => path.endsWith('.css')))
  const server = createServer((request, response) => {
    const path = (request.url ?? '/').split('?')[0] ?? '/'
    const kind = path.endsWith('.js') ? 'text/javascript' : path.endsWith('.css') ? 'text/css' : 'text/html'
    response.setHeader('content-type', `${kind}; charset=utf-8`)
    // The browser keeps what it made of the scripts: a page opened again costs two thirds.
    if (kind !== 'text/html') response.setHeader('cache-control', 'max-age=3600')
    response.end(files.get(path) ?? (path === '/nobody' ? '' : index))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const browser: Browser = await chromium.launch({
    executablePath: pageBrowser,
    args: ['--no-sandbox', '--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream'],
  })
  const address = `http://127.0.0.1:${port}`
  let faults: string[] = []
  const freshTab = async () => {
    const page = await browser.newPage()
    describeOnFailure(page)
    page.on('pageerror', (fault) => faults.push(String(fault)))
    // As in the seats of the other specs: a machine with much else to do has been seen to take fifteen seconds for a page.
    page.setDefaultTimeout(30_000)
    return page
  }
  /** The tab as it was when fresh. */
  const cleared = async (page: Page) => {
    await page.goto(`${address}/nobody`)
    await page.evaluate(() => {
      localStorage.clear()
      sessionStorage.clear()
    })
    await page.emulateMedia({ media: null })
    return page
  }
  let tab: Page | null = null
  let prepared: Page | null = null
  return {
    async open(query = '', at = 'desk', prepare) {
      await prepared?.close()
      prepared = prepare ? await freshTab() : null
      if (!prepared) tab = tab && !tab.isClosed() ? await cleared(tab) : await freshTab()
      const page = (prepared ?? tab) as Page
      await page.setViewportSize({ width: 1366, height: 768 })
      faults = []
      await prepare?.(page)
      await page.goto(`${address}/?${query}#/${at}`)
      const up = page.getByRole('button', { name: '话路正常' })
      await up.waitFor({ timeout: 30_000 }).catch(() => {
        throw new Error(`the window did not come up: ${faults.join('; ')}`)
      })
      const run: Desk['run'] = (work, argument = '') =>
        page.evaluate(`(${work.toString()})(window.desk12351, ${JSON.stringify(argument)})`)
      return {
        page,
        run,
        state: () => run((desk) => desk.store.read()),
        ring: (offer = {}) =>
          run((desk, words) => {
            const call = { callId: desk.newCallId(), ...JSON.parse(words) } as Offer
            desk.fake.ring(call)
            return call.callId
          }, JSON.stringify(offer)),
        kept: (callId) =>
          run(async (desk, id) => {
            const answer = await desk.records.read(id as CallId)
            return answer.ok ? answer.value : null
          }, callId),
        pulled: (told) =>
          run(({ mirror }, words) => mirror.take(JSON.parse(words)), JSON.stringify(aPage(told))),
        dialling: () =>
          until('a call to go out', () =>
            run((desk) => desk.store.read().calls.find(({ phase }) => phase.is === 'dialling') ?? null),
          ),
        theyHangUp: (callId) => run((desk, id) => desk.fake.theyHangUp(id as CallId), callId),
      }
    },
    async close() {
      await browser.close()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
