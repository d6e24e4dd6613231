// Three calls about one employer within days are a risk by their number alone, whatever the words say.
import { afterAll, beforeAll, test } from 'vitest'
import type { PullAnswer } from '../../contract/sync.ts'
import { aPage, aSummary } from '../makers/traffic.ts'
import type { DeskStage } from './deskPage.ts'
import { openDeskStage } from './deskPage.ts'

let stage: DeskStage
beforeAll(async () => {
  stage = await openDeskStage()
})
afterAll(() => stage.close())

test('[WARN-5] other seats’ calls about the employer of the form count as they come in, however its name is written', async () => {
  const desk = await stage.open()
  const { page } = desk
  await desk.ring({ number: '13800008000', queue: '维权咨询' })
  await page.getByRole('button', { name: /^接听/ }).waitFor()
  await page.keyboard.press('F2')
  const field = (name: string) => page.getByRole('tabpanel').getByRole('textbox', { name, exact: true })
  await field('单位').fill('恒泽电子（示例）有限公司')
  await field('经过').fill('问加班费怎么算。')
  const offeredAt = await page.evaluate(() => Date.now())
  const told = (n: number, employer: string) =>
    desk.run(
      async ({ mirror }, given) => {
        const pulled: PullAnswer = JSON.parse(given)
        await mirror.take(pulled)
      },
      JSON.stringify(aPage({ calls: [aSummary(n, { employer, offeredAt })] })),
    )
  const strip = page.getByRole('region', { name: '预警' })
  await told(1, '恒泽电子')
  await page.waitForTimeout(2_000)
  if (await strip.isVisible()) throw new Error('two calls are not three')
  await told(2, '恒泽电子厂')
  await strip.getByText('建议蓝色').waitFor()
})
