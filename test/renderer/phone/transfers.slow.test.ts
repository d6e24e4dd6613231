// Passing calls on, on the wire: blind and attended REFER, what the PBX reports of it, whose call it was made for, and
// two calls brought together.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { CallId } from '../../../contract/ids.ts'
import { SDP } from '../../fakes/sipPeer.ts'
import { seatInNode, type NodeSeat } from './seatInNode.ts'

let seat: NodeSeat
beforeEach(async () => {
  seat = await seatInNode()
  seat.peer.answer('BYE', (request) => request.reply(200))
  await seat.register()
})
afterEach(() => seat.stop())

const report = (status: string) => ({
  headers: ['Event: refer', 'Subscription-State: active', 'Content-Type: message/sipfrag;version=2.0'],
  body: `SIP/2.0 ${status}`,
})

/** A call of ours that is answered; the INVITE it began with. */
async function asked(callRef?: string | null) {
  const callId = seat.newCallId()
  const before = seat.told.length
  seat.phone.dial(callId, '6001', callRef)
  const invite = await seat.peer.next('INVITE')
  invite.reply(100)
  invite.reply(200, { body: SDP })
  await seat.next('connected', before)
  await seat.peer.next('ACK')
  return { callId, invite }
}

describe('blind transfer', () => {
  test('[PHONE-24] it worked: told, and our leg is ended by us', async () => {
    const { call, callId } = await seat.talking()
    seat.phone.transfer(callId, '1002')
    const refer = await seat.peer.next('REFER')
    expect(refer.header('Refer-To')).toBe('<sip:1002@pbx.test>')
    refer.reply(202)
    call.request('NOTIFY', report('100 Trying'))
    call.request('NOTIFY', report('200 OK'))
    await seat.next('ended')
    expect(seat.told.slice(-2)).toMatchObject([
      { type: 'transferred', callId },
      { type: 'ended', callId, by: 'us' },
    ])
  })

  test('[F27] [PHONE-24] it failed: a sentence, and the caller is still on the line', async () => {
    const { call, callId } = await seat.talking()
    seat.phone.transfer(callId, '1009')
    ;(await seat.peer.next('REFER')).reply(202)
    call.request('NOTIFY', report('404 Not Found'))
    expect(await seat.next('transferFailed')).toMatchObject({ callId })
    expect(seat.media.calls[0]?.voice()).toEqual({ speaks: true, hears: true })
    call.request('BYE')
    expect(await seat.next('ended')).toMatchObject({ by: 'them' })
  })
})

describe('attended transfer', () => {
  test('[PHONE-50] REFER names the other dialog as the PBX knows it, and both legs end by us', async () => {
    const { call, callId } = await seat.talking()
    const other = await asked()
    seat.phone.handOver(callId, other.callId)
    const refer = await seat.peer.next('REFER')
    expect(refer.header('Call-ID')).toBe(call.callId)
    const { invite } = other
    const fromTag = /;tag=([^;\s]+)/.exec(invite.header('From'))?.[1]
    const replaces = encodeURIComponent(`${invite.header('Call-ID')};to-tag=peer;from-tag=${fromTag}`)
    expect(refer.header('Refer-To')).toBe(`<sip:6001@pbx.test?Replaces=${replaces}>`)
    refer.reply(202)
    call.request('NOTIFY', report('200 OK'))
    const ends = () => seat.told.filter(({ type }) => type === 'ended')
    await seat.next('ended')
    await seat.pass(250)
    expect(seat.told.find(({ type }) => type === 'transferred')).toMatchObject({ callId })
    expect(ends()).toMatchObject([
      { callId, by: 'us' },
      { callId: other.callId, by: 'us' },
    ])
    expect(seat.peer.heard.filter(({ what }) => what === 'BYE')).toHaveLength(2)
  })

  test.each([
    ['reports 481', (refer: { reply(status: number): void }) => refer.reply(202)],
    ['refuses the REFER', (refer: { reply(status: number): void }) => refer.reply(603)],
  ])('[F27] [PHONE-50] when the PBX %s both calls are as they were', async (how, does) => {
    const { call, callId } = await seat.talking()
    const other = await asked()
    seat.phone.handOver(callId, other.callId)
    does(await seat.peer.next('REFER'))
    if (how === 'reports 481') call.request('NOTIFY', report('481 Call/Transaction Does Not Exist'))
    expect(await seat.next('transferFailed')).toMatchObject({ callId })
    expect(seat.told.some(({ type }) => type === 'ended')).toBe(false)
    expect(seat.media.calls.map((each) => each.isClosed())).toEqual([false, false])
    // And it can be tried again.
    seat.phone.handOver(callId, other.callId)
    ;(await seat.peer.next('REFER')).reply(202)
  })

  test('[PHONE-50] a PBX that promised a report and gave none has failed after 40 s', async () => {
    const { callId } = await seat.talking()
    const other = await asked()
    seat.phone.handOver(callId, other.callId)
    ;(await seat.peer.next('REFER')).reply(202)
    await seat.pass(41_000)
    expect(seat.told.filter(({ type }) => type === 'transferFailed')).toMatchObject([{ callId }])
  })
})

describe('the reference of the call it is made for', () => {
  test.each([
    ['goes out with the consultation', 'rig-1700000000.12', 'rig-1700000000.12'],
    ['is left out when there is none', null, ''],
    ['is left out when it would break the header line', '好\r\nX-Bad: 1', ''],
  ])('[PHONE-52] %s', async (_what, callRef, sent) => {
    const { invite } = await asked(callRef)
    expect(invite.header('X-Call-Ref')).toBe(sent)
    expect(invite.header('X-Bad')).toBe('')
  })

  test('[PHONE-25] who is at the other end after a transfer is told, and whether it is one of us', async () => {
    const { call, callId } = await seat.talking()
    const becomes = async (identity: string) => {
      const after = seat.told.length
      call.request('INVITE', { headers: [`P-Asserted-Identity: ${identity}`], body: SDP })
      const told = await seat.next('otherSideChanged', after)
      await call.response(200)
      call.ack()
      return told
    }
    expect(await becomes('<sip:1002@pbx.test>')).toMatchObject({ callId, number: '1002', internal: true })
    expect(await becomes('"Li" <sip:13900001002@pbx.test>')).toMatchObject({
      number: '13900001002',
      name: 'Li',
      internal: false,
    })
    expect(await becomes('"Anonymous" <sip:anonymous@pbx.test>')).toMatchObject({
      number: '',
      name: null,
      internal: false,
    })
  })
})

describe('three-way', () => {
  const joins = () => seat.media.joins.map(({ isOn }) => isOn)
  async function two(): Promise<[CallId, CallId]> {
    const { callId } = await seat.talking()
    return [callId, (await asked()).callId]
  }

  test('[PHONE-51] joined, and taken apart by us', async () => {
    const [first, second] = await two()
    seat.phone.join(first, second)
    expect(await seat.next('joined')).toMatchObject({ callId: first, withId: second })
    expect(joins()).toEqual([true])
    // The sounds as the browser gave them: it knows no others.
    expect(seat.media.joins[0]?.of).toEqual(seat.media.calls)
    seat.media.joins[0]?.of.forEach((sound, at) => expect(sound).toBe(seat.media.calls[at]))
    seat.phone.part(first, second)
    expect(await seat.next('parted')).toMatchObject({ callId: first, withId: second })
    expect(joins()).toEqual([false])
  })

  test('[PHONE-51] when one hangs up, the end is told first, then that they are apart', async () => {
    const [first, second] = await two()
    seat.phone.join(first, second)
    await seat.next('joined')
    seat.phone.hangUp(second)
    expect(seat.told.slice(-2)).toMatchObject([
      { type: 'ended', callId: second },
      { type: 'parted', callId: first, withId: second },
    ])
    expect(joins()).toEqual([false])
  })

  test('[PHONE-51] parted before the sound was brought together: it is taken apart all the same', async () => {
    const [first, second] = await two()
    seat.phone.join(first, second)
    seat.phone.part(first, second)
    await seat.pass(250)
    expect(joins()).toEqual([false])
    expect(seat.told.map(({ type }) => type)).not.toContain('joined')
  })

  test('[PHONE-51] a page that cannot mix says so, and both calls go on', async () => {
    const [first, second] = await two()
    seat.media.joining = 'fails'
    seat.phone.join(first, second)
    expect(await seat.next('joinFailed')).toMatchObject({ callId: first, withId: second })
    seat.media.joining = 'works'
    seat.phone.join(first, second)
    await seat.next('joined')
  })
})
