// Photos added while the centre was away for one seat only: exported with its records, taken in at another seat, stopped there
// on the way and gone on with; the seat they lie on finds them at the centre. Real Chromium, real PBX, PostgreSQL.
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aFile } from '../makers/files.ts'
import { callQueue, madeUpNumber } from '../pbx/caller.ts'
import type { SeatWindow } from './seatWindow.ts'
import type { Stage } from './stage.ts'
import { openStage } from './stage.ts'

const folder = mkdtempSync(join(tmpdir(), 'handover-files-'))
let stage: Stage
let agent: SeatWindow
beforeAll(async () => {
  stage = await openStage()
  agent = await stage.openSeat('1001')
})
afterAll(async () => {
  await stage.close()
  rmSync(folder, { recursive: true, force: true })
})

const photos = Array.from({ length: 6 }, (_, n) => Buffer.from(aFile(5_000_000, 81 + n)))
const hash = (content: Buffer): string => createHash('sha256').update(content).digest('hex')
const go = (seat: SeatWindow, name: RegExp) =>
  seat.page.getByRole('navigation').getByRole('link', { name }).click()
const wholeAtCentre = async () =>
  (
    await stage.query<{ sha256: string }>(
      'select sha256 from attachments where whole_at is not null order by id',
    )
  ).map(({ sha256 }) => sha256)

test('[HAND-1] [HAND-2] [HAND-7] attachments go with the file, with how far it is, a stop and going on; their own seat settles', async () => {
  const { page } = agent
  await stage.pbx.untilRegistered('1001')
  await agent.context.route('**/api/**', (route) => route.abort())
  const caller = await callQueue(stage.pbx, { number: madeUpNumber(), hangUpAfterMs: 20_000 })
  await page.getByRole('button', { name: /接听/ }).waitFor()
  await page.keyboard.press('F2')
  await caller.answered()
  const form = page.getByRole('tabpanel')
  const waiting = form.getByText('存在本机，待上传')
  for (const [n, photo] of photos.entries()) {
    const file = join(folder, `照片 ${n + 1}.jpg`)
    writeFileSync(file, photo)
    await form.locator('input[type=file]').setInputFiles(file)
    await expect.poll(() => waiting.count(), { timeout: 20_000 }).toBe(n + 1)
  }
  await caller.ended

  await go(agent, /同步/)
  const card = page.getByRole('region', { name: '交接' })
  const coming = page.waitForEvent('download', { timeout: 60_000 })
  await card.getByRole('button', { name: '导出未上传' }).click()
  const file = await (await coming).path()
  await card.getByText(/已导出 \d+ 件、附件 6 个$/).waitFor()
  await agent.shot('handover-files-exported')
  const bytes = statSync(file).size
  expect(bytes / 30_000_000).toBeLessThan(1.4)
  expect(readFileSync(file, 'latin1')).not.toContain(photos[0]?.toString('base64', 0, 60))

  const other = await stage.openSeat('1002')
  await go(other, /同步/)
  const there = other.page.getByRole('region', { name: '交接' })
  const choose = there.locator('input[type=file]')
  // On a quick line all of it could be there before anybody has pressed stop: the rest waits for that.
  const rest = Promise.withResolvers<void>()
  let chunks = 0
  await other.context.route('**/api/handover/chunk', async (route) => {
    if ((chunks += 1) > 20) await rest.promise
    await route.continue()
  })
  await choose.setInputFiles(file)
  await there.getByRole('progressbar', { name: '进度' }).waitFor()
  await there.getByText('正在交给中心…').waitFor()
  await there.getByText(/^[1-9]\d?%$/).waitFor()
  await other.shot('handover-files-going')
  await there.getByRole('button', { name: '停下' }).click()
  rest.resolve()
  await there.getByText(/已停下，其余的没有交；再导入一次会接着交/).waitFor()
  await other.context.unroute('**/api/handover/chunk')
  await other.shot('handover-files-stopped')
  expect((await wholeAtCentre()).length).toBeLessThan(6)
  await choose.setInputFiles(file)
  // Who looks at something else meanwhile is told when they come back.
  await go(other, /通话记录/)
  await expect.poll(wholeAtCentre, { timeout: 120_000 }).toEqual(photos.map(hash))
  await go(other, /同步/)
  await there.getByText(/^1001 的：中心新收附件 \d 个，已有.+$/).waitFor()
  await other.shot('handover-files-imported')
  await choose.setInputFiles(file)
  await there.getByText(/^1001 的：中心新收 0 件，已有 \d+ 件、附件 6 个$/).waitFor()

  await agent.context.unroute('**/api/**')
  await go(agent, /^工作台|坐席/)
  await expect.poll(() => form.getByText('已到中心').count(), { timeout: 60_000 }).toBe(6)
  expect(await wholeAtCentre()).toEqual(photos.map(hash))
  expect([...agent.faults, ...other.faults]).toEqual([])
}, 300_000)
