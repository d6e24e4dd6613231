// npm run pictures [-- day|actions]: the pictures of the guides, docs/pictures/*.png, photographed from the running product: the built
// bundles, a practice centre and the practice exchange, three people in browsers. All people and matters are made up.
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import type { RingShown } from '../contract/ipc.ts'
import { openPractice } from '../test/e2e/stage.ts'
import { actions } from './pictureActions.ts'
import type { Practice } from './pictureTools.ts'
import { heard, letCall, photograph, pictures, visit, write } from './pictureTools.ts'

const choose = async (page: Page, field: string, what: string): Promise<void> => {
  await page.getByRole('tabpanel').getByRole('combobox', { name: field }).fill(what)
  await page.getByRole('option', { name: what }).click()
}

/** The desktop's small window: its own page, told of a made-up ring by a desk that knows nothing else. */
const photographRing = async (beside: Page): Promise<void> => {
  const page = await beside.context().newPage()
  await page.setViewportSize({ width: 372, height: 204 })
  const ring: RingShown = {
    number: '138****8000',
    name: '何**',
    place: '重庆',
    queue: '维权咨询',
    queuedMs: 21_000,
    earlier: 2,
    practice: false,
    second: false,
  }
  await page.addInitScript((shown) => {
    const value = {
      ring: shown,
      keys: { answer: 'F2', reject: 'Shift+F2' },
      language: 'zh-CN',
      theme: 'light',
    }
    const desk = { 'ring.read': async () => ({ ok: true, value }), 'ring.changed': () => () => {} }
    Object.assign(window, { desk })
  }, ring)
  await page.goto(new URL('/ring.html', beside.url()).href)
  await page.getByRole('button', { name: '接听' }).waitFor()
  await photograph(page, 'ringWindow')
  await page.close()
}

/** A caller rings out unanswered and an engaged number is dialled: what the seat owes, and the box to dial from. */
const owedCalls = async (page: Page): Promise<void> => {
  await letCall(page, '李阿姨')
  await page.getByRole('region', { name: '未接' }).getByText('李阿姨').waitFor({ timeout: 60_000 })
  await page.keyboard.press('F5')
  await page.keyboard.press('F6')
  const box = page.getByRole('dialog', { name: '拨打电话' })
  await box.getByRole('textbox', { name: '号码' }).fill('13900002007')
  await page.keyboard.press('Enter')
  await page.getByText(/刚才 139/).waitFor({ timeout: 60_000 })
  await photograph(page, 'owed')
  await page.keyboard.press('F6')
  await box.getByRole('button', { name: '常用：职工服务部' }).click()
  await box.getByRole('textbox', { name: '号码' }).fill('法律')
  await box.getByText(/按 Enter 选第一个/).waitFor()
  await box.screenshot({ path: join(pictures, 'dial.png'), animations: 'disabled' })
  await page.keyboard.press('Escape')
}

/** A caller is promised a call: how the time is agreed. */
const agreedCall = async (page: Page): Promise<void> => {
  await letCall(page, '李阿姨')
  await page.keyboard.press('F2')
  await page.getByText('通话中').first().waitFor()
  await write(page, { 来电人: '李阿姨', 起因: '问生活补贴什么时候到账', 下一步: '查到发放日再回电' })
  await page.getByRole('tabpanel').getByRole('radio', { name: '问题咨询' }).check()
  await choose(page, '主题', '困难帮扶')
  await choose(page, '处置', '预约回拨')
  await page.getByRole('button', { name: '选时间' }).click()
  await page.getByRole('list', { name: '可约的时间' }).getByRole('button').first().click()
  await page.getByText(/到点提醒您回拨/).waitFor()
  await photograph(page, 'agreed')
  await page.keyboard.down('F12')
  await page.getByText('通话已结束').first().waitFor()
  await page.keyboard.up('F12')
  await page.keyboard.press('Control+Enter')
  await page.getByRole('region', { name: '待回拨' }).getByText('李阿姨').waitFor()
}

/** A mass lay-off is heard in what the agent writes, reported with one key and signed for on the duty leader's screen. */
const warned = async (page: Page, duty: Page): Promise<void> => {
  await letCall(page, '小唐')
  await page.keyboard.press('F2')
  await page.getByText('通话中').first().waitFor()
  await page.getByRole('tabpanel').getByRole('radio', { name: '信访投诉' }).check()
  await write(page, {
    来电人: '小唐',
    单位: '恒泽电子（示例）有限公司',
    时间: '今天上午',
    地址: '东区科创六街 9 号',
    起因: '公司通知产线调整，要裁员。',
    经过: '名单上有 60 多人，周三前要交离职单。',
    告知职工: '先不要签离职单；工会马上派人到现场。',
  })
  const strip = page.getByRole('region', { name: '预警' })
  await strip.getByText('建议黄色').waitFor()
  await photograph(page, 'warning')
  await page.keyboard.press('F9')
  await duty
    .getByRole('region', { name: '通话条' })
    .getByText(/黄色预警待签收/)
    .waitFor()
  await duty.getByRole('list', { name: '处置经过' }).getByText(/报来/).waitFor()
  await photograph(duty, 'duty')
  await duty.keyboard.press('F9')
  await strip.getByText(/已签收/).waitFor({ timeout: 30_000 })
  await choose(page, '主题', '裁员')
  await choose(page, '处置', '当场答复')
  await page.keyboard.down('F12')
  await page.getByText('通话已结束').first().waitFor()
  await page.keyboard.up('F12')
  await page.keyboard.press('Control+Enter')
}

/** A caller passed on from seat to seat: the record of the first one shows the second one's part. */
const linkedCalls = async (first: Page, next: Page): Promise<void> => {
  await first.keyboard.press('F2')
  await first.getByText('通话中').first().waitFor()
  await first.keyboard.press('F7')
  await first.getByRole('dialog', { name: '转接' }).getByRole('textbox').fill('1003')
  await first.keyboard.press('Enter')
  await next.getByRole('button', { name: /^接听/ }).waitFor()
  await next.keyboard.press('F2')
  await next.getByText('通话中').first().waitFor()
  await next
    .getByText(/^00:0[5-9]$/)
    .first()
    .waitFor()
  await next.keyboard.down('F12')
  await next.getByText('通话已结束').first().waitFor()
  await next.keyboard.up('F12')
  await visit(first, '通话记录')
  await first
    .getByRole('grid', { name: '通话记录列表' })
    .getByRole('row')
    .filter({ hasText: '小唐' })
    .first()
    .click()
  const parts = first.getByRole('region', { name: '同一通电话的其他段' })
  // What the colleague did comes by way of the centre.
  await parts.getByText('工号 1003').waitFor({ timeout: 90_000 })
  await photograph(first, 'linked')
}

/** A day at the hotline, one scene after another. */
const day = async (stage: Practice): Promise<void> => {
  const agent = await stage.openSeat('1001')
  const second = await stage.openSeat('1002')
  const third = await stage.openSeat('1003')
  const lead = await stage.openSeat('2001')
  const duty = await stage.openSeat('4001')
  const { page } = agent
  await page.getByText('话路正常').first().waitFor()
  await second.page.getByText('话路正常').first().waitFor()

  await photographRing(page)
  await visit(page, '设置')
  const keys = page.getByRole('region', { name: '按键', exact: true })
  await keys.getByRole('button', { name: /^改键：静音/ }).click()
  await page.keyboard.press('F4')
  await keys.getByText(/没有改/).waitFor()
  await page.mouse.move(0, 899)
  await keys.screenshot({ path: join(pictures, 'keys.png'), animations: 'disabled' })

  await page.getByRole('region', { name: '诊断包' }).screenshot({
    path: join(pictures, 'diagnostics.png'),
    animations: 'disabled',
  })

  await visit(page, '练习')
  await page.getByRole('listitem').filter({ hasText: '何师傅' }).waitFor()
  await photograph(page, 'practice')

  await letCall(page, '何师傅')
  await page.keyboard.press('F2')
  await page.getByText('通话中').first().waitFor()
  await write(page, {
    来电人: '何师傅',
    单位: '某冲压件厂',
    时间: '今年三月起',
    地址: '开发区示例路 9 号',
    起因: '冲床压伤两根手指，停工留薪期的工资没有补发。',
    经过: '三月上夜班时冲床失灵压伤左手两指，住院九天。工会督促后单位已在工伤申请上盖章，但四月至六月只发了基本工资，车间主任说“没干活就没工资”。手里有工资流水和住院病历，没有收到书面通知。',
    告知职工: '停工留薪期工资应当按原待遇发；权益保障部会督促单位，同时可申请法律援助。',
  })
  const form = page.getByRole('tabpanel')
  await form.getByRole('radio', { name: '信访投诉' }).check()
  await form.getByRole('radio', { name: '紧急', exact: true }).check()
  await choose(page, '主题', '工伤')
  await choose(page, '处置', '派单')
  await page
    .getByText(/已存本机/)
    .first()
    .waitFor()
  await heard(page)
  // Long enough on the line to have heard all that.
  await page
    .getByText(/^00:[345]\d$/)
    .first()
    .waitFor({ timeout: 60_000 })
  await photograph(page, 'desk')
  await page.getByRole('region', { name: '知识建议' }).screenshot({
    path: join(pictures, 'knowledge.png'),
    animations: 'disabled',
  })

  await page.keyboard.press('Shift+F3')
  await page.getByText(/^停录 00:0[3-9]$/).waitFor()
  await page.mouse.move(0, 899)
  await page.getByRole('region', { name: '通话条' }).screenshot({
    path: join(pictures, 'recording.png'),
    animations: 'disabled',
  })
  await page.keyboard.press('Shift+F3')
  await page.getByText('录音中').first().waitFor()

  await page.keyboard.press('Shift+F7')
  const places = page.getByRole('dialog', { name: '咨询' })
  await places.getByRole('button', { name: /权益保障部/ }).click()
  await places.getByRole('button', { name: /^先咨询/ }).click()
  await page.getByText('来电人·保持').waitFor()
  await heard(page)
  await photograph(page, 'consult')
  await page.keyboard.press('Shift+F7')
  await page.getByText('职工还在线上').waitFor()

  await owedCalls(third.page)
  await agreedCall(third.page)
  await warned(third.page, duty.page)
  await third.page.getByRole('button', { name: /切换状态/ }).click()
  await third.page.getByRole('menuitem', { name: /小休/ }).click()
  await visit(lead.page, '班长席')
  await letCall(second.page, '小唐')
  await lead.page.getByRole('listitem', { name: /李国庆.*振铃/ }).waitFor()
  await photograph(lead.page, 'wall')
  await photograph(second.page, 'ringing')
  await linkedCalls(second.page, third.page)

  await visit(page, '工单')
  await page.getByRole('button', { name: /大学/ }).first().click()
  await photograph(page, 'orders')
  await visit(page, '工作台')

  // The centre cannot be reached, the telephone can; the call ends and its record waits on the seat.
  await agent.context.route('**/*', (route) => route.abort('internetdisconnected'))
  await page.keyboard.down('F12')
  await page.getByText('通话已结束').first().waitFor()
  await page.keyboard.up('F12')
  await page
    .getByText(/离线.*待上传/)
    .first()
    .waitFor({ timeout: 60_000 })
  await photograph(page, 'offline')
}

const scenes = { day, actions }
const wanted = process.argv[2]
for (const [name, take] of Object.entries(scenes)) {
  if (wanted !== undefined && wanted !== name) continue
  const stage = await openPractice()
  try {
    await take(stage)
  } finally {
    await stage.close()
  }
}
