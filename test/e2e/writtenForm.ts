// The form of a call as an agent writes it: by the names of its fields.
import type { Page } from 'playwright-core'

/** An inquiry about pay, answered at once: complete, and not filed yet. */
export const writeForm = async (
  page: Page,
  words: { readonly name: string; readonly cause: string; readonly told: string },
): Promise<void> => {
  const form = page.getByRole('tabpanel')
  await form.getByRole('textbox', { name: '来电人', exact: true }).fill(words.name)
  await form.getByRole('radio', { name: '问题咨询' }).check()
  await form.getByRole('combobox', { name: '主题' }).fill('劳动报酬')
  await page.getByRole('option', { name: '劳动报酬' }).click()
  await form.getByRole('textbox', { name: '起因' }).fill(words.cause)
  await form.getByRole('combobox', { name: '处置' }).fill('当场答复')
  await page.getByRole('option', { name: '当场答复' }).click()
  await form.getByRole('textbox', { name: '告知职工' }).fill(words.told)
}
