// The address of the centre in the settings, in a real browser over the desk's page.
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { DeskStage } from './deskPage.ts'
import { openDeskStage } from './deskPage.ts'

let stage: DeskStage

beforeAll(async () => {
  stage = await openDeskStage()
})
afterAll(() => stage.close())

test('[DESK-12] an address is kept or refused in words, and not changed under a call', async () => {
  const desk = await stage.open('', 'settings')
  const { page } = desk
  const field = page.getByRole('textbox', { name: '中心地址' })
  const save = page.getByRole('button', { name: '保存地址' })
  await field.fill('centre.example')
  await page.keyboard.press('Enter')
  await page.getByText('地址要以 http:// 或 https:// 开头').waitFor()
  await field.fill('http://centre.example')
  await save.click()
  await page.getByText('中心地址要用 https').waitFor()
  await expect.poll(() => page.getByText('已保存').count()).toBe(0)
  await expect.poll(() => field.getAttribute('aria-invalid')).toBe('true')
  await field.fill('https://centre.example')
  await save.click()
  await page.getByText('已保存，窗口正在重新打开').waitFor()

  await field.fill('https://other.example')
  await desk.ring()
  await page.keyboard.press('F2')
  await page.getByText('通话结束后再换').waitFor()
  await expect.poll(() => save.isDisabled()).toBe(true)
})
