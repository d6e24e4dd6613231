// 设备自检 at the door, before anybody has signed in: what works is shown, what is in the way is said in a sentence.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { SeatOptions, SeatWindow } from './seatWindow.ts'
import { openSeat } from './seatWindow.ts'
import type { Stage } from './stage.ts'
import { openPractice } from './stage.ts'

let hall: Pick<Stage, 'centre' | 'openSeat' | 'close'>
let folder: string
let opened = 0
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'door-'))
  hall = await openPractice()
})
afterAll(async () => {
  await hall.close()
  rmSync(folder, { recursive: true, force: true })
})

const atTheDoor = async (options: SeatOptions): Promise<SeatWindow> => {
  opened += 1
  const seat = await openSeat(join(folder, `seat-${opened}`), hall.centre, options)
  await seat.page.getByRole('button', { name: '设备自检' }).click()
  await seat.page.getByRole('dialog', { name: '设备自检' }).waitFor()
  return seat
}

test('[AUDIO-9] without an account one sees the level, hears oneself, a note and the rings', async () => {
  const seat = await atTheDoor({})
  const check = seat.page.getByRole('dialog', { name: '设备自检' })
  await check.getByRole('button', { name: '试麦克风' }).click()
  await check.getByText('音量好').waitFor()
  await seat.shot('device-check')
  await check.getByRole('button', { name: '听自己的声音' }).click()
  await check.getByText('放完了：听得清楚').waitFor()
  await check.getByRole('combobox', { name: '响铃设备' }).waitFor()
  expect(seat.faults).toEqual([])
  await seat.close()
})

const refusing = {
  denied: () => {
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', 'NotAllowedError'))
  },
  busy: () => {
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', 'NotReadableError'))
  },
}

for (const [why, sentence] of [
  ['denied', '没有麦克风权限'],
  ['busy', '麦克风被别的程序占用'],
] as const)
  test(`[F73] [AUDIO-9] a microphone that is ${why} is said before anybody signs in`, async () => {
    const seat = await atTheDoor({ before: refusing[why] })
    const check = seat.page.getByRole('dialog', { name: '设备自检' })
    await check.getByRole('button', { name: '听自己的声音' }).click()
    await check.getByRole('alert').filter({ hasText: sentence }).waitFor()
    await seat.close()
  })
