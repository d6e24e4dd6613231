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
    page.ringer.start('queue')
    page.ringer.start('queue')
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
    page.ringer.start('queue')
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

test('[AUDIO-7] each kind of call rings in the tone and loudness chosen for it', async () => {
  const peakOf = async (kind: string, volume: number) => {
    await seat.run(
      (page, words) => {
        const { ring, loud } = JSON.parse(words)
        page.sounds.ringer = ''
        page.sounds.rings = { ...page.sounds.rings, [ring]: { tone: 'pulse', volume: loud } }
        page.ringer.start(ring)
      },
      JSON.stringify({ ring: kind, loud: volume }),
    )
    await until('the ring', () => seat.run((page) => page.plays().find((one) => one.peak > 0.02)))
    // Three short notes in a round of 2.4 s: over a whole round and in the page, so that one of them is met.
    const peak = await seat.run(async (page) => {
      let loudest = 0
      for (const end = performance.now() + 2_600; performance.now() < end;) {
        loudest = Math.max(loudest, ...page.plays().map((one) => one.peak))
        await new Promise((resolve) => setTimeout(resolve, 10))
      }
      return loudest
    })
    await seat.run((page) => page.ringer.stop())
    return peak
  }
  const loud = await peakOf('internal', 1)
  const soft = await peakOf('second', 0.25)
  expect(loud).toBeGreaterThan(0.3)
  expect(soft / loud).toBeLessThan(0.4)
})

test('[AUDIO-11] a ring that gives way to another before it was heard leaves the other one only', async () => {
  await seat.run((page) => {
    const tone = { tone: 'pulse' as const, volume: 1 }
    page.sounds.rings = { ...page.sounds.rings, queue: tone, second: { ...tone, volume: 0.1 } }
    page.ringer.start('queue')
    page.ringer.stop()
    page.ringer.start('second')
  })
  await until('the ring', () => seat.run((page) => page.plays().find(({ peak }) => peak > 0.01)))
  for (let n = 0; n < 10; n += 1)
    for (const { peak } of await seat.run((page) => page.plays())) expect(peak).toBeLessThan(0.1)
  await seat.run((page) => page.ringer.stop())
})

test('[AUDIO-8] the beep is over before it says so, and sounds in the headset', async () => {
  const [, headset = devices[0] ?? ''] = devices
  const took = await seat.run(async (page, id) => {
    page.sounds.speaker = id
    const from = performance.now()
    await page.ringer.beep()
    return performance.now() - from
  }, headset)
  expect(took).toBeGreaterThan(350)
  expect(took).toBeLessThan(3_000)
  expect(await seat.run((page) => page.routed.at(-1))).toBe(headset)
})
