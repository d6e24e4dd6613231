// The telephone when network, PBX, page or microphone fail, on the real PBX in a real browser.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { CallId } from '../../contract/ids.ts'
import { callQueue, type CallOptions } from '../pbx/caller.ts'
import { startPbx, type Pbx } from '../pbx/pbx.ts'
import { startTcpRelay, type TcpRelay } from '../pbx/tcpRelay.ts'
import { until } from '../pbx/until.ts'
import { accountOf, lastLink, openSeatPage, type SeatPage } from './phonePage.ts'

const WORKER = 440
const SEAT = 1000

let pbx: Pbx
let relay: TcpRelay
let seat: SeatPage

beforeAll(async () => {
  pbx = await startPbx({ members: ['1001'] })
  relay = await startTcpRelay({ host: pbx.host, port: pbx.wsPort })
  seat = await openSeatPage(accountOf(pbx, '1001', [relay.through(pbx.wsUrl)]), SEAT)
  await seat.register()
})
afterAll(async () => {
  await seat.close()
  await relay.close()
  await pbx.stop()
})
beforeEach(async () => {
  await relay.heal()
  await pbx.rx('channel request hangup all')
  await until('the seat to be registered', async () => lastLink(await seat.events()) === 'registered', 15_000)
  await pbx.untilQuiet()
})

async function talking(options: CallOptions = {}, at: SeatPage = seat) {
  const from = await at.count()
  const caller = await callQueue(pbx, { to: at.account.extension, ...options })
  const { call } = await at.next('offered', { after: from })
  await at.run((page, id) => void page.answer(id), call.callId)
  await at.next('connected', { after: from })
  // The seat may know of the answer a moment before the caller does.
  await caller.answered()
  return { caller, callId: call.callId, from }
}

const endOf = (callId: string, withinMs: number) =>
  until(
    'the end of this call',
    async () => (await seat.events()).find((event) => event.type === 'ended' && event.callId === callId),
    withinMs,
  )

const microphones = async (at: SeatPage, from = 0) =>
  (await at.events()).slice(from).flatMap((event) => (event.type === 'microphoneChanged' ? [event] : []))

const linksAfter = async (from: number) =>
  (await seat.events()).slice(from).flatMap((event) => (event.type === 'linkChanged' ? [event] : []))

describe('the network', () => {
  test('[F06] a black hole in a call is found within 4 s, sound never stops, and the end still arrives', async () => {
    const { caller, callId, from } = await talking()
    await seat.untilHears(WORKER)
    relay.hole('existing')
    const holedAt = Date.now()
    await until('registered again', async () => (await linksAfter(from)).at(-1)?.link.link === 'registered')
    expect(Date.now() - holedAt).toBeLessThan(5_000)
    await seat.untilHears(WORKER)
    await caller.hangUp()
    expect(await seat.next('ended', { after: from })).toMatchObject({ callId, by: 'them' })
  })

  test('[F02] the cable out for 5 s in a call: same call, sound back, ended by whoever ends it', async () => {
    const { caller, callId, from } = await talking()
    await seat.untilHears(WORKER)
    await relay.down()
    await until('disconnected', async () => (await linksAfter(from)).at(-1)?.link.link === 'disconnected')
    await new Promise((resolve) => setTimeout(resolve, 5_000))
    await relay.heal()
    const healedAt = Date.now()
    await until('registered again', async () => (await linksAfter(from)).at(-1)?.link.link === 'registered')
    expect(Date.now() - healedAt).toBeLessThan(5_000)
    await seat.untilHears(WORKER)
    await caller.hangUp()
    expect(await seat.next('ended', { after: from })).toMatchObject({ callId, by: 'them' })
    expect((await seat.events()).slice(from).filter(({ type }) => type === 'offered')).toHaveLength(1)
  })

  test('[F01] the line lost while it rings: it rings on and is answered over the next connection', async () => {
    const from = await seat.count()
    const caller = await callQueue(pbx, { to: '12351' })
    const { call } = await seat.next('offered', { after: from })
    relay.cut()
    await until('registered again', async () => (await linksAfter(from)).at(-1)?.link.link === 'registered')
    await seat.run((page, id) => void page.answer(id), call.callId)
    await seat.next('connected', { after: from })
    await seat.untilHears(WORKER)
    await caller.hangUp()
    expect(await seat.next('ended', { after: from })).toMatchObject({ callId: call.callId, by: 'them' })
  })

  test('[F25] [AUDIO-2] a worker whose voice does not arrive is told within 5 s', async () => {
    const { caller, from } = await talking({ mute: true })
    const unheard = await until(
      'unheard',
      async () =>
        (await seat.events())
          .slice(from)
          .find((event) => event.type === 'qualityMeasured' && !event.quality.heard),
      9_000,
    )
    const connected = await seat.next('connected', { after: from })
    expect(unheard.tick - connected.tick).toBeLessThan(5_500)
    await caller.hangUp()
  })
})

describe('the PBX', () => {
  test('[F15] killed in a call and back: the call is ended by nobody within 15 s, and the seat registers again', async () => {
    const { callId } = await talking()
    await seat.untilHears(WORKER)
    const killedAt = await seat.run(() => performance.now())
    await pbx.kill()
    await pbx.restart()
    const ended = await endOf(callId, 15_000)
    expect(ended).toMatchObject({ by: null })
    // By the seat's own clock: how long the PBX takes to come up is another matter.
    expect(ended.tick - killedAt).toBeLessThan(15_000)
    await pbx.untilRegistered('1001')
  })

  test('[PHONE-54] stopped for a moment while the worker hangs up: who ended the call is told', async () => {
    const { caller, callId, from } = await talking()
    await seat.untilHears(WORKER)
    process.kill(pbx.pid(), 'SIGSTOP')
    let gone: Promise<unknown> | null = null
    try {
      await until('disconnected', async () => (await linksAfter(from)).at(-1)?.link.link === 'disconnected')
      gone = caller.hangUp()
    } finally {
      process.kill(pbx.pid(), 'SIGCONT')
      await gone
    }
    expect(await endOf(callId, 5_000)).toMatchObject({ by: 'them' })
  })

  test('[F15] killed in a call and gone: the call is ended by nobody within 15 s', async () => {
    const { callId } = await talking()
    await seat.untilHears(WORKER)
    const killedAt = await seat.run(() => performance.now())
    await pbx.kill()
    const ended = await endOf(callId, 20_000)
    expect(ended).toMatchObject({ by: null })
    expect(ended.tick - killedAt).toBeLessThan(15_500)
    await pbx.restart()
    await pbx.untilRegistered('1001', 15_000)
  })

  test('[F17] a wrong secret: told, not tried again; the right one registers', async () => {
    const other = await openSeatPage({ ...accountOf(pbx, '1002'), password: 'not the one' }, SEAT)
    await other.run((page, account) => page.phone.connect(JSON.parse(account)), JSON.stringify(other.account))
    const told = await until('notRegistered', async () =>
      (await other.events()).find(
        (event) => event.type === 'linkChanged' && event.link.link === 'notRegistered',
      ),
    )
    expect(told).toMatchObject({ link: { why: 'wrongSecret' } })
    expect(
      await other.run((page) => page.sent.filter(({ line }) => line.startsWith('REGISTER')).length),
    ).toBe(2)
    const right = JSON.stringify(accountOf(pbx, '1002'))
    await other.run((page, account) => page.phone.connect(JSON.parse(account)), right)
    await until('registered', async () => lastLink(await other.events()) === 'registered')
    await other.close()
  })

  test('WSS: a pinned certificate is trusted, any other is no connection', async () => {
    const account = accountOf(pbx, '1003', [pbx.wssUrl])
    const trusting = await openSeatPage(account, SEAT, [pbx.spkiPin])
    await trusting.register()
    await trusting.close()
    const wary = await openSeatPage(account, SEAT)
    await wary.run((page, text) => page.phone.connect(JSON.parse(text)), JSON.stringify(account))
    await until('disconnected', async () => lastLink(await wary.events()) === 'disconnected')
    expect(
      (await wary.events()).some((event) => event.type === 'linkChanged' && event.link.link === 'registered'),
    ).toBe(false)
    await wary.close()
  })
})

describe('page and microphone', () => {
  test('[PHONE-11] the page closed in a call: the worker is not left in silence', async () => {
    const other = await openSeatPage(accountOf(pbx, '1002'), SEAT)
    await other.register()
    const { caller } = await talking({}, other)
    await other.untilHears(WORKER)
    const closedAt = Date.now()
    await other.page.goto('about:blank')
    expect(await caller.ended).toMatchObject({ by: 'pbx', code: 200 })
    expect(Date.now() - closedAt).toBeLessThan(3_000)
    await until('the seat to be gone', async () => !(await pbx.isRegistered('1002')))
    await other.close()
  })

  test('[PHONE-15] without leave to use the microphone: told, and calls still come and go', async () => {
    const other = await openSeatPage(accountOf(pbx, '1002'), SEAT, [], { microphone: 'denied' })
    await other.register()
    await until('denied', async () => (await microphones(other)).at(-1)?.microphone === 'denied')
    const { caller, callId } = await talking({}, other)
    await caller.hangUp()
    expect(await other.next('ended')).toMatchObject({ callId, by: 'them' })
    await other.close()
  })

  test('[PHONE-15] a microphone that is not there: told, and the default one speaks on, also in a live call', async () => {
    const { caller, callId, from } = await talking()
    await seat.run((page) =>
      page.phone.useDevices({
        microphone: 'unplugged',
        speaker: 'unplugged',
        echoCancellation: false,
        noiseSuppression: false,
        autoGainControl: false,
      }),
    )
    await until('the default one', async () => (await microphones(seat, from)).at(-1)?.moved === 'gone')
    await until('the new copy to speak', () => seat.run((page) => page.sending().includes(true)))
    await seat.untilHears(WORKER)
    // The chosen ear is not there either: the voice waits for the agent's word [AUDIO-4].
    const { ear } = await seat.next('earChanged', { after: from })
    expect(ear.is).toBe('asks')
    expect(await seat.run((page) => page.playing())).toBe(0)
    await seat.run((page, id) => page.phone.hearOn(id), ear.is === 'asks' ? ear.id : '')
    await until('the voice to be heard', async () => (await seat.run((page) => page.playing())) === 1)
    await seat.run((page, id) => page.phone.hangUp(id as CallId), callId)
    await caller.ended
  })
})
