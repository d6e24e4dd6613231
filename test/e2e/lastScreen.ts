// What the seats show, in words: written under a test that fails (failedTest.ts). A run elsewhere leaves nothing else to
// look at.
import type { Page } from 'playwright-core'

const mostCharacters = 8_000
const patienceMs = 5_000

const shown = new Set<Page>()

/** From now until it closes, the page is described under a test that fails. */
export const describeOnFailure = (page: Page): void => {
  shown.add(page)
  page.on('close', () => shown.delete(page))
}

const described = (page: Page): Promise<string> =>
  page
    .locator('body')
    .ariaSnapshot({ timeout: patienceMs })
    .catch((error: unknown) => String(error))

export const lastScreens = async (): Promise<string> => {
  const texts = await Promise.all(
    [...shown].map(async (page) => `── ${page.url()}\n${(await described(page)).slice(0, mostCharacters)}`),
  )
  return texts.join('\n')
}
