// The headset pulled out and plugged in again in a live call, its mute key, a dead microphone, and blocked voice ports:
// the real telephone in a real browser on the real PBX. Only the pulling is played: the browser's devices cannot be.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { CallId } from '../../contract/ids.ts'
import type { PhoneEvent } from '../../core/softphone/phoneEvent.ts'
import { callQueue } from '../pbx/caller.ts'
import { startPbx, type Pbx } from '../pbx/pbx.ts'
import { until } from '../pbx/until.ts'
import { accountOf, openSeatPage, type SeatPage } from './phonePage.ts'

const WORKER = 440
const SEAT = 1000
const plain = { echoCancellation: false, noiseSuppression: false, autoGainControl: false }

let pbx: Pbx
let seat: SeatPage
let microphones: string[] = []
let speakers: string[] = []

beforeAll(async () => {
  pbx = await startPbx({ members: ['1001'] })
  seat = await openSeatPage(accountOf(pbx, '1001'), SEAT)
  await seat.register()
  const list = await until('the devices', async () => {
    const all = (await seat.run((page) => page.list())).filter(({ label }) => label !== '')
    return all.length > 0 ? all.filter(({ deviceId }) => deviceId !== 'default') : null
  })
  const of = (kind: string) => list.filter((one) => one.kind === kind).map(({ deviceId }) => deviceId)
  microphones = of('audioinput')
  speakers = of('audiooutput')
})
afterAll(async () => {
  await seat.close()
  await pbx.stop()
})
beforeEach(async () => {
  await pbx.rx('channel request hangup all')
  await pbx.untilQuiet()
})

const use = (devices: { microphone: string | null; speaker: string | null }) =>
  seat.run(
    (page, words) => page.phone.useDevices(JSON.parse(words)),
    JSON.stringify({ ...devices, ...plain }),
  )
const pull = (id: string) => seat.run((page, device) => page.plug(device, false), id)
const plugIn = (id: string) => seat.run((page, device) => page.plug(device, true), id)

type Told<T extends PhoneEvent['type']> = Extract<PhoneEvent, { type: T }>
const told = async <T extends PhoneEvent['type']>(type: T, from: number): Promise<Told<T>[]> =>
  (await seat.events()).slice(from).filter((event): event is Told<T> => event.type === type)

async function talking() {
  const from = await seat.count()
  const caller = await callQueue(pbx, { to: '1001' })
  const { call } = await seat.next('offered', { after: from })
  await seat.run((page, id) => void page.answer(id), call.callId)
  await seat.next('connected', { after: from })
  await seat.untilHears(WORKER)
  return { caller, callId: call.callId, from }
}
const hangUp = async (callId: CallId) => {
  await seat.run((page, id) => page.phone.hangUp(id as CallId), callId)
  await pbx.untilQuiet()
}

test('[F72] [AUDIO-3] the microphone pulled out in a call: the next one speaks within 2 s and is told; plugged in, it is back', async () => {
  const [mine = ''] = microphones
  expect(microphones.length).toBeGreaterThan(1)
  await use({ microphone: mine, speaker: null })
  const { callId, from } = await talking()
  const pulledAt = await seat.run(() => performance.now())
  await pull(mine)
  const gone = await until('another microphone', async () =>
    (await told('microphoneChanged', from)).find(({ moved }) => moved === 'gone'),
  )
  expect(gone).toMatchObject({ microphone: 'live' })
  expect(gone.label).not.toBe('')
  expect(gone.tick - pulledAt).toBeLessThan(2_000)
  await until('it to speak', () => seat.run((page) => page.sending().includes(true)))
  await plugIn(mine)
  await until(
    'the own one back',
    async () => (await told('microphoneChanged', from)).at(-1)?.moved === 'back',
  )
  await until('it to speak', () => seat.run((page) => page.sending().includes(true)))
  await seat.untilHears(WORKER)
  expect(await told('ended', from)).toEqual([])
  await hangUp(callId)
})

test('[F72] [AUDIO-4] the ear pulled out in a call: no voice on what is left until the agent agrees; plugged in, it plays there', async () => {
  const [mine = '', other = ''] = speakers
  expect(other).not.toBe('')
  await use({ microphone: null, speaker: mine })
  const { callId, from } = await talking()
  await until('the voice on the chosen ear', () => seat.run((page, id) => page.earOf() === id, mine))
  await pull(mine)
  const { ear } = await until('the question', async () =>
    (await told('earChanged', from)).find((event) => event.ear.is === 'asks'),
  )
  expect(await seat.run((page) => page.playing())).toBe(0)
  await plugIn(mine)
  await until('the voice to be back', async () => (await seat.run((page) => page.playing())) === 1)
  await until('the voice on its own ear', () => seat.run((page, id) => page.earOf() === id, mine))
  expect((await told('earChanged', from)).at(-1)).toMatchObject({ moved: 'back' })
  await pull(mine)
  await until('silence', async () => (await seat.run((page) => page.playing())) === 0)
  const allowed = ear.is === 'asks' ? ear.id : ''
  await seat.run((page, id) => page.phone.hearOn(id), allowed)
  await until('the voice where it was agreed', async () => (await seat.run((page) => page.playing())) === 1)
  await until('the agreed ear', () => seat.run((page, id) => page.earOf() === id, allowed))
  await seat.untilHears(WORKER)
  await hangUp(callId)
  await plugIn(mine)
  await use({ microphone: null, speaker: null })
})

test('[F74] the mute key of the headset: told when it is pressed and when it is let go', async () => {
  const from = await seat.count()
  await seat.run((page) => page.muteKey(true))
  await until('muted', async () => (await told('microphoneChanged', from)).at(-1)?.microphone === 'muted')
  await seat.run((page) => page.muteKey(false))
  await until('live', async () => (await told('microphoneChanged', from)).at(-1)?.microphone === 'live')
})

test('[F75] [AUDIO-1] a microphone that gives nothing while the worker speaks is told within 5 s, and over with the first sound', async () => {
  const { callId, from } = await talking()
  await until('a first figure', async () => (await told('qualityMeasured', from)).length > 0)
  const silentAt = await seat.run((page) => {
    page.deaden(true)
    return performance.now()
  })
  const unsaid = await until(
    'the warning',
    async () => (await told('qualityMeasured', from)).find(({ quality }) => quality.said === false),
    9_000,
  )
  expect(unsaid.tick - silentAt).toBeLessThan(6_500)
  await seat.run((page) => page.deaden(false))
  await until(
    'it to be over',
    async () => (await told('qualityMeasured', from)).at(-1)?.quality.said === true,
  )
  await hangUp(callId)
  expect((await told('qualityMeasured', from)).at(-1)?.quality).toMatchObject({ said: false, heard: true })
})

test('[F07] [AUDIO-6] voice ports that are open are found open in a moment, blocked ones are told before the first call', async () => {
  expect(await seat.run((page) => page.phone.tryVoicePath('600'))).toBe('open')
  await pbx.untilQuiet()
  await seat.run((page) => void (page.blocksVoice = true))
  expect(await seat.run((page) => page.phone.tryVoicePath('600'))).toBe('blocked')
  await seat.run((page) => void (page.blocksVoice = false))
  expect(await seat.run((page) => page.phone.tryVoicePath('77777'))).toBe('untried')
})
