import type { Page } from 'playwright-core'
import { until } from '../pbx/until.ts'

/** What Enter takes from a list: the option that is marked. Pressed before it is, Enter takes nothing, or another one. */
export const untilMarked = (page: Page, name: string): Promise<unknown> =>
  until(
    `${name} to be marked in the list`,
    () =>
      page.evaluate((wanted) => {
        const marked = document.activeElement?.getAttribute('aria-activedescendant') ?? ''
        return document.getElementById(marked)?.textContent.includes(wanted) === true
      }, name),
    30_000,
  )
