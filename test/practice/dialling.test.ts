// What seats dial, and how they hand calls on.
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { tone } from '../../practice/audio.ts'
import { offerAfter, openTestExchange, PATIENT, type TestExchange } from './testExchange.ts'
import type { TestCall, TestSeat } from './testSeat.ts'

let rig: TestExchange
beforeAll(async () => {
  rig = await openTestExchange()
})
afterEach(() => rig.clear())
afterAll(() => rig.close())

async function dial(seat: TestSeat, number: string, headers: readonly string[] = []): Promise<TestCall> {
  const call = await seat.dial(number, headers)
  if (typeof call === 'number') throw new Error(`refused with ${call}`)
  return call
}

async function untilHears(call: TestCall, hertz: number) {
  await expect.poll(() => call.leg.hears(hertz), PATIENT).toBeGreaterThan(0.9)
}

describe('dialling', () => {
  test('[PRACTICE-19] a department answers and speaks; a key reaches it', async () => {
    const seat = await rig.seat('1001')
    const call = await dial(seat, '6001')
    expect(call.leg.peer.remoteDescription?.sdp).toContain('a=setup:passive')
    expect(rig.last('ringing')).toMatchObject({ direction: 'out', number: '6001', extension: '1001' })
    await untilHears(call, 1200)
    call.leg.press('5')
    await expect.poll(() => rig.last('digits')?.digits, PATIENT).toBe('5')
    call.bye()
    await expect.poll(() => rig.last('ended'), PATIENT).toMatchObject({ by: 'seat', wasAnswered: true })
  })

  test('a caller is called back by its number', async () => {
    const seat = await rig.seat('1001')
    const call = await dial(seat, '13800000002')
    await expect.poll(() => call.leg.hears(880), PATIENT).toBeGreaterThan(0.9)
  })

  test('engaged, unknown, away and own numbers are refused as such', async () => {
    const seat = await rig.seat('1001')
    expect(await seat.dial('6009')).toBe(486)
    expect(await seat.dial('7777')).toBe(404)
    expect(await seat.dial('1002')).toBe(480)
    expect(await seat.dial('1001')).toBe(486)
    expect(await seat.dial('1;DROP')).toBe(404)
  })

  test('a number that cannot be reached is announced before it is refused', async () => {
    const seat = await rig.seat('1001')
    const dialling = seat.dial('6008')
    await expect.poll(() => seat.lastLeg()?.hears(880), PATIENT).toBeGreaterThan(0.9)
    expect(await dialling).toBe(404)
    expect(rig.last('ended')).toMatchObject({ by: 'caller', status: 404, wasAnswered: false })
  })

  test('the echo gives back what one says', async () => {
    const seat = await rig.seat('1001')
    const call = await dial(seat, '600')
    call.leg.say(tone(1500, 1))
    await expect.poll(() => call.leg.hears(1500), PATIENT).toBeGreaterThan(0.9)
  })

  test('two seats talk with each other, and one hanging up ends both', async () => {
    const [first, second] = [await rig.seat('1001'), await rig.seat('1002')]
    const dialling = dial(first, '1002')
    const offer = await offerAfter(second, 0)
    expect(offer.request.message.from.uri.user).toBe('1001')
    const callee = await offer.answer()
    const caller = await dialling
    caller.leg.say(tone(1500, 1))
    callee.leg.say(tone(1000, 1))
    await untilHears(caller, 1000)
    await untilHears(callee, 1500)
    callee.bye()
    await expect.poll(() => caller.isOver(), PATIENT).toBe(true)
  })

  test('a seat that does not want the other seat says so', async () => {
    const [first, second] = [await rig.seat('1001'), await rig.seat('1002')]
    const dialling = first.dial('1002')
    const offer = await offerAfter(second, 0)
    offer.request.reject({ statusCode: 603 })
    expect(await dialling).toBe(603)
  })

  test('in the conference two seats hear each other', async () => {
    const [first, second] = [await rig.seat('1001'), await rig.seat('1002')]
    const [one, two] = [await dial(first, '601'), await dial(second, '601')]
    one.leg.say(tone(1500, 1))
    two.leg.say(tone(1000, 1))
    await untilHears(one, 1000)
    await expect.poll(() => two.leg.hears(1500), PATIENT).toBeGreaterThan(0.9)
  })
})

describe('handing a call on', () => {
  async function talking(seat: TestSeat) {
    const talk = await rig.talk(seat, '1001', 'steady')
    await untilHears(talk.call, 620)
    return talk
  }

  test('[PRACTICE-7] blind to another seat: it rings with the caller, who speaks on; the first seat is released', async () => {
    const [first, second] = [await rig.seat('1001'), await rig.seat('1002')]
    const { call, ref } = await talking(first)
    expect(await call.hold('sendonly')).toBe(200)
    call.refer('1002')
    const offer = await offerAfter(second, 0)
    expect(offer.displayName).toBe('李阿姨')
    expect(offer.header('x-call-ref')).toBe(ref)
    const next = await offer.answer()
    await untilHears(next, 620)
    await expect.poll(() => call.notified.at(-1), PATIENT).toBe('SIP/2.0 200 OK')
    expect(call.notified[0]).toBe('SIP/2.0 100 Trying')
    await expect.poll(() => call.isOver(), PATIENT).toBe(true)
    expect(rig.last('transferred')).toMatchObject({ call: ref, to: '1002', kind: 'blind' })
    expect(next.isOver()).toBe(false)
    next.bye()
    await expect.poll(() => rig.last('ended'), PATIENT).toMatchObject({ extension: '1002', by: 'seat' })
  })

  test('[PRACTICE-7] blind to a department: it answers, and caller and department are left alone', async () => {
    const seat = await rig.seat('1001')
    const { call, ref } = await talking(seat)
    call.refer('6001')
    await expect.poll(() => call.notified.at(-1), PATIENT).toBe('SIP/2.0 200 OK')
    call.bye()
    await expect.poll(() => rig.last('ended'), PATIENT).toMatchObject({ extension: '1001', by: 'seat' })
    rig.obey({ do: 'hangUp', id: 'both', call: ref })
    expect(rig.last('done')).toMatchObject({ id: 'both', call: ref })
    rig.obey({ do: 'hangUp', id: 'none', call: ref })
    expect(rig.last('refused')).toMatchObject({ id: 'none' })
  })

  test('[PRACTICE-8] to an engaged, unknown or refusing number: the caller stays', async () => {
    const [first, second] = [await rig.seat('1001'), await rig.seat('1002')]
    const { call } = await talking(first)
    for (const [number, answer] of [
      ['6009', 'SIP/2.0 486 Busy Here'],
      ['7777', 'SIP/2.0 404 Not Found'],
    ] as const) {
      call.refer(number)
      await expect.poll(() => call.notified.at(-1), PATIENT).toBe(answer)
    }
    call.refer('1002')
    const offer = await offerAfter(second, 0)
    offer.request.reject({ statusCode: 603 })
    await expect.poll(() => call.notified.at(-1), PATIENT).toBe('SIP/2.0 603 Decline')
    call.leg.forget()
    await untilHears(call, 620)
    expect(call.isOver()).toBe(false)
  })

  test('the caller hangs up while the transfer rings, and nobody is left ringing', async () => {
    const [first, second] = [await rig.seat('1001'), await rig.seat('1002')]
    const { call, ref } = await talking(first)
    call.refer('1002')
    const offer = await offerAfter(second, 0)
    rig.obey({ do: 'hangUp', call: ref })
    await expect.poll(() => offer.cancelReason, PATIENT).not.toBeNull()
    await expect.poll(() => call.isOver(), PATIENT).toBe(true)
  })

  test('[PRACTICE-7] the seat may hang up as soon as its transfer rings', async () => {
    const [first, second] = [await rig.seat('1001'), await rig.seat('1002')]
    const { call } = await talking(first)
    call.refer('1002')
    const offer = await offerAfter(second, 0)
    call.bye()
    const next = await offer.answer()
    await expect.poll(() => next.leg.hears(620), PATIENT).toBeGreaterThan(0.9)
  })

  test('[PRACTICE-7] [PRACTICE-15] attended: caller and the consulted seat are joined, and the seat is told who it is now', async () => {
    const [first, second] = [await rig.seat('1001'), await rig.seat('1002')]
    const { call, ref } = await talking(first)
    expect(await call.hold('sendonly')).toBe(200)
    const dialling = dial(first, '1002', [`X-Call-Ref: ${ref}`])
    const asked = await offerAfter(second, 0)
    expect(asked.header('x-call-ref')).toBe(ref)
    const callee = await asked.answer()
    const consultation = await dialling
    call.refer('1002', consultation.session)
    await untilHears(callee, 620)
    await expect.poll(() => callee.identity, PATIENT).toContain('13800000001')
    await expect.poll(() => call.notified.at(-1), PATIENT).toBe('SIP/2.0 200 OK')
    await expect.poll(() => [call.isOver(), consultation.isOver()], PATIENT).toEqual([true, true])
    expect(rig.last('transferred')).toMatchObject({ to: '1002', kind: 'attended' })
    rig.obey({ do: 'hangUp', call: ref })
    await expect.poll(() => callee.isOver(), PATIENT).toBe(true)
  })

  test('[PRACTICE-15] attended to a department: asked first, then left alone with the caller', async () => {
    const seat = await rig.seat('1001')
    const { call, ref } = await talking(seat)
    expect(await call.hold('sendonly')).toBe(200)
    const consultation = await dial(seat, '6001', [`X-Call-Ref: ${ref}`])
    await untilHears(consultation, 1200)
    call.refer('6001', consultation.session)
    await expect.poll(() => call.notified.at(-1), PATIENT).toBe('SIP/2.0 200 OK')
    await expect.poll(() => [call.isOver(), consultation.isOver()], PATIENT).toEqual([true, true])
    expect(rig.last('transferred')).toMatchObject({ call: ref, to: '6001', kind: 'attended' })
    rig.obey({ do: 'hangUp', id: 'both', call: ref })
    expect(rig.last('done')).toMatchObject({ id: 'both' })
  })

  test('[PRACTICE-15] a reference nobody has is not passed on', async () => {
    const [first, second] = [await rig.seat('1001'), await rig.seat('1002')]
    const dialling = dial(first, '1002', ['X-Call-Ref: made-up-by-a-stranger'])
    const asked = await offerAfter(second, 0)
    expect(asked.header('x-call-ref')).toMatch(/^practice-/)
    await asked.answer()
    ;(await dialling).bye()
  })

  test('[PRACTICE-8] [PRACTICE-15] attended to a call that has ended is 481, and the caller stays', async () => {
    const seat = await rig.seat('1001')
    const { call } = await talking(seat)
    const consultation = await dial(seat, '6001')
    consultation.bye()
    await expect.poll(() => rig.last('ended')?.by, PATIENT).toBe('seat')
    call.refer('6001', consultation.session)
    await expect.poll(() => call.notified.at(-1), PATIENT).toMatch(/^SIP\/2.0 481/)
    call.leg.forget()
    await untilHears(call, 620)
  })
})
