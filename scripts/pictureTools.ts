// How the pictures of the guides are taken: where they go, and what every scene does with the desk before it is photographed.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import type { openPractice } from '../test/e2e/stage.ts'

export type Practice = Awaited<ReturnType<typeof openPractice>>

export const pictures = join(import.meta.dirname, '../docs/pictures')
mkdirSync(pictures, { recursive: true })

/** Fonts there, no pointer over anything, transitions at their end: two runs give the same picture. */
export const photograph = async (page: Page, name: string): Promise<void> => {
  await page.evaluate(() => document.fonts.ready)
  await page.mouse.move(0, 899)
  await page.screenshot({ path: join(pictures, `${name}.png`), animations: 'disabled' })
  process.stdout.write(`docs/pictures/${name}.png\n`)
}

/** Only what matters of the window: these parts and what lies between them. */
export const photographPart = async (page: Page, name: string, ...parts: Locator[]): Promise<void> => {
  await page.evaluate(() => document.fonts.ready)
  await page.mouse.move(0, 899)
  // What was just waited for is painted.
  await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))))
  const boxes = await Promise.all(parts.map((part) => part.boundingBox()))
  const there = boxes.filter((box) => box !== null)
  const x = Math.min(...there.map((box) => box.x))
  const y = Math.min(...there.map((box) => box.y))
  const width = Math.max(...there.map((box) => box.x + box.width)) - x
  // Two parts are shown with what lies around the lower one.
  const below = parts.length > 1 ? 12 : 0
  const height = Math.max(...there.map((box) => box.y + box.height)) - y + below
  await page.screenshot({
    path: join(pictures, `${name}.png`),
    animations: 'disabled',
    clip: { x, y, width, height },
  })
  process.stdout.write(`docs/pictures/${name}.png\n`)
}

export const visit = (page: Page, name: string) =>
  page
    .getByRole('navigation')
    // The icon may carry a count before the word.
    .getByRole('link', { name: new RegExp(`^\\d*\\+?\\s*${name}`) })
    .click()

/** One of the simulated callers rings this seat; the desk is in front. */
export const letCall = async (page: Page, who: string): Promise<void> => {
  await visit(page, '练习')
  await page.getByRole('listitem').filter({ hasText: who }).getByRole('button', { name: /来电/ }).click()
  await page.getByRole('button', { name: /接听/ }).waitFor()
  await visit(page, '工作台')
}

type Words = Readonly<Record<string, string>>
export const write = async (page: Page, words: Words): Promise<void> => {
  const form = page.getByRole('tabpanel')
  for (const [name, text] of Object.entries(words))
    await form.getByRole('textbox', { name, exact: true }).fill(text)
}

/** The caller's voice is measured every few seconds; a picture without its figure tells half. */
export const heard = (page: Page) =>
  page.getByText(/音质/).filter({ hasNotText: '测量中' }).first().waitFor({ timeout: 30_000 })
