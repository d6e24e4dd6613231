// The look at an INVITE before it is read: what it shows is what the reading says, and it changes nothing of the call.
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { IncomingRequestMessage } from 'sip.js/lib/core/index.js'
import type { OfferedCall } from '../../../core/softphone/phoneEvent.ts'
import { readOffer } from '../../../renderer/adapters/phone/callHeaders.ts'
import { glance } from '../../../renderer/adapters/phone/glimpse.ts'
import { readMessage } from '../../../renderer/adapters/phone/sipRepair.ts'
import { SDP } from '../../fakes/sipPeer.ts'
import { callId } from '../../makers/stamps.ts'
import { until } from '../../pbx/until.ts'
import { seatInNode, type NodeSeat } from './seatInNode.ts'

const invite = (more: readonly string[] = [], from = '"王小明" <sip:13900001001@pbx.test>;tag=a1', to = '') =>
  [
    'INVITE sip:1001@pbx.test SIP/2.0',
    'Via: SIP/2.0/WS 127.0.0.1;branch=z9hG4bK1',
    `From: ${from}`,
    `To: <sip:1001@pbx.test>${to}`,
    'Call-ID: c1',
    'CSeq: 1 INVITE',
    'Contact: <sip:pbx@127.0.0.1;transport=ws>',
    ...more,
    'Content-Type: application/sdp',
    `Content-Length: ${SDP.length}`,
    '',
    SDP,
  ].join('\r\n')

describe('[BAR-15] the look', () => {
  const letter = fc.constantFrom(
    '王',
    '小',
    'A',
    '7',
    ' ',
    '"',
    '\\',
    '<',
    '>',
    '@',
    ',',
    ':',
    ';',
    '\t',
    '\r\n ',
    '😀',
    '\u202e',
  )
  const word = fc.array(letter, { maxLength: 8 }).map((letters) => letters.join(''))
  const address = fc.oneof(
    fc
      .tuple(word, fc.constantFrom('13900001001', '1002', '+8613900001001', 'anonymous', ''))
      .map(([name, number]) => `${name} <sip:${number}@pbx.test>`),
    fc.constantFrom(
      'sip:13900001001@pbx.test',
      '<tel:+8613900001001>',
      'Anonymous <sip:anonymous@anonymous.invalid>',
    ),
  )
  const header = fc.oneof(
    address.map((value) => `P-Asserted-Identity: ${value}`),
    fc
      .tuple(
        fc.constantFrom(
          'X-Queue',
          'X-Queue-Waited',
          'X-Place',
          'X-Call-Ref',
          'X-Leg-Id',
          'x-queue',
          'Supported',
        ),
        word,
      )
      .map(([name, value]) => `${name}: ${value}`),
  )

  test('[BAR-15] says of every caller what reading the message says, or says nothing', () => {
    let compared = 0
    fc.assert(
      fc.property(fc.array(header, { maxLength: 6 }), address, (headers, from) => {
        const text = invite(headers, `${from};tag=a1`)
        const seen = glance(text)
        const read = readMessage(text)
        if (seen === null || !(read instanceof IncomingRequestMessage)) return
        compared += 1
        expect(readOffer(seen, callId(1), '1001')).toEqual(readOffer(read, callId(1), '1001'))
      }),
      { numRuns: 500 },
    )
    expect(compared).toBeGreaterThan(200)
  })

  test.each([
    ['something inside a call', invite([], undefined, ';tag=b1')],
    ['another request', invite().replaceAll('INVITE', 'OPTIONS')],
    ['an answer', invite().replace(/^.*/, 'SIP/2.0 200 OK')],
    ['a head without an end', invite().split('\r\n\r\n')[0] ?? ''],
    ['a head longer than any honest one', invite([`Subject: ${'长'.repeat(9_000)}`])],
    ['a line that is no header', invite(['nonsense'])],
    ['short names of headers, which are for the reading', invite().replace('Call-ID:', 'i:')],
    ['nobody it comes from', invite().replace('From:', 'X-From:')],
    ['nobody it goes to', invite().replace('To:', 'X-To:')],
  ])('[BAR-15] says nothing of %s', (_, text) => {
    expect(glance(text)).toBeNull()
  })
})

describe('[BAR-15] on the line', () => {
  let seat: NodeSeat
  let shown: OfferedCall[] = []
  let frames: (() => void)[] = []
  let isShowing = true
  let isBroken = false
  /** What waits until the agent has seen it. */
  const frame = () => {
    for (const run of frames.splice(0)) run()
  }
  const heard = () => seat.told.map(({ type }) => type).filter((type) => !type.endsWith('Changed'))
  beforeEach(async () => {
    shown = []
    frames = []
    isShowing = true
    isBroken = false
    seat = await seatInNode(undefined, {
      foretell(call) {
        if (isBroken) throw new Error('nothing to draw on')
        return shown.push(call) > 0 && isShowing
      },
      soon: (run) => void frames.push(run),
    })
    await seat.register()
  })
  afterEach(() => seat.stop())

  test('[BAR-15] who calls is shown first, and the call comes when that has been seen', async () => {
    const call = seat.peer.invite({ headers: ['X-Queue: 维权咨询'] })
    await until('the caller to be shown', () => shown.length === 1)
    expect(heard()).toEqual([])
    frame()
    const offered = await seat.next('offered')
    expect(offered.call).toEqual({ ...shown[0], callId: offered.call.callId, recording: null })
    frame()
    await call.response(180)
  })

  test('[BAR-15] what comes behind it is read behind it: a caller who has hung up again', async () => {
    const call = seat.peer.invite()
    await until('the caller to be shown', () => shown.length === 1)
    call.cancel()
    await seat.pass(50)
    expect(heard()).toEqual([])
    frame()
    expect(heard()).toEqual(['offered', 'ended'])
    await call.response(487)
  })

  test('[BAR-15] a line lost in that moment was lost after the call: it does not ring on', async () => {
    seat.peer.invite()
    await until('the caller to be shown', () => shown.length === 1)
    seat.peer.cut()
    await until('the line to be away', () => seat.links().includes('disconnected'))
    expect(heard()[0]).toBe('offered')
    frame()
    expect(heard().filter((what) => what === 'offered')).toHaveLength(1)
  })

  test('[BAR-15] where nobody can show it the call is read at once', async () => {
    isShowing = false
    seat.peer.invite()
    await seat.next('offered')
    expect(shown).toHaveLength(1)
  })

  test('[BAR-15] a screen that fails at it costs no caller', async () => {
    isBroken = true
    seat.peer.invite()
    await seat.next('offered')
  })

  test('[BAR-15] the same INVITE again, and one that cannot be read, end in no call of their own', async () => {
    seat.peer.send(invite())
    await until('the caller to be shown', () => shown.length === 1)
    seat.peer.send(invite())
    frame()
    await seat.next('offered')
    seat.peer.send(invite())
    const broken = invite().replace('Call-ID: c1', 'Call-ID: c2').replace('CSeq: 1 INVITE', 'CSeq: 1 BYE')
    seat.peer.send(broken)
    await until('the broken one to be shown', () => shown.length === 2)
    frame()
    await seat.next('messageDropped')
    expect(heard()).toEqual(['offered', 'messageDropped'])
  })
})
