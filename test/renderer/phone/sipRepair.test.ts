// Messages SIP.js throws away, put right: each row is one a PBX or a trunk has been seen to send, or may.
import { describe, expect, test } from 'vitest'
import { IncomingRequestMessage, LoggerFactory, Parser } from 'sip.js/lib/core/index.js'
import { partyOf } from '../../../renderer/adapters/phone/callHeaders.ts'
import { readMessage, refusalFor } from '../../../renderer/adapters/phone/sipRepair.ts'

const SDP = 'v=0\r\ns=-\r\n'

const invite = (over: Record<string, string> = {}, first = 'INVITE sip:1001@pbx.test SIP/2.0') => {
  const headers: Record<string, string> = {
    Via: 'SIP/2.0/WS 127.0.0.1;branch=z9hG4bK1',
    From: '<sip:13900001001@pbx.test>;tag=a1',
    To: '<sip:1001@pbx.test>',
    'Call-ID': 'c1',
    CSeq: '1 INVITE',
    'Max-Forwards': '70',
    Contact: '<sip:pbx@127.0.0.1;transport=ws>',
    'Content-Type': 'application/sdp',
    'Content-Length': String(SDP.length),
    ...over,
  }
  return `${[first, ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`)].join('\r\n')}\r\n\r\n${SDP}`
}

const logger = new LoggerFactory()
logger.builtinEnabled = false
/** What SIP.js does by itself. */
const droppedBySipJs = (text: string) => {
  try {
    return Parser.parseMessage(text, logger.getLogger('test')) === undefined
  } catch {
    return true
  }
}

function read(text: string): IncomingRequestMessage {
  const message = readMessage(text)
  if (!(message instanceof IncomingRequestMessage)) throw new Error('not read as a request')
  return message
}

describe('[PHONE-12] the repair', () => {
  test.each([
    ['an unquoted Chinese name', '王小明 <sip:13900001001@pbx.test>;tag=a1', '13900001001', '王小明'],
    [
      'an unquoted name with brackets',
      '张三(工会) <sip:13900001001@pbx.test>;tag=a1',
      '13900001001',
      '张三(工会)',
    ],
    ['a name with a lone quote', '"王 <sip:13900001001@pbx.test>;tag=a1', '13900001001', '王'],
    ['a name with quotes inside', '"王"小"明" <sip:13900001001@pbx.test>;tag=a1', '13900001001', '王"小"明'],
    ['a name ending in a backslash', '"王\\" <sip:13900001001@pbx.test>;tag=a1', '13900001001', '王'],
    [
      'an unquoted name with a comma',
      'Wang, Ming <sip:13900001001@pbx.test>;tag=a1',
      '13900001001',
      'Wang, Ming',
    ],
    ['a tel: address', '<tel:+8613900001001>;tag=a1', '+8613900001001', null],
    ['a tel: address with a context', '"王" <tel:62201234;phone-context=+8610>;tag=a1', '62201234', '王'],
    ['# in the number', '<sip:*31#13900001001@pbx.test>;tag=a1', '*31#13900001001', null],
    ['a blank in the number', '<sip:139 0000 1001@pbx.test>;tag=a1', '13900001001', null],
    ['Chinese in the number', '<sip:未知@pbx.test>;tag=a1', '未知', null],
    [
      'no brackets and a name of a host with an underscore',
      'sip:13900001001@my_pbx;tag=a1',
      '13900001001',
      null,
    ],
  ])('[PHONE-12] reads From with %s', (_what, from, number, name) => {
    const text = invite({ From: from })
    const message = read(text)
    expect(partyOf(message)).toEqual({ number, name })
    expect(message.fromTag).toBe('a1')
    // What we reply must repeat the header as it came.
    expect(message.getHeader('From')).toBe(from)
    expect(message.body).toBe(SDP)
  })

  test('[PHONE-12] the rows above are real: SIP.js alone drops most of them', () => {
    const dropped = [
      '王小明 <sip:13900001001@pbx.test>;tag=a1',
      '<tel:+8613900001001>;tag=a1',
      '<sip:*31#13900001001@pbx.test>;tag=a1',
      '"王 <sip:13900001001@pbx.test>;tag=a1',
    ]
    for (const from of dropped) expect([from, droppedBySipJs(invite({ From: from }))]).toEqual([from, true])
  })

  test.each([
    ['To', { To: '坐席一 <sip:1001@pbx.test>' }],
    ['Contact with a Chinese name', { Contact: '总机 <sip:pbx@127.0.0.1>' }],
    ['Content-Type with nonsense', { 'Content-Type': 'application sdp' }],
    ['Max-Forwards without a number', { 'Max-Forwards': '' }],
    ['Content-Length without a number', { 'Content-Length': 'x' }],
  ])('[PHONE-12] reads a broken %s', (_what, over) => {
    expect(read(invite(over)).body).toContain('v=0')
  })

  test('[PHONE-12] reads lines that end without a carriage return, and leading blank lines', () => {
    const message = read(`\r\n\r\n${invite()}`.replaceAll('\r\n', '\n'))
    expect(message.callId).toBe('c1')
    expect(message.body).toContain('v=0')
  })

  test('[PHONE-12] reads # in the request line and [ in a reason phrase', () => {
    expect(read(invite({}, 'INVITE sip:10#01@pbx.test SIP/2.0')).ruri?.user).toBeTruthy()
    const refusal = invite({ CSeq: '1 INVITE' }, 'SIP/2.0 503 congestion [trunk 2] 中继忙')
    expect(readMessage(refusal)).toMatchObject({ statusCode: 503 })
  })

  test('[PHONE-12] a well-formed message is read as it is', () => {
    const message = read(invite({ From: '"Wang \\"x\\"" <sip:13900001001@pbx.test>;tag=a1' }))
    expect(partyOf(message)).toEqual({ number: '13900001001', name: 'Wang "x"' })
  })

  test.each([
    ['nothing', ''],
    ['noise', '\u0000\u0001\u0002'],
    ['a first line only', 'INVITE sip:1001@pbx.test SIP/2.0\r\n\r\n'],
    ['no Via', invite().replace(/Via:.*\r\n/, '')],
    ['no Call-ID', invite().replace(/Call-ID:.*\r\n/, '')],
    ['a CSeq of words', invite({ CSeq: 'one INVITE' })],
    ['more than any message has', invite({ 'X-Long': 'x'.repeat(70_000) })],
  ])('[F28] gives up on %s without throwing', (_what, text) => {
    expect(readMessage(text)).toBeNull()
  })
})

describe('[PHONE-12] the refusal of the unreadable', () => {
  test('[PHONE-12] a request is answered 400 with its own header lines', () => {
    const refusal = refusalFor(invite({ CSeq: 'one INVITE' })) ?? ''
    expect(refusal.split('\r\n')).toEqual([
      'SIP/2.0 400 Bad Request',
      'Via: SIP/2.0/WS 127.0.0.1;branch=z9hG4bK1',
      'From: <sip:13900001001@pbx.test>;tag=a1',
      'To: <sip:1001@pbx.test>',
      'Call-ID: c1',
      'CSeq: one INVITE',
      'Content-Length: 0',
      '',
      '',
    ])
  })

  test('[PHONE-12] an ACK, a response and noise are not answered', () => {
    expect(refusalFor(invite({}, 'ACK sip:1001@pbx.test SIP/2.0'))).toBeNull()
    expect(refusalFor(invite({}, 'SIP/2.0 200 OK'))).toBeNull()
    expect(refusalFor('noise')).toBeNull()
  })
})
