// Whatever arrives on the socket, the exchange stays up and answers the next one who asks properly.
import { array, constantFrom, sample, tuple } from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { openTestExchange, PATIENT, type TestExchange } from './testExchange.ts'

let rig: TestExchange
beforeAll(async () => {
  rig = await openTestExchange()
})
afterAll(() => rig.close())

const method = constantFrom(
  'INVITE',
  'REGISTER',
  'BYE',
  'ACK',
  'CANCEL',
  'REFER',
  'NOTIFY',
  'OPTIONS',
  'INFO',
  'SUBSCRIBE',
  'MESSAGE',
  'X',
)
const user = constantFrom('1001', '6001', '600', '7777', '', '%zz', '"', ' ', '1001;x=y', '\u4f60')
const header = constantFrom(
  'Via: SIP/2.0/WS x.invalid;branch=z9hG4bK1',
  'Via: ?',
  'From: <sip:1001@practice.invalid>;tag=a',
  'From: "',
  'To: <sip:6001@practice.invalid>',
  'To: <sip:6001@practice.invalid>;tag=zz',
  'Call-ID: c1',
  'CSeq: 1 INVITE',
  'CSeq: x',
  'Contact: <sip:1001@x.invalid>',
  'Contact: *',
  'Refer-To: <sip:1002@x?Replaces=%ff>',
  'Authorization: Digest username="1001", realm="practice.invalid", nonce="", response=""',
  'Authorization: ',
  'Expires: -1',
  'Content-Type: application/sdp',
  'Content-Length: 99999',
  'Event: refer',
)
const message = tuple(
  method,
  user,
  array(header, { maxLength: 10 }),
  constantFrom('', 'v=0', 'm=audio', '\u0000'),
).map(([verb, to, headers, body]) =>
  [`${verb} sip:${to}@practice.invalid SIP/2.0`, ...headers, '', body].join('\r\n'),
)

test('[PRACTICE-9] three hundred malformed messages, before and after registration, harm nobody', async () => {
  const seat = await rig.seat('1001')
  const stranger = new WebSocket(rig.exchange.url, 'sip')
  await new Promise((resolve) => stranger.once('open', resolve))
  const messages = sample(message, { numRuns: 300, seed: 12351 })
  for (const [index, text] of messages.entries()) (index % 2 ? stranger : seat.socket()).send(text)
  await expect.poll(() => rig.last('fault')?.count ?? 0, PATIENT).toBeGreaterThan(20)
  expect(await seat.register()).toBe(200)
  const { call } = await rig.talk(seat, '1001', 'steady')
  await expect.poll(() => call.leg.hears(620), PATIENT).toBeGreaterThan(0.9)
  stranger.terminate()
})
