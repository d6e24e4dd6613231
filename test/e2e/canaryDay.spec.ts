// A working day with 200 made-up people whose names, numbers and identity numbers nobody else has, through the built
// desk in a real Chromium with its profile on disk: their calls pulled, searched, opened, three of them on the line; forms
// filed, dispatched and left half written; signed out, and the next person on the same seat. Afterwards none of them is
// to be found in any file of the profile, or what was half written on the next person's desk.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { Session } from '../../contract/session.ts'
import type { CallRecord } from '../../contract/softphone.ts'
import { aForm } from '../makers/forms.ts'
import { callQueue } from '../pbx/caller.ts'
import { until } from '../pbx/until.ts'
import { aCallOf } from '../server/aCentre.ts'
import { searchProfile, waysToWrite } from './profileSearch.ts'
import type { SeatWindow } from './seatWindow.ts'
import { openSeat, signIn } from './seatWindow.ts'
import type { Stage } from './stage.ts'
import { openStage } from './stage.ts'

const people = Array.from({ length: 200 }, (_, n) => ({
  name: `龘靐${String.fromCodePoint(0x5000 + n)}`,
  number: `13900006${String(100 + n)}`,
  contact: `13900008${String(100 + n)}`,
  identity: `110000199990${String(100_000 + n)}`,
}))
type Person = (typeof people)[number]
/** What all of them have in common, and numbers backwards as an index would hold them. */
const stems = ['龘靐', '13900006', '13900008', '60000931', '80000931', '110000199990']
/** Written into the profile on purpose. */
const control = people.map(({ name }) => name.replace('龘靐', '龖靁'))

let stage: Stage
let folder: string
let seat: SeatWindow
const profile = () => join(folder, 'profile')

const ask = async <T>(path: string, body: unknown, schema: z.ZodType<T>, token?: string): Promise<T> => {
  const response = await fetch(stage.centre.address + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
    body: JSON.stringify(body),
  })
  return z.object({ ok: z.literal(true), value: schema }).parse(await response.json()).value
}
const callOf = ({ name, number, contact, identity }: Person): CallRecord =>
  aCallOf('1002', {
    number,
    form: aForm({
      callerName: name,
      contactNumber: contact,
      cause: `${name}，证件 ${identity}`,
      category: 'TS',
      topic: 'CYJC',
      disposition: 'DF',
    }),
  })

beforeAll(async () => {
  stage = await openStage()
  folder = mkdtempSync(join(tmpdir(), 'canary-'))
  const session = await ask(
    '/api/session/open',
    { account: '1002', password: stage.centre.passwordOf('1002') },
    Session,
  )
  const items = people.map((person) => ({ kind: 'call', body: callOf(person) }))
  const { verdicts } = await ask(
    '/api/sync/push',
    { clientNow: Date.now(), items },
    z.object({ verdicts: z.array(z.object({ verdict: z.string() })) }),
    session.token,
  )
  if (verdicts.some(({ verdict }) => verdict !== 'stored')) throw new Error('the centre refused one of them')
  seat = await openSeat(folder, stage.centre, {})
  await signIn(seat.page, '1001', stage.centre.passwordOf('1001'))
  await stage.pbx.untilRegistered('1001')
})
afterAll(async () => {
  await seat.close()
  await stage.close()
  rmSync(folder, { recursive: true, force: true })
})

const visit = async (name: string): Promise<void> => {
  await seat.page.getByRole('link', { name: new RegExp(`${name}$`) }).click()
  await seat.page.getByRole('heading', { level: 1, name }).waitFor()
}
const rows = () => seat.page.getByRole('grid', { name: '通话记录列表' }).getByRole('row')
const form = () => seat.page.getByRole('tabpanel')

const onTheLine = async (person: Person): Promise<void> => {
  const { page } = seat
  const caller = await callQueue(stage.pbx, { number: person.number, name: person.name })
  await page.getByRole('button', { name: /接听/ }).waitFor()
  await page.keyboard.press('F2')
  // The queue has taken the call long before: only an agent's answer makes a form.
  await page
    .getByRole('button', { name: /通话中/ })
    .first()
    .waitFor()
  await caller.hangUp()
  await form().getByRole('textbox', { name: '来电人', exact: true }).fill(person.name)
  await form().getByRole('textbox', { name: '起因' }).fill(`${person.name}，证件 ${person.identity}`)
}
const choose = async (field: string, option: string): Promise<void> => {
  await form().getByRole('combobox', { name: field }).fill(option)
  await seat.page.getByRole('option', { name: option, exact: true }).click()
}
const atCentre = (table: 'call_records' | 'tickets', person: Person) =>
  until(`${person.number} at the centre`, async () => {
    const found = await stage.query(
      table === 'tickets'
        ? `select 1 from tickets where dispatch ->> 'callerName' = $1`
        : `select 1 from call_records where agent = '1001' and body -> 'form' ->> 'callerName' = $1`,
      [person.name],
    )
    return found.length > 0
  })
const signOut = async (): Promise<void> => {
  await seat.page.getByRole('button', { name: /切换状态/ }).click()
  await seat.page.getByRole('menuitem', { name: /签出/ }).click()
  await seat.page.getByLabel('密码', { exact: true }).waitFor()
}
const [first, second, third] = people
if (!first || !second || !third) throw new Error('three of them call')

describe('a day with 200 people nobody else knows', () => {
  test('[STORE-7] their calls are found by name, by number and by its end, and opened', async () => {
    await visit('通话记录')
    const box = seat.page.getByRole('textbox', { name: '号码尾号、姓名' })
    const finds = async (text: string, count: number): Promise<void> => {
      await box.fill(text)
      await seat.page.getByText(`找到 ${count} 通`).waitFor()
    }
    await finds('龘靐', 200)
    for (const { name, number } of people.slice(0, 20)) {
      await finds(name, 1)
      await finds(number, 1)
      await finds(number.slice(-6), 1)
    }
    await rows().nth(1).click()
    await seat.page.getByRole('heading', { level: 2 }).first().waitFor()
    await box.fill('')
  })

  test('[D05] three of them call: one filed, one dispatched, one left half written', async () => {
    await visit('工作台')
    const { page } = seat
    await onTheLine(first)
    await form().getByRole('radio', { name: '问题咨询' }).check()
    await choose('主题', '劳动报酬')
    await choose('处置', '当场答复')
    await form().getByRole('textbox', { name: '告知职工' }).fill(`已告知 ${first.name}`)
    await page.keyboard.press('Control+Enter')
    await atCentre('call_records', first)

    await onTheLine(second)
    const words = {
      单位: '示例公司',
      时间: '上个月',
      地址: '示例路 9 号',
      经过: second.name,
      告知职工: '一个工作日内联系',
    }
    for (const [name, text] of Object.entries(words))
      await form().getByRole('textbox', { name, exact: true }).fill(text)
    await form().getByRole('radio', { name: '服务帮扶' }).check()
    await choose('主题', '困难帮扶')
    await choose('处置', '派单')
    await page.keyboard.press('Control+Enter')
    await atCentre('tickets', second)

    await onTheLine(third)
    // A pause in typing, and the form is on the disk.
    await page.waitForTimeout(1_500)
  })

  test('[D01] [F76] in the middle of the day nothing of them lies in the profile', () => {
    expect(searchProfile(profile(), stems)).toEqual([])
  })

  test('[D05] [F69] the next person on the seat sees nothing of what the last one left', async () => {
    const { page } = seat
    await signOut()
    await signIn(page, '1003', stage.centre.passwordOf('1003'))
    await visit('工作台')
    await seat.settled()
    expect(await page.getByText(third.name).count()).toBe(0)
    await visit('通话记录')
    // As a call of the centre it is known to every seat; as a half-written form to nobody.
    await page.getByRole('textbox', { name: '号码尾号、姓名' }).fill(third.name)
    await page.getByText('找到 1 通').waitFor()
    await signOut()
  })

  test('[D05] a handler in the same browser leaves half a reply', async () => {
    const { page } = seat
    await signIn(page, '3001', stage.centre.passwordOf('3001'))
    await page
      .getByRole('button', { name: new RegExp(`^打开工单.*`) })
      .filter({ hasText: second.name })
      .first()
      .click()
    await page.getByRole('button', { name: /^签收/ }).click()
    const reply = page.getByRole('textbox', { name: /办理|反馈|结果/ })
    await reply.fill(`已联系 ${second.name}，证件 ${second.identity}`)
    await page.waitForTimeout(500)
    await page.reload()
    await page
      .getByRole('button', { name: new RegExp(`^打开工单.*`) })
      .filter({ hasText: second.name })
      .first()
      .click()
    await until('the reply to be back', async () => (await reply.inputValue()).includes(second.identity))
  })

  test('[STORE-13] [D01] [D03] [D08] [F76] after the day nothing of them lies in any file of the profile, nor the telephone’s secret', async () => {
    const secret = stage.pbx.secrets['1001'] ?? ''
    expect(secret).not.toBe('')
    // The check finds what lies in clear, in this very profile.
    await seat.page.evaluate(async (names) => {
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const asked = indexedDB.open('control', 1)
        asked.onupgradeneeded = () => asked.result.createObjectStore('names', { autoIncrement: true })
        asked.onsuccess = () => resolve(asked.result)
        asked.onerror = () => reject(asked.error ?? new Error('control'))
      })
      for (const name of names) {
        const writing = database.transaction('names', 'readwrite', { durability: 'strict' })
        writing.objectStore('names').put({ name })
        await new Promise((resolve) => (writing.oncomplete = resolve))
      }
      database.close()
    }, control)
    await seat.close()
    const planted = new Set(searchProfile(profile(), control).map(({ word }) => word))
    expect(planted.size).toBe(control.length)
    expect(searchProfile(profile(), [...stems, secret])).toEqual([])
  })

  test('the check knows every way of writing', () => {
    for (const word of ['龘靐', '13900006'])
      for (const [way, bytes] of waysToWrite(word)) {
        expect(bytes.length, way).toBeGreaterThanOrEqual(4)
      }
    const encoded = ['', 'x', 'xx'].map((lead) => Buffer.from(`${lead}13900006123`).toString('base64'))
    const parts = [...waysToWrite('13900006')].filter(([way]) => way.startsWith('base64'))
    expect(encoded.every((text) => parts.some(([, part]) => text.includes(part.toString())))).toBe(true)
    expect([...(waysToWrite('工').get('GBK') ?? [])]).toEqual([0xb9, 0xa4])
  })
})
