// The desk around a form, in a real browser: what it says while the centre is away, and the form in a window that changes.
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aForm, aRecord } from '../makers/forms.ts'
import { aDispatch } from '../makers/traffic.ts'
import { until } from '../pbx/until.ts'
import type { Desk, DeskStage } from './deskPage.ts'
import { openDeskStage } from './deskPage.ts'
import { shots } from './seatWindow.ts'

let stage: DeskStage
beforeAll(async () => {
  stage = await openDeskStage()
})
afterAll(() => stage.close())

/** On the line with somebody, the form open. */
const talking = async (query = ''): Promise<Desk> => {
  const desk = await stage.open(query)
  await desk.ring({ number: '13800008000', name: '王建平' })
  await desk.page.getByRole('button', { name: /^接听/ }).waitFor()
  await desk.page.keyboard.press('F2')
  await desk.page.getByRole('tabpanel').getByRole('textbox', { name: '经过', exact: true }).waitFor()
  return desk
}

/** What a change of the window leads to comes with frames, which take their time on a slow computer. */
const drawn = (page: Desk['page']) =>
  page.evaluate(async () => {
    for (let frame = 0; frame < 4; frame += 1) await new Promise((next) => requestAnimationFrame(next))
  })

test('[WRAP-26] with the centre away the history says what is missing from it, and nobody is a first caller', async () => {
  const away = await talking('away')
  await away.page.getByText('本机没有这个号码的往来').waitFor()
  await away.page.getByText(/别的席位接的电话、派的工单这里没有/).waitFor()
  expect(await away.page.getByText('首次来电').count()).toBe(0)
  const there = await talking()
  await there.page.getByText('首次来电').waitFor()
  await there.page.getByText('这个号码以前没有来过电话').waitFor()
  expect(await there.page.getByText(/别的席位接的电话/).count()).toBe(0)
})

test('[WARN-17] a window resized while the strip is open gives the fields the room there is then', async () => {
  const { page } = await talking()
  const course = page.getByRole('tabpanel').getByRole('textbox', { name: '经过', exact: true })
  const height = async () => (await course.boundingBox())?.height ?? 0
  /** When two looks see the same. */
  const settled = async () => {
    let seen = -1
    await until('the field to rest', async () => {
      const before = seen
      await drawn(page)
      await page.waitForTimeout(150)
      seen = await height()
      return seen === before
    })
    return seen
  }
  const small = { width: 1366, height: 768 }
  const large = { width: 1920, height: 1080 }
  await page.setViewportSize(large)
  const whole = await settled()
  await page.setViewportSize(small)
  await until('the smaller field', async () => (await height()) < whole)
  const fitting = await settled()
  await course.fill('名单上有 60 多人，公司要裁员。')
  await page.getByRole('region', { name: '预警' }).waitFor()
  expect(await settled()).toBe(fitting)
  await page.setViewportSize(large)
  await until('the field as high as the window lets it', async () => (await height()) === whole)
  await page.setViewportSize(small)
  await until('the field to fit again', async () => (await height()) <= fitting)
})

test('[WARN-18] that somebody was phoned and it could not be written down is said, and can be told again', async () => {
  const desk = await talking('away')
  const { page } = desk
  await page
    .getByRole('tabpanel')
    .getByRole('textbox', { name: '经过', exact: true })
    .fill('厂里要裁三百多人。')
  const strip = page.getByRole('region', { name: '预警' })
  await strip.getByText('建议红色').waitFor()
  await page.keyboard.press('F9')
  await strip.getByText('红色预警').waitFor()
  await desk.run(({ records }) => {
    const { warn } = records
    let isFull = true
    records.warn = async (report) => {
      if (!isFull) return warn(report)
      isFull = false
      return { ok: false, problem: { code: 'failed', text: '磁盘已满' } }
    }
  })
  await strip.getByRole('button', { name: '已报值班室' }).click()
  await strip.getByText('没存上：磁盘已满').waitFor()
  await strip.getByRole('button', { name: '已报值班室' }).click()
  await strip.getByText(/\d\d:\d\d 已报告/).waitFor()
  expect(await strip.getByText('没存上').count()).toBe(0)
})

test('[SCREEN-7] files just added to a form are in sight on a low screen, with the button for the next', async () => {
  const { page } = await talking()
  await page.setViewportSize({ width: 1366, height: 768 })
  const file = (name: string) => ({
    name,
    mimeType: 'application/pdf',
    buffer: Buffer.from('%PDF-1.4 made up'),
  })
  await page.getByLabel('选择附件').setInputFiles(['一', '二', '三'].map((each) => file(`${each}.pdf`)))
  const foot = async () => (await page.getByRole('button', { name: /^提交/ }).boundingBox())?.y ?? 0
  for (const name of ['三.pdf', '添加附件']) {
    const place = page.getByRole('tabpanel').getByRole('button', { name }).first()
    await place.waitFor()
    await until(`${name} to be above the foot of the form`, async () => {
      const box = await place.boundingBox()
      return box !== null && box.y + box.height <= (await foot())
    })
  }
})

test('[WRAP-14] a field that leaves the page in the middle of a composition does not stop its form from being saved', async () => {
  const desk = await talking()
  const { page } = desk
  const second = await desk.ring({ number: '18600005521', name: '刘工' })
  await page.getByRole('tab', { name: /刘工/ }).waitFor()
  await page.getByRole('tabpanel').getByRole('textbox', { name: '经过', exact: true }).focus()
  const method = await page.context().newCDPSession(page)
  await method.send('Input.imeSetComposition', { text: 'qianxin', selectionStart: 7, selectionEnd: 7 })
  // The other form takes the front by itself: nobody has pressed anything that would end the composition.
  await desk.run(({ store }, id) => {
    store.dispatch({ type: 'formOpened', callId: id as never, at: Date.now(), tick: performance.now() })
  }, second)
  const onDisk = () =>
    desk.run(async ({ records }) => {
      const drafts = await records.drafts()
      return drafts.ok ? drafts.value.map(({ form }) => form.course) : []
    })
  await until('the letters on the disk', async () => (await onDisk()).includes('qianxin'))
})

test('[WRAP-2] [TICKET-11] a form whose department is out of use since says so, and is not filed before another is chosen', async () => {
  const desk = await stage.open()
  const { page } = desk
  const offeredAt = Date.now() - 600_000
  const record = aRecord(1, { offeredAt, answeredAt: offeredAt + 5_000, endedAt: offeredAt + 282_000 })
  const gone = { department: 'GONE', departmentName: '就业指导科（示例）', limit: 'D5' }
  const form = aForm({
    topic: 'CYJC',
    disposition: 'PD',
    dispatch: { ...aDispatch(1).plan, ...gone },
  })
  const times = { openedAt: offeredAt, savedAt: offeredAt, wrapupMs: 0 }
  await desk.run(
    async ({ records, store }, words) => {
      const saved = JSON.parse(words)
      await records.finish(saved.record)
      await records.saveDraft(saved.draft)
      const { callId } = saved.draft
      store.dispatch({ type: 'formOpened', callId, at: Date.now(), tick: performance.now() })
    },
    JSON.stringify({ record, draft: { callId: record.id, form, ...times } }),
  )
  const hint = page.getByText('“就业指导科（示例）”已停用，请改选单位')
  await hint.waitFor()
  await page.keyboard.press('Control+Enter')
  const choose = page.getByRole('button', { name: '选单位 / 时限' })
  await expect.poll(() => choose.getAttribute('aria-invalid')).toBe('true')
  await page.screenshot({ path: join(shots, 'departmentGone.png') })
  await choose.click()
  await page.getByRole('combobox', { name: '主办单位' }).fill('职工服务部')
  await page.getByRole('option', { name: '职工服务部' }).click()
  await page.getByRole('button', { name: '用这个' }).click()
  await hint.waitFor({ state: 'detached' })
  expect((await desk.kept(record.id))?.form).toBeNull()
  await page.keyboard.press('Control+Enter')
  await until('the form to be filed', async () => {
    const filed = (await desk.kept(record.id))?.form
    return filed?.dispatch?.department === 'ZGFW'
  })
})
