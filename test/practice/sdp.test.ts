// The edits that make werift and a browser agree on one machine.
import { describe, expect, test } from 'vitest'
import { digitPayload, fromSeat, isHold, toSeat } from '../../practice/sdp.ts'

const chromium = [
  'v=0',
  'c=IN IP4 0.0.0.0',
  'm=audio 9 UDP/TLS/RTP/SAVPF 111 0 110 126',
  'a=rtpmap:111 opus/48000/2',
  'a=rtpmap:110 telephone-event/48000',
  'a=fmtp:110 0-15',
  'a=rtpmap:126 telephone-event/8000',
  'a=candidate:1 1 udp 2113937151 1f2e.local 50000 typ host',
  'a=candidate:2 1 udp 2113937151 127.0.0.1 50001 typ host',
  'a=candidate:3 1 udp 2113937151 192.168.1.9 50002 typ host',
  'a=sendrecv',
  '',
].join('\r\n')

describe('descriptions', () => {
  test('werift sees one kind of digits, and no candidate it would have to resolve', () => {
    const seen = fromSeat(chromium)
    expect(seen).toContain('m=audio 9 UDP/TLS/RTP/SAVPF 111 0 126')
    expect(seen).not.toMatch(/:110|\.local/)
    expect(digitPayload(seen)).toBe(126)
    expect(digitPayload('v=0')).toBeNull()
  })

  test('[PRACTICE-1] the seat is told of loopback only', () => {
    const told = toSeat(chromium)
    expect([...told.matchAll(/a=candidate:.*/g)].map(([line]) => line)).toEqual([
      'a=candidate:2 1 udp 2113937151 127.0.0.1 50001 typ host',
    ])
    expect(told).toContain('c=IN IP4 127.0.0.1')
  })

  test('hold is a direction in which the seat does not listen', () => {
    const says = (direction: string) => isHold(chromium.replace('a=sendrecv', `a=${direction}`))
    expect(['sendrecv', 'sendonly', 'inactive', 'recvonly'].map(says)).toEqual([false, true, true, false])
  })
})
