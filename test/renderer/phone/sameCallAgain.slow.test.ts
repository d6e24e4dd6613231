// [F26] A PBX that begins its numbering anew after a restart, or says the same thing twice: our own id joins what belongs
// together and keeps apart what does not.
import { afterEach, beforeEach, expect, test } from 'vitest'
import { SDP } from '../../fakes/sipPeer.ts'
import { until } from '../../pbx/until.ts'
import { seatInNode, type NodeSeat } from './seatInNode.ts'

let seat: NodeSeat
beforeEach(async () => {
  seat = await seatInNode()
  await seat.register()
})
afterEach(() => seat.stop())

const offers = () => seat.told.flatMap((event) => (event.type === 'offered' ? [event.call] : []))
const ends = () => seat.told.flatMap((event) => (event.type === 'ended' ? [event.callId] : []))

/** The PBX's whole INVITE: every reference in it is the same each time, save what is given. */
const invite = (branch: string, tag: string, callId = 'pbx-call-1') =>
  [
    'INVITE sip:1001@pbx.test SIP/2.0',
    `Via: SIP/2.0/WS 127.0.0.1;branch=z9hG4bK${branch}`,
    `From: <sip:13900001001@pbx.test>;tag=${tag}`,
    'To: <sip:1001@pbx.test>',
    `Call-ID: ${callId}`,
    'CSeq: 100 INVITE',
    'Contact: <sip:pbx@127.0.0.1;transport=ws>',
    'X-Call-Ref: pbx-1.1',
    'X-Leg-Id: pbx-1.2',
    'Content-Type: application/sdp',
    `Content-Length: ${SDP.length}`,
    '',
    SDP,
  ].join('\r\n')

test('[F26] the same INVITE said twice is one call', async () => {
  seat.peer.send(invite('one', 'a'))
  await until('the offer', () => offers().length === 1)
  seat.peer.send(invite('one', 'a'))
  // Whatever comes of it comes before the next call.
  seat.peer.send(invite('two', 'b', 'pbx-call-2'))
  await until('the next offer', () => offers().some(({ callId }) => callId !== offers()[0]?.callId))
  expect(offers()).toHaveLength(2)
})

test('[F26] after a restart the same SIP id, reference and leg come again: a call of its own, the first one keeps its end', async () => {
  seat.peer.send(invite('one', 'a'))
  await until('the first offer', () => offers().length === 1)
  const [first] = offers()
  if (!first) throw new Error('no offer')
  // The PBX dies while it rings and comes back; it offers the waiting worker again under the same numbers.
  seat.peer.cut()
  await until('the line to be away', () => seat.links().includes('disconnected'))
  await seat.untilLink('registered')
  seat.peer.send(invite('again', 'b'))
  await until('the second offer', () => offers().length === 2)
  const [, second] = offers()
  expect(second?.callId).not.toBe(first.callId)
  expect(second).toMatchObject({ callRef: first.callRef, legId: first.legId, number: first.number })
  // The dead leg is over, the new one rings on and can be answered.
  await until('the first to be over', () => ends().includes(first.callId))
  expect(ends()).toEqual([first.callId])
  if (second) seat.phone.answer(second.callId)
  await until('our 200', () =>
    seat.peer.heard.some(({ what, method }) => what === '200' && method === 'INVITE'),
  )
  expect(ends()).toEqual([first.callId])
})
