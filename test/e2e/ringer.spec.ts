// The seat's own sounds in a real browser: how loud, and on which device.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { anAccount } from '../makers/anAccount.ts'
import { until } from '../pbx/until.ts'
import { openSeatPage, type SeatPage } from './phonePage.ts'

let seat: SeatPage
let devices: string[] = []

beforeAll(async () => {
  seat = await openSeatPage(anAccount(['ws://127.0.0.1:9/ws']), 1000)
  devices = await seat.run(async () => {
    await navigator.mediaDevices.getUserMedia({ audio: true })
    const all = await navigator.mediaDevices.enumerateDevices()
    return all
      .filter(({ kind, deviceId }) => kind === 'audiooutput' && deviceId !== 'default')
      .map(({ deviceId }) => deviceId)
  })
})
afterAll(() => seat.close())

const loud = () => seat.run((page) => page.plays().find(({ peak }) => peak > 0.05))

test('[PHONE-28] it rings on the ring device until stopped', async () => {
  const [ring = ''] = devices
  expect(ring).not.toBe('')
  await seat.run((page, id) => {
    page.sounds.ringer = id
    page.ringer.start()
    page.ringer.start()
  }, ring)
  await until('the ring', loud)
  await until('the ring device', async () => (await seat.run((page) => page.plays()))[0]?.device === ring)
  expect(await seat.run((page) => page.plays().length)).toBe(1)
  await seat.run((page) => page.ringer.stop())
  await until('silence', async () => (await seat.run((page) => page.plays().length)) === 0)
})

test('[PHONE-28] a ring device that is gone: it rings on the system’s own', async () => {
  await seat.run((page) => {
    page.sounds.ringer = 'unplugged'
    page.ringer.start()
  })
  expect((await until('the ring', loud)).device).toBe('')
  await seat.run((page) => page.ringer.stop())
})

test('[PHONE-28] the tick is one short sound in the headset, over by itself', async () => {
  const before = await seat.run((page) => page.soundsMade())
  const [, headset = devices[0] ?? ''] = devices
  await seat.run((page, id) => {
    page.sounds.speaker = id
    page.ringer.tick()
  }, headset)
  await until('the tick to be over', async () => (await seat.run((page) => page.plays().length)) === 0)
  expect(await seat.run((page) => page.soundsMade())).toBe(before + 1)
  expect(await seat.run((page) => page.routed.at(-1))).toBe(headset)
})
