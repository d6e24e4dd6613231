// Two things at once: two calls, giving up while answering, both sides changing the call. Each call has one end.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { SDP } from '../../fakes/sipPeer.ts'
import { until } from '../../pbx/until.ts'
import { seatInNode, type NodeSeat } from './seatInNode.ts'

let seat: NodeSeat
beforeEach(async () => {
  seat = await seatInNode()
  await seat.register()
})
afterEach(() => seat.stop())

const ofType = (type: string) => seat.told.filter((event) => event.type === type)

describe('[F20] a second call', () => {
  test('[F20] is offered beside the one going on, and each keeps its own end', async () => {
    const first = await seat.talking()
    const second = await seat.ringing({ from: '<sip:13900001002@pbx.test>' })
    expect(second.callId).not.toBe(first.callId)
    seat.phone.reject(second.callId, 'busy')
    await second.call.response(486)
    first.call.request('BYE')
    await until('both ends', () => ofType('ended').length === 2)
    expect(ofType('ended')).toMatchObject([
      { callId: second.callId, by: 'us' },
      { callId: first.callId, by: 'them' },
    ])
  })

  test('[F20] sent back by policy in the same moment it is offered: refused 486, nothing opened for it', async () => {
    await seat.talking()
    seat.phone.listen((event) => {
      seat.told.push(event)
      if (event.type === 'offered') seat.phone.reject(event.call.callId, 'busy')
    })
    const second = seat.peer.invite({ from: '<sip:13900001002@pbx.test>' })
    await second.response(486)
    expect(seat.told.slice(-2)).toMatchObject([{ type: 'offered' }, { type: 'ended', by: 'us' }])
    expect(seat.media.calls).toHaveLength(1)
  })

  test('[F20] two at the same instant are two calls', async () => {
    const calls = [seat.peer.invite(), seat.peer.invite({ from: '<sip:13900001002@pbx.test>' })]
    await Promise.all(calls.map((call) => call.response(180)))
    const numbers = seat.told.flatMap((event) => (event.type === 'offered' ? [event.call.number] : []))
    expect(numbers).toEqual(['13900001001', '13900001002'])
  })

  test('[PHONE-7] while one is held it neither speaks nor is heard; the other does both', async () => {
    const first = await seat.talking()
    seat.phone.hold(first.callId)
    expect(seat.media.calls[0]?.voice()).toEqual({ speaks: false, hears: false })
    ;(await seat.peer.next('INVITE')).reply(200, { body: SDP })
    await seat.next('heldByUs')
    await seat.talking()
    expect(seat.media.calls.map((call) => call.voice())).toEqual([
      { speaks: false, hears: false },
      { speaks: true, hears: true },
    ])
  })
})

describe('[F21] giving up and answering cross', () => {
  test('[F21] their CANCEL meets our 200: ended by them, never connected, and our leg is closed', async () => {
    const { call, callId } = await seat.ringing()
    seat.phone.answer(callId)
    call.cancel({ headers: ['Reason: Q.850;cause=0'] })
    await call.response(200)
    call.ack()
    const bye = await seat.peer.next('BYE')
    bye.reply(200)
    expect(ofType('connected')).toEqual([])
    expect(ofType('ended')).toMatchObject([{ callId, by: 'them' }])
  })

  test('[F21] our CANCEL meets their 200: it is acknowledged and closed, and told once', async () => {
    seat.peer.answer('CANCEL', (request) => request.reply(200))
    const callId = seat.newCallId()
    seat.phone.dial(callId, '13900002001')
    const invite = await seat.peer.next('INVITE')
    invite.reply(180)
    await seat.next('progressed')
    seat.phone.hangUp(callId)
    invite.reply(200, { body: SDP })
    await seat.peer.next('ACK')
    ;(await seat.peer.next('BYE')).reply(200)
    expect(ofType('ended')).toMatchObject([{ callId, by: 'us' }])
  })

  test('[F21] a late 487 changes nothing', async () => {
    seat.peer.answer('CANCEL', (request) => request.reply(200))
    const callId = seat.newCallId()
    seat.phone.dial(callId, '13900002001')
    const invite = await seat.peer.next('INVITE')
    invite.reply(180)
    await seat.next('progressed')
    seat.phone.hangUp(callId)
    await until('CANCEL', () => seat.peer.heard.some(({ what }) => what === 'CANCEL'))
    invite.reply(487)
    await seat.peer.next('ACK')
    expect(ofType('ended')).toHaveLength(1)
  })

  test('[F21] hung up before the PBX said anything: the CANCEL follows its first word', async () => {
    const callId = seat.newCallId()
    seat.phone.dial(callId, '13900002001')
    const invite = await seat.peer.next('INVITE')
    seat.phone.hangUp(callId)
    expect(ofType('ended')).toHaveLength(1)
    invite.reply(100)
    await seat.peer.next('CANCEL')
  })

  test('answered elsewhere is nobody’s hanging up', async () => {
    const { call, callId } = await seat.ringing()
    call.cancel({ headers: ['Reason: SIP;cause=200;text="Call completed elsewhere"'] })
    expect(await seat.next('ended')).toMatchObject({ callId, by: null })
    await call.response(487)
  })
})

describe('[F22] both change the call at once', () => {
  test('[F22] 491 on hold: asked again, and held within 6 s', async () => {
    const { callId } = await seat.talking()
    seat.phone.hold(callId)
    ;(await seat.peer.next('INVITE')).reply(491)
    await seat.peer.next('ACK')
    await seat.pass(2_000)
    const again = await seat.peer.next('INVITE')
    expect(again.body).toContain('a=sendonly')
    again.reply(200, { body: SDP })
    await seat.next('heldByUs')
  })

  test('[F22] 491 again and again: the call is as it was, with a sentence, within 6 s', async () => {
    const { callId } = await seat.talking()
    seat.peer.answer('INVITE', (request) => request.reply(491))
    seat.phone.hold(callId)
    await seat.pass(6_000)
    expect(await seat.next('holdFailed')).toMatchObject({ callId, wanted: 'held' })
    expect(seat.media.calls[0]?.voice()).toEqual({ speaks: true, hears: true })
  })

  test('[F22] the PBX’s re-INVITE while ours is out is answered 491, and ours is done', async () => {
    const { call, callId } = await seat.talking()
    seat.phone.hold(callId)
    const ours = await seat.peer.next('INVITE')
    call.request('INVITE', { body: SDP })
    await call.response(491)
    ours.reply(200, { body: SDP })
    expect(await seat.next('heldByUs')).toMatchObject({ callId })
  })

  test('[PHONE-16] the PBX’s own re-INVITE does not end our hold', async () => {
    const { call, callId } = await seat.talking()
    seat.phone.hold(callId)
    ;(await seat.peer.next('INVITE')).reply(200, { body: SDP })
    await seat.next('heldByUs')
    call.request('INVITE', { body: SDP, headers: ['P-Asserted-Identity: "Li" <sip:13900001009@pbx.test>'] })
    expect((await call.response(200)).body).toContain('a=sendonly')
    expect(await seat.next('otherSideChanged')).toMatchObject({ callId, number: '13900001009', name: 'Li' })
    expect(seat.media.calls[0]?.voice()).toEqual({ speaks: false, hears: false })
  })
})
