// Who is calling, from the headers; and why a call ended.
import { describe, expect, test } from 'vitest'
import { IncomingRequestMessage } from 'sip.js/lib/core/index.js'
import { assertedParty, cleanText, partyOf, readOffer } from '../../../renderer/adapters/phone/callHeaders.ts'
import { endOfBye, endOfCancel, endOfRefusal, reasonOf } from '../../../renderer/adapters/phone/endCause.ts'
import { readMessage } from '../../../renderer/adapters/phone/sipRepair.ts'
import { callId } from '../../makers/stamps.ts'

function message(
  headers: readonly string[],
  from = '<sip:13900001001@pbx.test>',
  first = 'INVITE sip:1001@pbx.test SIP/2.0',
) {
  const lines = [
    first,
    'Via: SIP/2.0/WS 127.0.0.1;branch=z9hG4bK1',
    `From: ${from};tag=a1`,
    'To: <sip:1001@pbx.test>',
    'Call-ID: c1',
    'CSeq: 1 INVITE',
    ...headers,
    'Content-Length: 0',
  ]
  const read = readMessage(`${lines.join('\r\n')}\r\n\r\n`)
  if (read === null) throw new Error('not readable')
  return read
}

function request(...parts: Parameters<typeof message>): IncomingRequestMessage {
  const read = message(...parts)
  if (!(read instanceof IncomingRequestMessage)) throw new Error('not a request')
  return read
}

describe('[PHONE-13] text from outside', () => {
  test('[PHONE-13] control, zero-width and direction characters are gone', () => {
    expect(cleanText('王\u0000小\u202e明\u200b\ufeff\r\n')).toBe('王 小 明')
    expect(cleanText('\u2066evil\u2069 \u0007 name')).toBe('evil name')
  })

  test('[PHONE-13] it is cut to its limit, never in the middle of a character', () => {
    expect(cleanText('好'.repeat(100))).toHaveLength(64)
    expect(cleanText(`${'a'.repeat(63)}😀`)).toBe('a'.repeat(63))
    expect(cleanText('lone \ud83d surrogate')).toBe('lone surrogate')
  })

  test('[PHONE-13] no header of an offer brings more than it may', () => {
    const long = '长'.repeat(500)
    const offer = readOffer(
      request(
        [`X-Queue: ${long}`, `X-Place: ${long}`, `X-Call-Ref: ${long}`, `X-Leg-Id: ${long}`],
        `"${long}" <sip:${'1'.repeat(200)}@pbx.test>`,
      ),
      callId(1),
      '1001',
    )
    const lengths = [offer.number, offer.name, offer.queue, offer.place, offer.callRef, offer.legId].map(
      (text) => text?.length,
    )
    expect(lengths).toEqual([64, 64, 64, 40, 128, 128])
  })
})

describe('[PHONE-2] who is calling', () => {
  test('[PHONE-2] everything the PBX says about the call', () => {
    const offer = readOffer(
      request(
        [
          'X-Call-Ref: pbx-1',
          'X-Leg-Id: pbx-2',
          'X-Queue: 12351',
          'X-Queue-Waited: 21',
          'X-Place: 北京 朝阳',
          'P-Asserted-Identity: "王小明" <sip:13900001001@pbx.test>',
        ],
        '"anonymous" <sip:anonymous@anonymous.invalid>',
      ),
      callId(1),
      '1001',
    )
    expect(offer).toEqual({
      callId: callId(1),
      number: '13900001001',
      name: '王小明',
      place: '北京 朝阳',
      queue: '12351',
      callRef: 'pbx-1',
      legId: 'pbx-2',
      queuedMs: 21_000,
      internal: false,
    })
  })

  test('[PHONE-2] nothing said is null, and a withheld number is empty', () => {
    const offer = readOffer(request([], '"Anonymous" <sip:anonymous@anonymous.invalid>'), callId(1), '1001')
    expect(offer).toMatchObject({ number: '', name: null, queue: null, queuedMs: null, internal: false })
  })

  test('[PHONE-2] percent signs in Chinese headers and numbers are read, broken ones left', () => {
    const offer = readOffer(
      request(['X-Place: %E5%8C%97%E4%BA%AC', 'X-Queue: 100%'], '<sip:%2B8613900001001@pbx.test>'),
      callId(1),
      '1001',
    )
    expect(offer).toMatchObject({ number: '+8613900001001', place: '北京', queue: '100%' })
  })

  test('[PHONE-2] a number like our own extension, past the queue, is a colleague', () => {
    const internal = (from: string, headers: string[] = []) =>
      readOffer(request(headers, from), callId(1), '1001').internal
    expect(internal('<sip:1002@pbx.test>')).toBe(true)
    expect(internal('<sip:13900001001@pbx.test>')).toBe(false)
    expect(internal('<sip:1002@pbx.test>', ['X-Queue: 12351'])).toBe(false)
  })

  test('[PHONE-2] the name of the asserted identity, or From’s when it names the same number', () => {
    expect(
      partyOf(
        request(['P-Asserted-Identity: <sip:13900001001@pbx.test>'], '"Wang" <sip:13900001001@pbx.test>'),
      ),
    ).toEqual({
      number: '13900001001',
      name: 'Wang',
    })
    expect(
      partyOf(request(['P-Asserted-Identity: <tel:+8613900001009>'], '"Pool" <sip:12351@pbx.test>')),
    ).toEqual({
      number: '+8613900001009',
      name: null,
    })
  })

  test('[PHONE-25] a re-INVITE without an identity says nothing about who is there', () => {
    expect(assertedParty(request([]))).toBeNull()
    expect(assertedParty(request(['P-Asserted-Identity: "Li" <sip:1003@pbx.test>']))).toEqual({
      number: '1003',
      name: 'Li',
    })
  })
})

describe('[PHONE-25] somebody else who does not say who', () => {
  test.each(['"Anonymous" <sip:anonymous@pbx.test>', 'sip:anonymous@anonymous.invalid', '<tel:Restricted>'])(
    '[PHONE-25] %s is somebody without a number',
    (identity) => {
      const said = request([`P-Asserted-Identity: ${identity}`])
      expect(assertedParty(said)).toEqual({ number: '', name: null })
    },
  )

  test.each(['<sip:pbx.test>', '"anonymous"', '<>', 'nonsense'])(
    '[PHONE-25] %s says nothing about who is there',
    (identity) => expect(assertedParty(request([`P-Asserted-Identity: ${identity}`]))).toBeNull(),
  )

  test('[PHONE-25] a number beside it counts', () => {
    const both = ['<sip:anonymous@pbx.test>', '<tel:13900001001>']
    const said = request(both.map((identity) => `P-Asserted-Identity: ${identity}`))
    expect(assertedParty(said)).toMatchObject({ number: '13900001001' })
  })
})

describe('[PHONE-3] who ended it and why', () => {
  test.each([
    ['BYE without a reason', [], { by: 'them', cause: null }],
    [
      'normal clearing',
      ['Reason: Q.850;cause=16;text="x"'],
      { by: 'them', cause: { protocol: 'Q.850', code: 16 } },
    ],
    ['a network cause', ['Reason: Q.850;cause=38'], { by: null, cause: { protocol: 'Q.850', code: 38 } }],
    [
      'both kinds',
      ['Reason: SIP;cause=480, Q.850;cause=19'],
      { by: 'them', cause: { protocol: 'Q.850', code: 19 } },
    ],
    ['nonsense', ['Reason: whatever'], { by: 'them', cause: null }],
  ])('[PHONE-3] BYE: %s', (_what, headers, end) => {
    expect(endOfBye(request(headers))).toMatchObject(end)
  })

  test('[PHONE-3] CANCEL: given up is theirs, answered elsewhere is nobody’s', () => {
    expect(endOfCancel(request(['Reason: Q.850;cause=0'])).by).toBe('them')
    expect(endOfCancel(request(['Reason: SIP;cause=200;text="Call completed elsewhere"'])).by).toBeNull()
    expect(endOfCancel(request(['Reason: Q.850;cause=26'])).by).toBeNull()
  })

  test('[PHONE-6] a refused call: busy and declined are the other side’s, the rest the PBX’s', () => {
    const refusal = (line: string) => {
      const read = message([], undefined, line)
      if (read instanceof IncomingRequestMessage) throw new Error('not a response')
      return endOfRefusal(read)
    }
    expect(refusal('SIP/2.0 486 Busy Here')).toEqual({
      by: 'them',
      cause: { protocol: 'SIP', code: 486, text: '对方正忙' },
    })
    expect(refusal('SIP/2.0 603 Decline').by).toBe('them')
    expect(refusal('SIP/2.0 404 Not Found').by).toBeNull()
    expect(refusal('SIP/2.0 599 Strange words')).toMatchObject({
      cause: { code: 599, text: 'Strange words' },
    })
  })

  test('[PHONE-13] the text of an unknown cause is cleaned and cut', () => {
    const cause = reasonOf(request([`Reason: Q.850;cause=107;text="${'词'.repeat(300)}"`]))
    expect(cause?.text).toHaveLength(200)
  })
})
