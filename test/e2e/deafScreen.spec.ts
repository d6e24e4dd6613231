// A duty leader's screen while the centre is away: red, and since when it hears nothing; quiet again when it is back.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { seriousOf } from './accessibility.ts'
import type { SeatWindow } from './seatWindow.ts'
import type { Stage } from './stage.ts'
import { openPractice } from './stage.ts'

let hall: Pick<Stage, 'centre' | 'openSeat' | 'close'>
let duty: SeatWindow
beforeAll(async () => {
  hall = await openPractice()
  duty = await hall.openSeat('4001', { width: 1366, height: 768 })
})
afterAll(() => hall.close())

const slow = { timeout: 50_000 }

test('[WARN-22] killed for a minute and a half it says since when nothing is heard, and is quiet again afterwards', async () => {
  const { page } = duty
  await page.clock.install()
  await page.reload()
  const quiet = page.getByText('没有等您签收的预警；一来就响铃')
  await quiet.waitFor()
  await hall.centre.kill()
  const deaf = page.getByRole('alert').filter({ hasText: /起，这个屏幕听不到预警/ })
  // Every round takes as long as all that falls due in its five seconds.
  await expect
    .poll(async () => {
      await page.clock.runFor(5_000)
      return deaf.count()
    }, slow)
    .toBe(1)
  await deaf.getByText('请打电话问值班室有没有预警').waitFor()
  // Nothing on it says that all is well, or that calls go on that are none of a duty leader's.
  await page.getByText(/没有预警，以后的这里不知道/).waitFor()
  await expect.poll(() => page.getByText('都签收了').count()).toBe(0)
  await expect.poll(() => page.getByText('中心暂时连不上', { exact: true }).count()).toBe(1)
  await duty.shot('deaf-screen')
  await expect.poll(() => seriousOf(page)).toEqual([])
  await hall.centre.start()
  await expect
    .poll(async () => {
      await page.clock.runFor(5_000)
      return quiet.count()
    }, slow)
    .toBe(1)
  await expect.poll(() => deaf.count()).toBe(0)
  expect(duty.faults).toEqual([])
})
