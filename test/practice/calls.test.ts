// Calls with the practice exchange as a seat sees them: a real SIP client, real DTLS-SRTP sound.
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { practiceRecording } from '../../contract/practice.ts'
import { codeKeys } from '../../practice/recording.ts'
import { tone } from '../../practice/audio.ts'
import { openTestExchange, PATIENT, type TestExchange } from './testExchange.ts'
import { openTestSeat } from './testSeat.ts'

let rig: TestExchange
beforeAll(async () => {
  rig = await openTestExchange()
})
afterEach(() => rig.clear())
afterAll(() => rig.close())

describe('registration', () => {
  test('[PRACTICE-2] a seat registers with its password, and a wrong one gets 403', async () => {
    await rig.seat('1001')
    expect(rig.last('registered')).toMatchObject({ extension: '1001' })
    const { url, realm } = rig.exchange
    for (const [extension, password] of [
      ['1001', 'guess'],
      ['1999', 'secret-1999'],
    ] as const) {
      const stranger = await openTestSeat({ url, realm, extension, password })
      expect(await stranger.register()).toBe(403)
      expect(await stranger.dial('6001')).toBe(403)
      await stranger.close()
    }
  })

  test('a seat signs off, or its connection closes, and the exchange says which', async () => {
    const seat = await rig.seat('1001')
    expect(await seat.register(0)).toBe(200)
    expect(rig.last('unregistered')).toMatchObject({ why: 'asked' })
    expect(await seat.register()).toBe(200)
    seat.socket().terminate()
    await expect.poll(() => rig.last('unregistered'), PATIENT).toMatchObject({ why: 'socketClosed' })
    rig.obey({ do: 'ring', id: 'r1', extension: '1001', persona: 'steady' })
    expect(rig.last('refused')).toMatchObject({ id: 'r1', problem: { code: 'seatAway' } })
  })

  test('[PRACTICE-9] rubbish on the socket is counted and harms no call', async () => {
    const seat = await rig.seat('1001')
    const { call } = await rig.talk(seat, '1001', 'steady')
    for (const rubbish of [
      'hello',
      'INVITE sip:x SIP/2.0\r\n\r\n',
      'SIP/2.0 200 OK\r\nVia: ?\r\n\r\n',
      '\u0000',
    ]) {
      seat.socket().send(rubbish)
    }
    await expect.poll(() => rig.last('fault')?.count ?? 0, PATIENT).toBeGreaterThanOrEqual(4)
    await expect.poll(() => call.leg.hears(620), PATIENT).toBeGreaterThan(0.9)
    expect(call.isOver()).toBe(false)
  })
})

describe('a simulated caller', () => {
  test('rings with who it is, is answered, is heard, hears, and the seat hangs up', async () => {
    const seat = await rig.seat('1001')
    const { call, ref, offer } = await rig.talk(seat, '1001', 'steady')
    expect(offer.displayName).toBe('李阿姨')
    expect(offer.request.message.from.uri.user).toBe('13800000001')
    expect(offer.header('p-asserted-identity')).toBe('"李阿姨" <sip:13800000001@practice.invalid>')
    expect(offer.header('x-queue')).toBe('12351')
    expect(offer.header('x-queue-waited')).toBe('7')
    expect(offer.header('x-place')).toBe('某市')
    expect(rig.last('done')?.call).toBe(ref)
    expect(offer.header('x-leg-id')).toBe(`${ref}-1001`)

    await expect.poll(() => call.leg.hears(620), PATIENT).toBeGreaterThan(0.95)
    expect(rig.last('said')).toMatchObject({ call: ref, extension: '1001', line: 0, text: '620 Hz' })
    call.leg.say(tone(1000, 1))
    rig.obey({ do: 'listen', call: ref, on: true })
    // A second that the tone began in, or that the computer stumbled in, is not as loud.
    await expect
      .poll(() => rig.last('heard'), PATIENT)
      .toMatchObject({ toneHz: 1000, rms: expect.closeTo(0.28, 1) })

    call.bye()
    await expect
      .poll(() => rig.last('ended'), PATIENT)
      .toMatchObject({ call: ref, by: 'seat', wasAnswered: true, status: null })
  })

  test('[PRACTICE-4] gives up ringing, and the CANCEL says why', async () => {
    const seat = await rig.seat('1001')
    const offer = await rig.ring(seat, '1001', 'hasty')
    await expect.poll(() => offer.cancelReason, PATIENT).toContain('Q.850')
    expect(rig.last('ended')).toMatchObject({ by: 'caller', wasAnswered: false })
  })

  test('hangs up by itself when its story is over', async () => {
    const seat = await rig.seat('1001')
    const { call } = await rig.talk(seat, '1001', 'brief')
    await expect.poll(() => call.isOver(), PATIENT).toBe(true)
    expect(rig.last('ended')).toMatchObject({ by: 'caller', wasAnswered: true })
  })

  test('is refused by a busy seat, and hung up on command', async () => {
    const seat = await rig.seat('1001')
    const refused = await rig.ring(seat, '1001', 'steady')
    refused.request.reject({ statusCode: 486 })
    await expect.poll(() => rig.last('ended'), PATIENT).toMatchObject({ by: 'seat', status: 486 })
    const { call, ref } = await rig.talk(seat, '1001', 'steady')
    rig.obey({ do: 'hangUp', call: ref })
    await expect.poll(() => call.isOver(), PATIENT).toBe(true)
    rig.obey({ do: 'hangUp', id: 'again', call: ref })
    expect(rig.last('refused')).toMatchObject({ id: 'again', problem: { code: 'unknownCall' } })
  })

  test('[PRACTICE-6] is silent while held and goes on afterwards; an ICE restart changes nothing', async () => {
    const seat = await rig.seat('1001')
    const { call } = await rig.talk(seat, '1001', 'steady')
    await expect.poll(() => call.leg.hears(620), PATIENT).toBeGreaterThan(0.9)
    expect(await call.hold('sendonly')).toBe(200)
    await expect.poll(() => rig.last('held')?.extension, PATIENT).toBe('1001')
    // Twenty-five would come in that time; what was under way when it was held may come late.
    const comeIn = async (ms: number) => {
      const before = call.leg.packets()
      await new Promise((resolve) => setTimeout(resolve, ms))
      return call.leg.packets() - before
    }
    await expect.poll(() => comeIn(500), PATIENT).toBe(0)
    expect(await call.hold('sendrecv')).toBe(200)
    call.leg.forget()
    await expect.poll(() => call.leg.hears(620), PATIENT).toBeGreaterThan(0.9)
    expect(rig.last('resumed')).toMatchObject({ extension: '1001' })
    expect(await call.hold('sendrecv', true)).toBe(200)
    call.leg.forget()
    await expect.poll(() => call.leg.hears(620), PATIENT).toBeGreaterThan(0.9)
  })

  test('hears keys as RFC 4733 sends them, once per press', async () => {
    const seat = await rig.seat('1001')
    const { call } = await rig.talk(seat, '1001', 'steady')
    await expect.poll(() => call.leg.packets(), PATIENT).toBeGreaterThan(0)
    for (const digit of '1#') {
      const before = rig.events.filter(({ event }) => event === 'digits').length
      call.leg.press(digit)
      await expect
        .poll(() => rig.events.filter(({ event }) => event === 'digits').length, PATIENT)
        .toBe(before + 1)
      expect(rig.last('digits')?.digits).toBe(digit)
    }
  })
})

describe('recording', () => {
  test('[PRACTICE-16] a caller comes recorded; the codes pause it and go on, each confirmed with the reference', async () => {
    const seat = await rig.seat('1001')
    const { call, ref, offer } = await rig.talk(seat, '1001', 'steady')
    expect(offer.header('x-recording')).toBe('on')
    await expect.poll(() => call.leg.packets(), PATIENT).toBeGreaterThan(0)
    for (const [nth, [code, is]] of [
      [practiceRecording.pause, 'paused'],
      [practiceRecording.resume, 'on'],
    ].entries()) {
      for (const digit of code ?? '') {
        const pressed = rig.events.filter(({ event }) => event === 'digits').length
        call.leg.press(digit)
        await expect
          .poll(() => rig.events.filter(({ event }) => event === 'digits').length, PATIENT)
          .toBe(pressed + 1)
      }
      await expect.poll(() => seat.told.length, PATIENT).toBe(nth + 1)
      expect(seat.told[nth]?.('x-recording')).toBe(is)
      expect(seat.told[nth]?.('x-call-ref')).toBe(ref)
    }
  })

  test('[PRACTICE-16] keys that are a code stay with the exchange, others go through in order', () => {
    const found: string[] = []
    const passed: string[] = []
    const press = codeKeys(
      (to) => found.push(to),
      (digit) => passed.push(digit),
    )
    for (const digit of '1*5*81*82*83') press(digit)
    expect(found).toEqual(['paused', 'on'])
    expect(passed.join('')).toBe('1*5*83')
  })
})

describe('a lost connection', () => {
  test('[PRACTICE-3] the call goes on, and its end arrives over the new connection', async () => {
    const seat = await rig.seat('1001')
    const { call, ref } = await rig.talk(seat, '1001', 'steady')
    await expect.poll(() => call.leg.hears(620), PATIENT).toBeGreaterThan(0.9)
    rig.obey({ do: 'cut', extension: '1001' })
    await expect.poll(() => seat.socket().readyState, PATIENT).toBe(3)
    const packets = call.leg.packets()
    await expect.poll(() => call.leg.packets(), PATIENT).toBeGreaterThan(packets + 20)
    expect(await seat.reconnect()).toBe(200)
    expect(await call.hold('sendrecv', true)).toBe(200)
    rig.obey({ do: 'hangUp', call: ref })
    await expect.poll(() => call.isOver(), PATIENT).toBe(true)
  })

  test('[PRACTICE-12] a seat that falls silent for good loses its call', async () => {
    // Long enough for a loaded machine to bring the sound up and not to stumble.
    const hasty = await openTestExchange({ noMediaMs: 3_000 })
    const seat = await hasty.seat('1001')
    const { call } = await hasty.talk(seat, '1001', 'steady')
    await expect.poll(() => call.leg.hears(620), PATIENT).toBeGreaterThan(0.9)
    await call.leg.close()
    await expect.poll(() => call.isOver(), PATIENT).toBe(true)
    expect(hasty.last('ended')).toMatchObject({ by: 'exchange', wasAnswered: true })
    await hasty.close()
  })
})
