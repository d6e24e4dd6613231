// An agent whose account is closed with a worker on the line: built desk, real PBX, the browser's profile on disk. Nobody
// is cut off; afterwards the door says why, the profile holds nothing of the caller and no key, and the call reaches the
// centre as its agent's from the next person's seat.
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { disableAccount } from '../../server/accounts.ts'
import { aFile } from '../makers/files.ts'
import type { Caller } from '../pbx/caller.ts'
import { callQueue } from '../pbx/caller.ts'
import { until } from '../pbx/until.ts'
import { searchProfile } from './profileSearch.ts'
import type { SeatWindow } from './seatWindow.ts'
import { openSeat, signIn } from './seatWindow.ts'
import type { Stage } from './stage.ts'
import { openStage } from './stage.ts'

const person = { name: '龘靐龗', number: '13900006111', identity: '110000199990100001' }
/** Three chunks and a bit. */
const photo = Buffer.from(aFile(600_000, 91))
const closed = '账号已停用，请联系管理员'

let stage: Stage
let folder: string
let seat: SeatWindow
let caller: Caller
beforeAll(async () => {
  stage = await openStage()
  folder = mkdtempSync(join(tmpdir(), 'closed-'))
  seat = await openSeat(folder, stage.centre, {})
  await signIn(seat.page, '1001', stage.centre.passwordOf('1001'))
  await stage.pbx.untilRegistered('1001')
  await until('the queue to have the seat', async () =>
    (await stage.pbx.members()).some(({ number, paused }) => number === '1001' && !paused),
  )
})
afterAll(async () => {
  await seat.close()
  await stage.close()
  rmSync(folder, { recursive: true, force: true })
})

const form = () => seat.page.getByRole('tabpanel')
const choose = async (field: string, option: string): Promise<void> => {
  await form().getByRole('combobox', { name: field }).fill(option)
  await seat.page.getByRole('option', { name: option, exact: true }).click()
}
const sealedFor = () =>
  seat.page.evaluate(
    () =>
      new Promise<string[]>((resolve) => {
        const asked = indexedDB.open('hotline-door')
        asked.onsuccess = () => {
          const all = asked.result.transaction('seals').objectStore('seals').getAll()
          all.onsuccess = () => resolve(all.result.map((row: { account: string }) => row.account))
          asked.result.close()
        }
      }),
  )
const formsAtCentre = () =>
  stage.query<{ agent: string }>(
    `select agent from call_records where body -> 'form' ->> 'callerName' = $1`,
    [person.name],
  )

describe('closed with a worker on the line', () => {
  test('[SESSION-15] [D05] the worker talks on, and nobody is cut off', async () => {
    const { page } = seat
    caller = await callQueue(stage.pbx, { number: person.number, name: person.name })
    await page.getByRole('button', { name: /接听/ }).waitFor()
    await page.keyboard.press('F2')
    await caller.answered()
    expect(await sealedFor()).toEqual(['1001'])
    await disableAccount(
      { rows: stage.query, script: () => Promise.reject(new Error('no')) },
      '1001',
      Date.now(),
    )
    await page.getByText('本账号已停用').first().waitFor()
    // The seal is gone while they still talk.
    await expect.poll(sealedFor).toEqual([])
    let isOver = false
    void caller.ended.then(() => (isOver = true))
    await form().getByRole('textbox', { name: '来电人', exact: true }).fill(person.name)
    await form().getByRole('textbox', { name: '起因' }).fill(`${person.name}，证件 ${person.identity}`)
    await form().getByRole('radio', { name: '问题咨询' }).check()
    await choose('主题', '劳动报酬')
    await choose('处置', '当场答复')
    await form().getByRole('textbox', { name: '告知职工' }).fill(`已告知 ${person.name}`)
    const file = { name: `${person.name}的合同.jpg`, mimeType: 'image/jpeg', buffer: photo }
    await form().locator('input[type=file]').setInputFiles(file)
    await form().getByText('存在本机，待上传').waitFor()
    await page.waitForTimeout(10_000)
    expect(isOver).toBe(false)
    await caller.hangUp()
    // The form is theirs to finish.
    await page.waitForTimeout(2_000)
    expect(await page.getByLabel('密码', { exact: true }).count()).toBe(0)
  })

  test('[SESSION-15] the form is filed, and the door says why', async () => {
    await seat.page.keyboard.press('Control+Enter')
    await seat.page.getByText(closed).waitFor()
    await seat.page.getByLabel('密码', { exact: true }).waitFor()
    expect(await formsAtCentre()).toEqual([])
    expect(await sealedFor()).toEqual([])
  })

  test('[SESSION-13] [SESSION-14] at the door: the right password is told so, another one not', async () => {
    const { page } = seat
    const tries = async (password: string) => {
      await page.getByRole('textbox', { name: '工号' }).fill('1001')
      await page.getByLabel('密码', { exact: true }).fill(password)
      await page.getByRole('button', { name: '签入' }).click()
    }
    await tries('guess-made-up')
    await page.getByText('工号或密码不对').waitFor()
    expect(await page.getByText(closed).count()).toBe(0)
    await tries(stage.centre.passwordOf('1001'))
    await page.getByText(closed).waitFor()
  })

  test('[STORE-23] [HAND-4] [D05] the next person carries the call and its photo as its agent’s, and sees nothing half done', async () => {
    await signIn(seat.page, '1003', stage.centre.passwordOf('1003'))
    await until('the call at the centre', async () => (await formsAtCentre()).length > 0, 30_000)
    expect(await formsAtCentre()).toEqual([{ agent: '1001' }])
    const whole = () => stage.query(`select agent, sha256 from attachments where whole_at is not null`)
    const sha256 = createHash('sha256').update(photo).digest('hex')
    await expect.poll(whole, { timeout: 30_000 }).toEqual([{ agent: '1001', sha256 }])
    expect(await sealedFor()).toEqual(['1003'])
  })

  test('[STORE-13] [D01] [D05] [D08] nothing of the caller lies in any file of the profile, nor the telephone’s secret', async () => {
    await seat.close()
    const secret = stage.pbx.secrets['1001'] ?? ''
    expect(secret).not.toBe('')
    const words = [person.name, person.number, person.identity, secret]
    expect(searchProfile(join(folder, 'profile'), words)).toEqual([])
  })
})
