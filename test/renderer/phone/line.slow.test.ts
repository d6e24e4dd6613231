// A line that dies under live calls, over real sockets: cuts, black holes, repair, and good-byes said late.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { SDP } from '../../fakes/sipPeer.ts'
import { anAccount } from '../../makers/anAccount.ts'
import { until } from '../../pbx/until.ts'
import { seatInNode, type NodeSeat } from './seatInNode.ts'

let seat: NodeSeat
beforeEach(async () => {
  seat = await seatInNode()
})
afterEach(() => seat.stop())

describe('a line that dies', () => {
  test('[F01] told as disconnected at once, and registered again by itself', async () => {
    await seat.register()
    seat.peer.cut()
    await until('disconnected', () => seat.links().includes('disconnected'))
    await seat.untilLink('registered')
    expect(seat.peer.connections()).toBe(2)
  })

  test('[F06] a black hole is found by the ping and the socket replaced within 10 s', async () => {
    await seat.register()
    seat.peer.hole()
    await seat.pass(7_000)
    expect(seat.links()).toContain('disconnected')
    await seat.untilLink('registered')
    expect(seat.peer.connections()).toBe(2)
  })

  test('[PHONE-20] a ping is answered by any reply, a refusal too', async () => {
    seat.peer.answer('OPTIONS', (request) => request.reply(401))
    await seat.register()
    await seat.pass(16_000)
    expect(seat.peer.heard.filter(({ what }) => what === 'OPTIONS').length).toBeGreaterThanOrEqual(3)
    expect(seat.peer.connections()).toBe(1)
    expect(seat.links().at(-1)).toBe('registered')
  })

  test('[F02] a live call is brought over to the new socket by a re-INVITE, and goes on', async () => {
    await seat.register()
    const { call, callId } = await seat.talking()
    seat.peer.cut()
    const repair = await seat.peer.next('INVITE')
    expect(repair.header('Call-ID')).toBe(call.callId)
    repair.reply(200, { body: repair.body })
    await seat.peer.next('ACK')
    expect(seat.media.calls[0]?.agreed).toEqual(['sendrecv', 'sendrecv+restart'])
    call.request('BYE')
    expect(await seat.next('ended')).toMatchObject({ callId, by: 'them' })
  })

  test('[F02] a line that goes again in the middle of bringing a call over: the call is brought over once more', async () => {
    await seat.register()
    const { call, callId } = await seat.talking()
    seat.peer.cut()
    const lost = await seat.peer.next('INVITE')
    seat.peer.cut()
    const again = await seat.peer.next('INVITE')
    // The PBX may have answered the lost one and would wait for this before it takes another.
    const released = seat.peer.heard.find(({ what }) => what === 'ACK')
    expect(released?.header('CSeq')).toBe(`${lost.header('CSeq').split(' ')[0]} ACK`)
    expect(Number(again.header('CSeq').split(' ')[0])).toBeGreaterThan(
      Number(lost.header('CSeq').split(' ')[0]),
    )
    again.reply(200, { body: again.body })
    await until('the agreement', () => seat.peer.heard.filter(({ what }) => what === 'ACK').length === 2)
    call.request('BYE')
    expect(await seat.next('ended')).toMatchObject({ callId, by: 'them' })
  })

  test('[PHONE-5] [CALL-21] who waits and is wished back while the line is gone is back when it is', async () => {
    await seat.register()
    const { callId } = await seat.talking()
    seat.phone.hold(callId)
    ;(await seat.peer.next('INVITE')).reply(200, { body: SDP })
    await seat.next('heldByUs')
    seat.peer.answer('REGISTER', null)
    seat.peer.cut()
    await until('disconnected', () => seat.links().includes('disconnected'))
    seat.phone.resume(callId)
    ;(await seat.peer.next('REGISTER')).reply(200)
    const repair = await seat.peer.next('INVITE')
    expect(repair.body).toContain('a=sendrecv')
    expect(seat.told.some(({ type }) => type === 'resumedByUs')).toBe(false)
    repair.reply(200, { body: repair.body })
    expect(await seat.next('resumedByUs')).toMatchObject({ callId })
    expect(seat.told.some(({ type }) => type === 'holdFailed')).toBe(false)
    expect(seat.media.calls[0]?.voice()).toEqual({ speaks: true, hears: true })
  })

  test('[PHONE-5] [PHONE-16] a hold whose answer goes down with the line is told when the call is brought over', async () => {
    await seat.register()
    const { callId } = await seat.talking()
    seat.phone.hold(callId)
    await seat.peer.next('INVITE')
    seat.peer.cut()
    const repair = await seat.peer.next('INVITE')
    expect(repair.body).toContain('a=sendonly')
    repair.reply(200, { body: repair.body })
    expect(await seat.next('heldByUs')).toMatchObject({ callId })
    expect(seat.media.calls[0]?.voice()).toEqual({ speaks: false, hears: false })
  })

  test('[PHONE-5] wishes of before and after a blip of the line are told in the order they were made', async () => {
    await seat.register()
    const { callId } = await seat.talking()
    // Still being described when the line goes, comes back, and the next wish is made.
    seat.media.stuck = 1
    seat.phone.hold(callId)
    seat.peer.answer('REGISTER', null)
    seat.peer.cut()
    await seat.untilLink('disconnected')
    seat.phone.resume(callId)
    ;(await seat.peer.next('REGISTER')).reply(200)
    await seat.untilLink('registered')
    seat.peer.answer('INVITE', (request) => request.reply(200, { body: request.body }))
    await seat.pass(5_000)
    await until('both', () =>
      ['heldByUs', 'resumedByUs'].every((type) => seat.told.some((e) => e.type === type)),
    )
    expect(seat.told.slice(-2)).toMatchObject([{ type: 'heldByUs' }, { type: 'resumedByUs' }])
    expect(seat.media.calls[0]?.agreed.slice(-1)).toEqual(['sendrecv+restart'])
    expect(seat.media.calls[0]?.voice()).toEqual({ speaks: true, hears: true })
  })

  test('[PHONE-5] who is wished back without a line is not given up for the silence of the hold', async () => {
    await seat.register()
    const { callId } = await seat.talking()
    seat.phone.hold(callId)
    ;(await seat.peer.next('INVITE')).reply(200, { body: SDP })
    await seat.next('heldByUs')
    seat.media.arriving = 0
    await seat.peer.stop()
    await until('disconnected', () => seat.links().includes('disconnected'))
    seat.phone.resume(callId)
    await seat.pass(20_000)
    expect(seat.told.some(({ type }) => type === 'ended')).toBe(false)
  })

  test('[F17] a fresh secret in the middle of a call: the call stays', async () => {
    await seat.register()
    const { call, callId } = await seat.talking()
    await seat.register(anAccount([seat.peer.url], { password: 'another made-up one' }))
    const repair = await seat.peer.next('INVITE')
    repair.reply(200, { body: repair.body })
    await seat.peer.next('ACK')
    call.request('BYE')
    expect(await seat.next('ended')).toMatchObject({ callId, by: 'them' })
  })

  test('[F15] a call the PBX no longer knows after its restart is ended by nobody, with the reason', async () => {
    await seat.register()
    const { callId } = await seat.talking()
    seat.peer.cut()
    const repair = await seat.peer.next('INVITE')
    repair.reply(481)
    await seat.pass(2_000)
    expect(await seat.next('ended')).toMatchObject({
      callId,
      by: null,
      cause: { protocol: 'SIP', code: 481 },
    })
  })

  test('[PHONE-23] [F15] a good-bye held back behind our re-INVITE says who ended the call', async () => {
    await seat.register()
    const { call, callId } = await seat.talking()
    seat.peer.cut()
    const repair = await seat.peer.next('INVITE')
    repair.reply(481)
    await seat.pass(100)
    call.request('BYE')
    expect(await seat.next('ended')).toMatchObject({ callId, by: 'them' })
    await seat.pass(2_000)
    expect(seat.told.filter(({ type }) => type === 'ended')).toHaveLength(1)
  })

  test('[F03] line and sound gone: the call ends within 15 s, by nobody', async () => {
    await seat.register()
    const { callId } = await seat.talking()
    seat.media.arriving = 0
    await seat.peer.stop()
    await until('disconnected', () => seat.links().includes('disconnected'))
    await seat.pass(15_000)
    expect(await seat.next('ended')).toMatchObject({ callId, by: null, cause: { protocol: 'seat' } })
  })

  test('[F03] sound without a line goes on', async () => {
    await seat.register()
    await seat.talking()
    await seat.peer.stop()
    await until('disconnected', () => seat.links().includes('disconnected'))
    await seat.pass(60_000)
    expect(seat.told.filter(({ type }) => type === 'qualityMeasured').length).toBeGreaterThanOrEqual(25)
    expect(seat.told.some(({ type }) => type === 'ended')).toBe(false)
  })

  test('[PHONE-23] a path that never comes up is repaired too, though nothing ever broke', async () => {
    seat.media.pathless = true
    await seat.register()
    await seat.talking()
    seat.peer.answer('INVITE', (request) => request.reply(200, { body: request.body }))
    await seat.pass(3_000)
    expect(seat.media.calls[0]?.agreed).toEqual(['sendrecv', 'sendrecv+restart'])
  })

  test('[F25] [PHONE-23] a whole path that carries nothing is made anew once per silence, three times in all', async () => {
    await seat.register()
    await seat.talking()
    seat.peer.answer('INVITE', (request) => request.reply(200, { body: request.body }))
    const repairs = () => (seat.media.calls[0]?.agreed.length ?? 0) - 1
    const beSilentFor = async (ms: number) => {
      seat.media.arriving = 0
      await seat.pass(ms)
      seat.media.arriving = 50
      await seat.pass(2_000)
    }
    await beSilentFor(12_000)
    expect(repairs()).toBe(1)
    for (let again = 0; again < 3; again += 1) await beSilentFor(7_000)
    expect(repairs()).toBe(3)
    expect(seat.told.some(({ type }) => type === 'ended')).toBe(false)
  })

  test('[PHONE-23] a broken path is repaired again and again; unrepaired for 25 s it ends the call with a BYE', async () => {
    await seat.register()
    const { callId } = await seat.talking()
    seat.peer.answer('INVITE', (request) => request.reply(200, { body: request.body }))
    seat.media.calls[0]?.path('lost')
    await seat.pass(3_000)
    expect(seat.media.calls[0]?.agreed).toEqual(['sendrecv', 'sendrecv+restart'])
    await seat.pass(17_000)
    expect(seat.media.calls[0]?.agreed.length).toBeGreaterThan(5)
    expect(seat.told.some(({ type }) => type === 'ended')).toBe(false)
    await seat.pass(2_000)
    await seat.peer.next('BYE')
    expect(await seat.next('ended')).toMatchObject({ callId, by: null, cause: { protocol: 'seat' } })
  })

  test('[PHONE-23] a path cut for 15 s and back within 5 s: tried to the end of it, the same call goes on, nothing is tried any more', async () => {
    await seat.register()
    const { call, callId } = await seat.talking()
    seat.peer.answer('INVITE', (request) => request.reply(200, { body: request.body }))
    // The browser tells a cut four seconds late.
    await seat.pass(4_000)
    seat.media.calls[0]?.path('lost')
    await seat.pass(15_750)
    seat.media.calls[0]?.path('found')
    const tries = seat.media.calls[0]?.agreed.length ?? 0
    expect(tries).toBeGreaterThan(4)
    await seat.pass(60_000)
    expect(seat.media.calls[0]?.agreed).toHaveLength(tries)
    expect(seat.told.some(({ type }) => type === 'ended')).toBe(false)
    call.request('BYE')
    expect(await seat.next('ended')).toMatchObject({ callId, by: 'them' })
  })

  test('[PHONE-23] a dialog that answers nothing: ended by nobody 15 s after the first try', async () => {
    await seat.register()
    const { callId } = await seat.talking()
    seat.media.calls[0]?.path('lost')
    await seat.pass(2_000)
    await seat.peer.next('INVITE')
    await seat.pass(14_000)
    expect(seat.told.some(({ type }) => type === 'ended')).toBe(false)
    await seat.pass(2_500)
    expect(await seat.next('ended')).toMatchObject({ callId, by: null, cause: { protocol: 'seat' } })
  })

  test('[PHONE-9] hung up while the line is gone: the PBX is told when it is back', async () => {
    await seat.register()
    const { callId } = await seat.talking()
    seat.peer.answer('REGISTER', null)
    seat.peer.cut()
    await until('disconnected', () => seat.links().includes('disconnected'))
    seat.phone.hangUp(callId)
    expect(seat.told.at(-1)).toMatchObject({ type: 'ended', by: 'us' })
    ;(await seat.peer.next('REGISTER')).reply(200)
    await seat.peer.next('BYE')
  })
})
