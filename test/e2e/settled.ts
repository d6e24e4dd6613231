// Waiting until a page has what it asked for. Playwright's `networkidle` is reached once a document and never left again,
// so of the pages after the first, which only change the hash, it says nothing.
import type { Page, Request } from 'playwright-core'

const stillFor = 300

/** No request open for 300 ms. Made before the page's first request. */
export const settling = (page: Page): (() => Promise<void>) => {
  const open = new Set<Request>()
  let last = Date.now()
  const over = (request: Request) => {
    open.delete(request)
    last = Date.now()
  }
  page.on('request', (request) => open.add(request))
  page.on('requestfinished', over)
  page.on('requestfailed', over)
  return async () => {
    last = Date.now()
    while (open.size > 0 || Date.now() - last < stillFor) await page.waitForTimeout(50)
  }
}
