// What the seats showed when a test failed, written under its failure: a run elsewhere leaves nothing else to look at.
import type { Page } from 'playwright-core'
import { afterEach } from 'vitest'

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

afterEach(async ({ task }) => {
  const error = task.result?.state === 'fail' ? task.result.errors?.[0] : undefined
  if (!error) return
  for (const page of shown)
    error.message += `\n── ${page.url()}\n${(await described(page)).slice(0, mostCharacters)}`
})
