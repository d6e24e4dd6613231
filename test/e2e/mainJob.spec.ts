// The main job, end to end: a worker dials 12351 on a real PBX, the agent answers in the built desk, both are heard,
// the form is filed, and the record is in PostgreSQL exactly once, as typed. The same with the centre away, and
// through a reload. Pictures of each step go to test/e2e/shots/.
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { callQueue, madeUpNumber } from '../pbx/caller.ts'
import { dominantHz, tone } from '../pbx/tones.ts'
import { until } from '../pbx/until.ts'
import type { SeatWindow } from './seatWindow.ts'
import type { Stage } from './stage.ts'
import { openStage } from './stage.ts'
import { writeForm } from './writtenForm.ts'

const callerHz = 440
const agentHz = 1000

let stage: Stage
let seat: SeatWindow
let page: Page

beforeAll(async () => {
  stage = await openStage()
  seat = await stage.openSeat('1001', { voiceHz: agentHz })
  page = seat.page
})
afterAll(async () => {
  await stage.close()
})

type Filed = {
  ended_by: string
  outcome: string
  rev: number
  body: { form: Record<string, unknown>; number: string; talkMs: number; callRef: string }
}

const recordsOf = (number: string) =>
  stage.query<Filed>('select ended_by, outcome, rev, body from call_records where number = $1', [number])

/** How much lies in the drafts of the seat's own database: they are sealed, and a seal is as much longer as its text. */
const draftBytes = () =>
  page.evaluate(async () => {
    const ask = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.addEventListener('success', () => resolve(request.result))
        request.addEventListener('error', () => reject(request.error ?? new Error('IndexedDB')))
      })
    let bytes = 0
    for (const { name } of await indexedDB.databases()) {
      if (!name?.startsWith('hotline-')) continue
      const database = await ask(indexedDB.open(name))
      const drafts: { sealed: Uint8Array }[] = database.objectStoreNames.contains('drafts')
        ? await ask(database.transaction('drafts').objectStore('drafts').getAll())
        : []
      database.close()
      for (const { sealed } of drafts) bytes += sealed.length
    }
    return bytes
  })

const isIdle = () => page.getByRole('button', { name: /空闲/ }).first().waitFor()
/** The queue has answered the caller long before: only now do both talk. */
const isTalking = () => page.getByRole('button', { name: /^保持/, disabled: false }).first().waitFor()
const answerButton = () => page.getByRole('button', { name: /接听/ })

describe('the main job on a real call', () => {
  test('[SEAT-5] signing in registers the seat and signs it in to the queue', async () => {
    await stage.pbx.untilRegistered('1001')
    await until('the queue to know the seat', async () =>
      (await stage.pbx.members()).some((member) => member.number === '1001' && !member.paused),
    )
    await isIdle()
    await seat.shot('01-ready')
  })

  test('[CALL-6] ring, answer, both voices, caller hangs up, form filed, row as typed', async () => {
    const number = madeUpNumber()
    const caller = await callQueue(stage.pbx, { number, name: '刘示例', sound: tone(callerHz, 2000) })
    await answerButton().waitFor()
    await seat.shot('02-ringing')
    await page.keyboard.press('F2')
    await caller.answered()
    await page.getByText('通话中').first().waitFor()
    await page.waitForTimeout(3_000)
    await seat.shot('03-on-call')
    await caller.hangUp()
    await page.getByText('对方已挂断').first().waitFor()
    await seat.shot('04-caller-hung-up')

    const recording = await stage.pbx.recordingOf(await caller.callRef)
    expect(dominantHz(recording.caller)).toBeCloseTo(callerHz, -1)
    expect(dominantHz(recording.seat, { fromMs: 1500 })).toBeCloseTo(agentHz, -1)

    const words = {
      name: '刘示例',
      cause: '公司三个月没发加班费',
      told: '先留好考勤和工资条，再申请劳动监察',
    }
    await writeForm(page, words)
    await seat.shot('05-form')
    await page.keyboard.press('Control+Enter')
    const [row] = await until('the filed record at the centre', async () => {
      const rows = await recordsOf(number)
      return rows[0]?.body.form ? rows : null
    })
    expect(row).toMatchObject({
      ended_by: 'caller',
      outcome: 'answered',
      rev: 2,
      body: {
        number,
        callRef: await caller.callRef,
        form: {
          callerName: words.name,
          cause: words.cause,
          toldCaller: words.told,
          category: 'ZX',
          disposition: 'DF',
          contactNumber: number,
        },
      },
    })
    expect(await recordsOf(number)).toHaveLength(1)
    await page.getByText('已同步').first().waitFor()
    await isIdle()
    await seat.shot('06-filed')
  })

  test('[SYNC-1] [F79] with the centre down during the call and up later the record arrives once, markup in it as text', async () => {
    const number = madeUpNumber()
    const name = '<img src=x onerror=alert(1)>'
    // [PAGE-4] The last page of the list is here: so are the others.
    await page.waitForFunction(() =>
      performance.getEntriesByType('resource').some(({ name }) => name.includes('SettingsPage')),
    )
    await stage.centre.kill()
    const caller = await callQueue(stage.pbx, { number, name })
    await answerButton().waitFor()
    await page.getByRole('region', { name: '通话条' }).getByText(name).waitFor()
    await page.keyboard.press('F2')
    await isTalking()
    await page.getByText(/离线/).first().waitFor()
    await page.waitForTimeout(1_500)
    await caller.hangUp()
    await page.getByText('对方已挂断').first().waitFor()
    await writeForm(page, {
      name,
      cause: `工伤停工期工资没发${name}`,
      told: '带工伤认定书来，职工服务部会联系',
    })
    await seat.shot('07-centre-away')
    // [PAGE-4] Pages nobody opened before open too.
    for (const name of ['设置', '同步', '通话记录', '工作台']) {
      await page.getByRole('navigation').getByRole('link', { name }).click()
      await page.getByRole('heading', { name, level: 1 }).waitFor()
      await until('the page to be there', async () => (await page.getByRole('main').innerText()).length > 20)
      expect(await page.getByText('这一页出错了').count()).toBe(0)
      // [JRNL-13] In a browser, under the page's own policy.
      if (name === '同步') await page.getByText('本机存了两份').waitFor()
    }
    await page.keyboard.press('Control+Enter')
    await page
      .getByText(/待上传/)
      .first()
      .waitFor()
    await stage.centre.start()
    const rows = await until(
      'the record to arrive',
      async () => {
        const found = await recordsOf(number)
        return found[0]?.body.form ? found : null
      },
      60_000,
    )
    expect(rows).toHaveLength(1)
    expect(rows[0]).toMatchObject({ ended_by: 'caller', body: { form: { callerName: name } } })
    expect(await page.locator('img[src=x]').count()).toBe(0)
  })

  test('[STORE-3] [SEAT-12] a page reload between ring and filing loses nothing', async () => {
    const number = madeUpNumber()
    const caller = await callQueue(stage.pbx, { number })
    await answerButton().waitFor()
    await page.keyboard.press('F2')
    await isTalking()
    const form = page.getByRole('tabpanel')
    await form.getByRole('textbox', { name: '来电人', exact: true }).fill('周示例')
    const before = await draftBytes()
    // Longer than all the rest of a draft: once so much more lies there it is this that was added.
    const cause = `产假工资少发${'，单位说没有钱'.repeat(100)}`
    await form.getByRole('textbox', { name: '起因' }).fill(cause)
    await until(
      'the words to be on disk',
      async () => (await draftBytes()) >= before + Buffer.byteLength(cause),
    )
    await page.reload()
    await page.getByRole('navigation').waitFor()
    await caller.ended
    // [SEAT-12] The queue does not ring an agent in the middle of a form: wrap-up, with that form in front.
    await page.getByRole('button', { name: /话后整理/ }).waitFor()
    await form.getByRole('textbox', { name: '起因' }).waitFor()
    await seat.shot('08-after-reload')
    await expect.poll(() => form.getByRole('textbox', { name: '起因' }).inputValue()).toBe(cause)
    await writeForm(page, { name: '周示例', cause: '产假工资少发', told: '按产前平均工资发，先找单位要明细' })
    await page.keyboard.press('Control+Enter')
    const rows = await until('the record to arrive', async () => {
      const found = await recordsOf(number)
      return found[0]?.body.form ? found : null
    })
    expect(rows).toHaveLength(1)
    expect(rows[0]?.body.form).toMatchObject({ callerName: '周示例', cause: '产假工资少发' })
    // Nobody pressed the end key: the program stopped.
    expect(rows[0]).toMatchObject({ ended_by: 'system', outcome: 'interrupted' })
  })

  test('[E01] [E07] nothing broke the page, its policy, or left for a stranger', () => {
    expect(seat.faults).toEqual([])
  })
})
