// Calls that go wrong on the wire: silence, refusals, unreadable messages. Never a stuck call.
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

describe('what never comes', () => {
  test('[F23] a BYE nobody answers: the call is over at the press', async () => {
    const { callId } = await seat.talking()
    seat.phone.hangUp(callId)
    expect(seat.told.at(-1)).toMatchObject({ type: 'ended', callId, by: 'us' })
    await seat.peer.next('BYE')
  })

  test('[F23] no ACK to our answer: ended by nobody after 10 s, and closed when the ACK comes late', async () => {
    const { call, callId } = await seat.ringing()
    seat.phone.answer(callId)
    await call.response(200)
    await seat.pass(10_000)
    expect(await seat.next('ended')).toMatchObject({ callId, by: null, cause: { protocol: 'seat' } })
    call.ack()
    await seat.peer.next('BYE')
    expect(ofType('connected')).toEqual([])
  })

  test('[F23] hung up between answer and ACK: the BYE waits for the ACK', async () => {
    const { call, callId } = await seat.ringing()
    seat.phone.answer(callId)
    await call.response(200)
    seat.phone.hangUp(callId)
    expect(ofType('ended')).toMatchObject([{ callId, by: 'us' }])
    expect(seat.peer.heard.some(({ what }) => what === 'BYE')).toBe(false)
    call.ack()
    await seat.peer.next('BYE')
  })
})

describe('a browser that says neither yes nor no', () => {
  test('[PHONE-29] an answer not ready in 5 s is begun anew, and the press made meanwhile is carried out', async () => {
    seat.media.stuck = 1
    const { call, callId } = await seat.ringing()
    seat.phone.answer(callId)
    await seat.pass(5_000)
    await call.response(200)
    expect(seat.media.calls[0]?.agreed).toEqual(['sendrecv', 'anew', 'sendrecv'])
    call.ack()
    expect(await seat.next('connected')).toMatchObject({ callId })
  })

  test('[PHONE-29] twice in vain: the PBX gets the caller back with 480, the agent a sentence', async () => {
    seat.media.stuck = 2
    const { call, callId } = await seat.ringing()
    seat.phone.answer(callId)
    await seat.pass(9_750)
    expect(ofType('ended')).toEqual([])
    await seat.pass(250)
    await call.response(480)
    expect(await seat.next('ended')).toMatchObject({ callId, by: null, cause: { protocol: 'seat', code: 6 } })
  })

  test('[PHONE-29] the caller who gives up meanwhile ends it once', async () => {
    seat.media.stuck = 2
    const { call, callId } = await seat.ringing()
    call.cancel()
    expect(await seat.next('ended')).toMatchObject({ callId, by: 'them' })
    await seat.pass(10_000)
    expect(ofType('ended')).toHaveLength(1)
  })

  test('[PHONE-29] a call of ours is begun anew once, then ended with a sentence', async () => {
    seat.media.stuck = 3
    seat.phone.dial(seat.newCallId(), '13900002001')
    await seat.pass(10_000)
    expect(await seat.next('ended')).toMatchObject({ by: null, cause: { protocol: 'seat', code: 6 } })
    seat.phone.dial(seat.newCallId(), '13900002001')
    await seat.pass(5_000)
    await seat.peer.next('INVITE')
  })

  test('[PHONE-29] [PHONE-5] hold that cannot be described is told as failed, and can be pressed again', async () => {
    const { callId } = await seat.talking()
    seat.media.stuck = 1
    seat.phone.hold(callId)
    await seat.pass(5_500)
    await seat.next('holdFailed')
    seat.phone.hold(callId)
    ;(await seat.peer.next('INVITE')).reply(200, { body: SDP })
    await seat.next('heldByUs')
  })

  test('[PHONE-29] [PHONE-8] a word to the queue is answered all the same', async () => {
    seat.media.stuck = 1
    const told = seat.phone.tellQueue('*47')
    await seat.pass(5_000)
    expect((await told).ok).toBe(false)
  })
})

describe('[F24] no common voice', () => {
  test('[F24] a 200 without SDP ends the call with a sentence and a BYE', async () => {
    const callId = seat.newCallId()
    seat.phone.dial(callId, '13900002001')
    ;(await seat.peer.next('INVITE')).reply(200)
    await seat.peer.next('ACK')
    await seat.peer.next('BYE')
    const ended = await seat.next('ended')
    expect(ended).toMatchObject({ callId, by: null, cause: { protocol: 'seat' } })
    expect(ended.cause?.text).toContain('语音通道')
  })

  test('[F24] 488 to our call ends it with the reason', async () => {
    const callId = seat.newCallId()
    seat.phone.dial(callId, '13900002001')
    ;(await seat.peer.next('INVITE')).reply(488)
    expect(await seat.next('ended')).toMatchObject({ callId, by: null, cause: { code: 488 } })
  })

  test('[F24] an offer we cannot use is refused with 488 while it rings', async () => {
    seat.media.refuses = true
    const { call, callId } = await seat.ringing()
    await call.response(488)
    expect(await seat.next('ended')).toMatchObject({ callId, by: null, cause: { code: 488 } })
  })

  test('a call offered without SDP: our answer makes the offer, the ACK agrees', async () => {
    const { call, callId } = await seat.ringing({ body: '' })
    seat.phone.answer(callId)
    expect((await call.response(200)).body).toContain('a=sendrecv')
    call.ack({ body: SDP })
    expect(await seat.next('connected')).toMatchObject({ callId })
  })

  test('[F24] … and an ACK without SDP ends it with a sentence and a BYE', async () => {
    const { call, callId } = await seat.ringing({ body: '' })
    seat.phone.answer(callId)
    await call.response(200)
    call.ack()
    await seat.peer.next('BYE')
    expect(await seat.next('ended')).toMatchObject({ callId, by: null, cause: { protocol: 'seat' } })
  })

  test('[F24] 488 to hold: the call is as it was', async () => {
    const { callId } = await seat.talking()
    seat.phone.hold(callId)
    ;(await seat.peer.next('INVITE')).reply(488)
    await seat.next('holdFailed')
    expect(ofType('ended')).toEqual([])
  })

  test('[PHONE-5] 488 to taking up again: told as that, and they wait on', async () => {
    const { callId } = await seat.talking()
    seat.phone.hold(callId)
    ;(await seat.peer.next('INVITE')).reply(200, { body: SDP })
    await seat.next('heldByUs')
    seat.phone.resume(callId)
    ;(await seat.peer.next('INVITE')).reply(488)
    expect(await seat.next('holdFailed')).toMatchObject({ callId, wanted: 'talking' })
    expect(seat.media.calls[0]?.voice()).toEqual({ speaks: false, hears: false })
  })

  test('[F24] [PHONE-16] 488 to a hold that was taken back and asked for again meanwhile: nobody is heard', async () => {
    const { callId } = await seat.talking()
    seat.phone.hold(callId)
    const first = await seat.peer.next('INVITE')
    seat.phone.resume(callId)
    seat.phone.hold(callId)
    first.reply(488)
    await seat.next('holdFailed')
    expect(seat.media.calls[0]?.voice()).toEqual({ speaks: false, hears: false })
  })
})

describe('calls that cannot begin', () => {
  test('[PHONE-6] dialled without a line: ended at once with a sentence', async () => {
    await seat.phone.disconnect()
    const callId = seat.newCallId()
    seat.phone.dial(callId, '13900002001')
    expect(seat.told.at(-1)).toMatchObject({ type: 'ended', callId, by: null, cause: { protocol: 'seat' } })
  })

  test.each(['%%', '\ud800'])(
    '[PHONE-6] a number that is none (%j): ended with a sentence',
    async (number) => {
      const callId = seat.newCallId()
      seat.phone.dial(callId, number)
      expect((await seat.next('ended')).cause?.text).toContain('号码无法拨打')
    },
  )

  test('[PHONE-6] nothing in a number gets out of its place in the message', async () => {
    seat.phone.dial(seat.newCallId(), '139\r\nX-Evil: 1')
    const invite = await seat.peer.next('INVITE')
    expect(invite.header('X-Evil')).toBe('')
  })
})

describe('one-way sound and odd messages', () => {
  test('[F25] [AUDIO-2] four seconds without a packet: told at once as unheard, and remembered at the end', async () => {
    const { call } = await seat.talking()
    seat.media.arriving = 0
    await seat.pass(5_000)
    const unheard = await until('unheard', () =>
      seat.told.find((event) => event.type === 'qualityMeasured' && !event.quality.heard),
    )
    expect(unheard).toMatchObject({ quality: { heard: false, mos: 1 } })
    seat.media.arriving = 50
    await seat.pass(2_000)
    await until('heard again', () => {
      const last = seat.told.findLast((event) => event.type === 'qualityMeasured')
      return last?.quality.heard === true
    })
    call.request('BYE')
    await seat.next('ended')
    expect(seat.told.at(-2)).toMatchObject({ type: 'qualityMeasured', quality: { heard: false } })
  })

  test('[F28] garbage in a live call is counted and the call goes on', async () => {
    const { call, callId } = await seat.talking()
    for (const text of [
      '\u0000\u0001\u0002',
      'BYE',
      'INVITE nonsense\r\n\r\n',
      'SIP/2.0 999 \r\n\r\n',
      'X'.repeat(70_000),
    ])
      seat.peer.send(text)
    await until('five drops', () => ofType('messageDropped').length === 5)
    expect(ofType('messageDropped').map((event) => 'first' in event && event.first)).toEqual([
      '?',
      'BYE',
      'INVITE',
      'SIP/2.0',
      '?',
    ])
    call.request('BYE')
    expect(await seat.next('ended')).toMatchObject({ callId, by: 'them' })
  })

  test('[F28] [PHONE-12] an INVITE nobody can read is refused with 400, so that the caller can go elsewhere', async () => {
    seat.peer.send(
      [
        'INVITE sip:1001@pbx.test SIP/2.0',
        'Via: SIP/2.0/WS 127.0.0.1;branch=z9hG4bKodd',
        'From: <sip:13900001001@pbx.test>;tag=odd',
        'To: <sip:1001@pbx.test>',
        'Call-ID: odd-1',
        'CSeq: nonsense',
        'Content-Length: 0',
        '',
        '',
      ].join('\r\n'),
    )
    await until('a 400', () => seat.peer.heard.some(({ what }) => what === '400'))
    expect(ofType('messageDropped')).toMatchObject([{ first: 'INVITE' }])
  })

  test('[PHONE-26] nothing of all this is written to the console', async () => {
    const written: unknown[] = []
    const real = { ...console }
    const names = ['log', 'info', 'warn', 'error', 'debug'] as const
    for (const name of names) console[name] = (...parts: unknown[]) => void written.push(parts)
    try {
      const { call } = await seat.talking()
      seat.peer.send('INVITE nonsense\r\n\r\n')
      call.request('BYE')
      await seat.next('ended')
    } finally {
      Object.assign(console, real)
    }
    expect(written).toEqual([])
  })
})
