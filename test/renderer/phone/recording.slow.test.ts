// Recording as the telephone tells and asks for it: a header of the INVITE, keys pressed in the call, a MESSAGE back.
import { afterEach, beforeEach, expect, test } from 'vitest'
import { anAccount } from '../../makers/anAccount.ts'
import { until } from '../../pbx/until.ts'
import { seatInNode, type NodeSeat } from './seatInNode.ts'

let seat: NodeSeat
beforeEach(async () => {
  seat = await seatInNode()
  await seat.register()
})
afterEach(() => seat.stop())

const ofType = (type: string) => seat.told.filter((event) => event.type === type)

let made = 0
/** The PBX's word outside any call. */
const word = (callRef: string, is: string, inviteId = '') => {
  made += 1
  return [
    'MESSAGE sip:1001@pbx.test SIP/2.0',
    `Via: SIP/2.0/WS 127.0.0.1;branch=z9hG4bKword${made}`,
    'From: <sip:recording@pbx.test>;tag=word',
    'To: <sip:1001@pbx.test>',
    `Call-ID: word-${made}`,
    'CSeq: 1 MESSAGE',
    'Max-Forwards: 70',
    `X-Call-Ref: ${callRef}`,
    `X-Recording: ${is}`,
    ...(inviteId === '' ? [] : [`X-Invite-Id: ${inviteId}`]),
    'Content-Length: 0',
    '',
    '',
  ].join('\r\n')
}
const answeredWords = () =>
  seat.peer.heard.filter(({ what, method }) => what === '200' && method === 'MESSAGE')

async function recorded(headers = ['X-Call-Ref: ref-1', 'X-Recording: on']) {
  const { call, callId } = await seat.ringing({ headers })
  seat.phone.answer(callId)
  await call.response(200)
  call.ack()
  await seat.next('connected')
  return callId
}

test.each([
  [['X-Recording: on'], { is: 'on', mayPause: true }],
  [['X-Recording: Paused '], { is: 'paused', mayPause: true }],
  [['X-Recording: perhaps'], null],
  [[], null],
])('[PHONE-53] what the INVITE says of it: %j', async (headers, recording) => {
  await seat.ringing({ headers })
  expect((await seat.next('offered')).call.recording).toEqual(recording)
})

test('[PHONE-53] without codes in the account it is told and cannot be paused', async () => {
  await seat.register(anAccount([seat.peer.url], { recordingCodes: null }))
  await seat.ringing({ headers: ['X-Recording: on'] })
  expect((await seat.next('offered')).call.recording).toEqual({ is: 'on', mayPause: false })
})

test("[PHONE-53] the codes are pressed in the call, and what became of them is the PBX's word on that very call", async () => {
  const callId = await recorded()
  seat.phone.turnRecording(callId, 'paused')
  expect(seat.media.calls[0]?.digits()).toBe('*81')
  seat.peer.send(word('ref-2', 'paused'))
  await until('the first word to be answered', () => answeredWords().length === 1)
  expect(ofType('recordingChanged')).toEqual([])
  seat.peer.send(word('ref-1', 'paused'))
  expect(await seat.next('recordingChanged')).toMatchObject({ callId, is: 'paused' })
  seat.phone.turnRecording(callId, 'on')
  expect(seat.media.calls[0]?.digits()).toBe('*81*82')
  seat.peer.send(word('ref-1', 'on'))
  await until('both words', () => ofType('recordingChanged').length === 2)
  await seat.pass(10_000)
  expect(ofType('recordingUnchanged')).toEqual([])
})

test('[PHONE-53] no word within 4 s: told as unchanged; a late one counts all the same', async () => {
  const callId = await recorded()
  seat.phone.turnRecording(callId, 'paused')
  await seat.pass(3_750)
  expect(ofType('recordingUnchanged')).toEqual([])
  await seat.pass(500)
  expect(ofType('recordingUnchanged')).toMatchObject([{ callId }])
  seat.peer.send(word('ref-1', 'paused'))
  expect(await seat.next('recordingChanged')).toMatchObject({ callId, is: 'paused' })
})

test('[PHONE-53] a word that cannot be read, or about a call of which nothing was said, is answered and moves nothing', async () => {
  await recorded(['X-Call-Ref: ref-1'])
  for (const is of ['paused', 'nonsense', '']) seat.peer.send(word('ref-1', is))
  seat.peer.send(word('', 'paused'))
  await until('four answers', () => answeredWords().length === 4)
  expect(ofType('recordingChanged')).toEqual([])
})

test('[PHONE-53] of a call of ours it is told by the Call-ID of its INVITE, and of no other call', async () => {
  const callId = seat.newCallId()
  seat.phone.dial(callId, '13900002001')
  const call = await seat.peer.next('INVITE')
  const inviteId = call.header('Call-ID')
  seat.peer.send(word('', 'on', 'another-id'))
  seat.peer.send(word('ref-1', 'on'))
  await until('both to be answered', () => answeredWords().length === 2)
  expect(ofType('recordingChanged')).toEqual([])
  seat.peer.send(word('', 'on', inviteId))
  expect(await seat.next('recordingChanged')).toMatchObject({ callId, is: 'on', mayPause: true })
})

test('[PHONE-53] [CALL-27] without a line no code is pressed: told at once as unchanged', async () => {
  const callId = await recorded()
  seat.peer.answer('REGISTER', null)
  seat.peer.cut()
  await seat.untilLink('disconnected')
  seat.phone.turnRecording(callId, 'paused')
  expect(seat.told.at(-1)).toMatchObject({ type: 'recordingUnchanged', callId })
  expect(seat.media.calls[0]?.digits()).toBe('')
})

test('[PHONE-53] the line goes before the word: not told as unchanged, and asked again when the call is brought over', async () => {
  const callId = await recorded()
  seat.phone.turnRecording(callId, 'paused')
  seat.peer.cut()
  const repair = await seat.peer.next('INVITE')
  await seat.pass(5_000)
  expect(ofType('recordingUnchanged')).toEqual([])
  expect(seat.media.calls[0]?.digits()).toBe('*81')
  repair.reply(200, { body: repair.body })
  await until('the code again', () => seat.media.calls[0]?.digits() === '*81*81')
  seat.peer.send(word('ref-1', 'paused'))
  expect(await seat.next('recordingChanged')).toMatchObject({ callId, is: 'paused' })
  await seat.pass(5_000)
  expect(ofType('recordingUnchanged')).toEqual([])
})

test('[PHONE-53] when the call is over nothing is told of its recording any more', async () => {
  const callId = await recorded()
  seat.phone.turnRecording(callId, 'paused')
  seat.phone.hangUp(callId)
  seat.peer.send(word('ref-1', 'paused'))
  await until('an answer', () => answeredWords().length === 1)
  await seat.pass(10_000)
  expect(seat.told.at(-1)).toMatchObject({ type: 'ended', callId })
})
