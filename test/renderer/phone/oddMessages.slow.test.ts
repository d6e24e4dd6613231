// Messages as odd exchanges, trunks and attackers send them, over a real socket to the real telephone: a caller in one
// of them is offered with the number, or the message is counted and the sender told. None disappears.
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

type Parts = { first?: string; headers?: Record<string, string | null>; body?: string }

let made = 0
/** An INVITE as one text; headers may be replaced, added or (null) left out. */
function invite({ first, headers = {}, body = SDP }: Parts = {}): string {
  made += 1
  const all: Record<string, string | null> = {
    Via: `SIP/2.0/WS 127.0.0.1;branch=z9hG4bKodd${made}`,
    From: '<sip:13900001001@pbx.test>;tag=odd',
    To: '<sip:1001@pbx.test>',
    'Call-ID': `odd-${made}`,
    CSeq: '1 INVITE',
    'Max-Forwards': '70',
    Contact: '<sip:pbx@127.0.0.1;transport=ws>',
    'Content-Type': 'application/sdp',
    'Content-Length': String(Buffer.byteLength(body)),
    ...headers,
  }
  const lines = Object.entries(all).flatMap(([name, value]) => (value === null ? [] : [`${name}: ${value}`]))
  return `${[first ?? 'INVITE sip:1001@pbx.test SIP/2.0', ...lines].join('\r\n')}\r\n\r\n${body}`
}

const offers = () => seat.told.flatMap((event) => (event.type === 'offered' ? [event.call] : []))
const drops = () => seat.told.filter(({ type }) => type === 'messageDropped').length
const from = (value: string): Parts => ({ headers: { From: `${value};tag=odd` } })
const renamed = (text: string, names: Record<string, string>) =>
  Object.entries(names).reduce((changed, [long, short]) => changed.replace(`${long}:`, `${short}:`), text)
const gbk = Buffer.from([0xcd, 0xf5, 0xd0, 0xa1, 0xc3, 0xf7])

const caller = '13900001001'
const read: readonly [string, string | Buffer, string, string | null][] = [
  ['an unquoted Chinese name', invite(from('王小明 <sip:13900001001@pbx.test>')), caller, '王小明'],
  ['a tel: address', invite(from('<tel:+8613900001001>')), '+8613900001001', null],
  ['a tel: address without brackets', invite(from('tel:13900001001')), caller, null],
  ['# in the number', invite(from('<sip:*31#13900001001@pbx.test>')), '*31#13900001001', null],
  ['# in the request line', invite({ first: 'INVITE sip:10#01@pbx.test SIP/2.0' }), caller, null],
  ['[ in a name', invite(from('张[三] <sip:13900001001@pbx.test>')), caller, '张[三]'],
  ['a lone quote', invite(from('"王 <sip:13900001001@pbx.test>')), caller, '王'],
  ['brackets in a quoted name', invite(from('"<b>王</b>" <sip:13900001001@pbx.test>')), caller, '<b>王</b>'],
  ['an empty name', invite(from('"" <sip:13900001001@pbx.test>')), caller, null],
  ['an emoji name', invite(from('😀工友 <sip:13900001001@pbx.test>')), caller, '😀工友'],
  ['no user in From', invite(from('<sip:pbx.test>')), '', null],
  ['an anonymous caller', invite(from('"Anonymous" <sip:anonymous@anonymous.invalid>')), '', null],
  ['a blank in the number', invite(from('<sip:139 0000 1001@pbx.test>')), caller, null],
  ['folded lines', invite({ headers: { Subject: 'a\r\n b\r\n\tc' } }), caller, null],
  ['a folded From', invite(from('"Wang"\r\n <sip:13900001001@pbx.test>')), caller, 'Wang'],
  [
    'lower-case header names',
    invite().replace(/^([A-Z][\w-]*):/gm, (_, name: string) => `${name.toLowerCase()}:`),
    caller,
    null,
  ],
  [
    'compact forms',
    renamed(invite(), { Via: 'v', From: 'f', To: 't', 'Call-ID': 'i', Contact: 'm', 'Content-Type': 'c' }),
    caller,
    null,
  ],
  ['line feeds only', invite().replaceAll('\r\n', '\n'), caller, null],
  ['leading blank lines', `\r\n\r\n${invite()}`, caller, null],
  ['a Content-Length too great', invite({ headers: { 'Content-Length': '99999' } }), caller, null],
  ['a Content-Length too small', invite({ headers: { 'Content-Length': '2' } }), caller, null],
  ['no Content-Length', invite({ headers: { 'Content-Length': null } }), caller, null],
  ['a Content-Length of words', invite({ headers: { 'Content-Length': 'many' } }), caller, null],
  [
    'a duplicated From, of which the last counts',
    invite().replace('To:', 'From: <sip:13900009999@pbx.test>;tag=two\r\nTo:'),
    '13900009999',
    null,
  ],
  ['duplicated X- headers', invite().replace('To:', 'X-Queue: 12351\r\nX-Queue: other\r\nTo:'), caller, null],
  ['a line that is no header', invite().replace('To:', 'nonsense\r\nTo:'), caller, null],
  ['a broken Max-Forwards', invite({ headers: { 'Max-Forwards': 'seventy' } }), caller, null],
  [
    'a Contact with a Chinese name',
    invite({ headers: { Contact: '总机 <sip:pbx@127.0.0.1>' } }),
    caller,
    null,
  ],
  ['blanks before the colon', invite().replace('CSeq:', 'CSeq  :'), caller, null],
  ['no Contact', invite({ headers: { Contact: null } }), caller, null],
  ['a host with an underscore', invite(from('<sip:13900001001@my_pbx>')), caller, null],
  ['20 KB of unknown headers', invite({ headers: { 'X-Long': 'x'.repeat(20_000) } }), caller, null],
  [
    'invalid UTF-8 in a name',
    Buffer.concat([
      Buffer.from(invite().split('<sip:13900001001')[0] ?? ''),
      Buffer.from([0xff, 0xfe, 0x20]),
      Buffer.from(`<sip:13900001001${invite().split('<sip:13900001001')[1] ?? ''}`),
    ]),
    caller,
    '\ufffd\ufffd',
  ],
  [
    'a name in GBK',
    Buffer.concat([
      Buffer.from(`${invite().split('<sip:13900001001')[0] ?? ''}"`),
      gbk,
      Buffer.from(`" <sip:13900001001${invite().split('<sip:13900001001')[1] ?? ''}`),
    ]),
    caller,
    '王小明',
  ],
]

describe('[F28] [PHONE-12] odd messages that hold a caller', () => {
  test.each(read)('[F28] %s: offered with the number, nothing dropped', async (_what, text, number, name) => {
    seat.peer.send(text)
    await until('the caller', () => offers().length + drops() > 0)
    expect({
      offers: offers().map((call) => ({ number: call.number, name: call.name })),
      drops: drops(),
    }).toEqual({
      offers: [{ number, name }],
      drops: 0,
    })
  })

  test('[F28] two messages in one frame: both callers are offered', async () => {
    seat.peer.send(invite() + invite(from('<sip:13900001002@pbx.test>')))
    await until('two callers', () => offers().length === 2)
    expect(offers().map((call) => call.number)).toEqual(['13900001001', '13900001002'])
    expect(drops()).toBe(0)
  })
})

const unreadable: readonly [string, string, string, boolean][] = [
  ['a header of 1 MB', invite({ headers: { 'X-Long': 'x'.repeat(1_000_000) } }), 'INVITE', true],
  [
    '20,000 headers',
    invite().replace('To:', `${Array.from({ length: 20_000 }, (_, n) => `X-${n}: 1`).join('\r\n')}\r\nTo:`),
    'INVITE',
    true,
  ],
  ['no Call-ID', invite({ headers: { 'Call-ID': null } }), 'INVITE', false],
  ['no Via', invite({ headers: { Via: null } }), 'INVITE', false],
  ['a CSeq of words', invite({ headers: { CSeq: 'one INVITE' } }), 'INVITE', true],
  ['a CSeq of another method', invite({ headers: { CSeq: '1 BYE' } }), 'INVITE', true],
  ['half a message', invite().slice(0, 60), 'INVITE', false],
  ['noise', '\u0000\u0001\u0002', '?', false],
]

describe('[F28] [PHONE-12] what nobody can read', () => {
  test.each(unreadable)(
    '[F28] %s: counted, and refused where that is possible',
    async (_what, text, first, isRefused) => {
      seat.peer.send(text)
      await until('the drop', () => drops() === 1)
      expect(seat.told.at(-1)).toMatchObject({ type: 'messageDropped', first })
      expect(offers()).toEqual([])
      if (isRefused) await until('a 400', () => seat.peer.heard.some(({ what }) => what === '400'))
      // The next one is read as ever.
      await seat.ringing()
    },
  )

  test('[F28] an unknown method is refused 405 or 501 and is no caller', async () => {
    seat.peer.send(invite({ first: 'FOO sip:1001@pbx.test SIP/2.0', headers: { CSeq: '1 FOO' } }))
    await until(
      'a refusal',
      () => seat.peer.heard.some(({ what }) => /^(405|501)$/.test(what)) || drops() > 0,
    )
    expect(offers()).toEqual([])
  })
})
