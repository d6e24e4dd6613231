// [T01] Nothing unencrypted: plain RTP, a missing or weak fingerprint, ws:// to another computer.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { isSecureServer, isSecureVoice } from '../../../renderer/adapters/phone/secureVoice.ts'
import { SDP } from '../../fakes/sipPeer.ts'
import { anAccount } from '../../makers/anAccount.ts'
import { seatInNode, type NodeSeat } from './seatInNode.ts'

const without = SDP.replace(/a=fingerprint.*\r\n/, '')
const plain = SDP.replace('UDP/TLS/RTP/SAVPF', 'RTP/AVP')
const refused: readonly [string, string][] = [
  ['no fingerprint', without],
  ['plain RTP', plain],
  ['plain RTP with feedback', SDP.replace('UDP/TLS/RTP/SAVPF', 'RTP/AVPF')],
  ['keys in the clear (SDES)', SDP.replace('UDP/TLS/RTP/SAVPF', 'RTP/SAVP')],
  ['a SHA-1 fingerprint', SDP.replace('sha-256', 'sha-1')],
  ['a cut fingerprint', SDP.replace(/(sha-256 AB:AB).*/, '$1')],
  ['a second line in plain', `${SDP}m=audio 10 RTP/AVP 0\r\n`],
  ['no audio line at all', 'v=0\r\ns=-\r\n'],
]

describe('what a description must have', () => {
  test.each(refused)('[T01] [PHONE-41] refused: %s', (_what, sdp) => {
    expect(isSecureVoice(sdp)).toBe(false)
  })

  test('[T01] accepted: DTLS-SRTP with the fingerprint of the line or of the whole', () => {
    const line = SDP.match(/a=fingerprint.*\r\n/)?.[0] ?? ''
    expect(isSecureVoice(SDP)).toBe(true)
    expect(isSecureVoice(without.replace('t=0 0\r\n', `t=0 0\r\n${line}`))).toBe(true)
    expect(isSecureVoice(SDP.replaceAll('\r\n', '\n'))).toBe(true)
  })

  test('[T01] [PHONE-41] servers: wss anywhere, ws on this computer only', () => {
    const servers = ['wss://pbx.test/ws', 'ws://127.0.0.1:80/ws', 'ws://localhost/ws', 'ws://[::1]/ws']
    expect(servers.map(isSecureServer)).toEqual([true, true, true, true])
    const wrong = ['ws://pbx.test/ws', 'ws://127.0.0.1.evil.test/ws', 'http://127.0.0.1/', 'nothing']
    expect(wrong.map(isSecureServer)).toEqual([false, false, false, false])
  })
})

describe('on the wire', () => {
  let seat: NodeSeat
  beforeEach(async () => {
    seat = await seatInNode()
  })
  afterEach(() => seat.stop())

  test.each([
    ['without a fingerprint', without],
    ['of plain RTP', plain],
  ])('[T01] [PHONE-41] an offer %s is refused with 488 while it rings, and told', async (_what, body) => {
    await seat.register()
    const { call, callId } = await seat.ringing({ body })
    await call.response(488)
    expect(await seat.next('ended')).toMatchObject({ callId, by: null, cause: { code: 488 } })
  })

  test('[T01] an answer of plain RTP to our call ends it with a sentence and a BYE', async () => {
    await seat.register()
    const callId = seat.newCallId()
    seat.phone.dial(callId, '13900002001')
    ;(await seat.peer.next('INVITE')).reply(200, { body: plain })
    await seat.peer.next('BYE')
    expect(await seat.next('ended')).toMatchObject({ callId, by: null, cause: { protocol: 'seat' } })
  })

  test('[T01] a re-INVITE that would drop the encryption is refused, and the call goes on as it was', async () => {
    await seat.register()
    const { call, callId } = await seat.talking()
    call.request('INVITE', { body: plain })
    await call.response(488)
    call.request('BYE')
    expect(await seat.next('ended')).toMatchObject({ callId, by: 'them' })
  })

  test('[T01] [PHONE-41] a server without encryption is not even tried, and the reason is said', async () => {
    seat.phone.connect(anAccount(['ws://pbx.example.invalid/ws']))
    expect(seat.told.at(-1)).toMatchObject({ link: { link: 'notRegistered', why: 'untrusted' } })
    seat.phone.connect(anAccount(['ws://pbx.example.invalid/ws', seat.peer.url]))
    await seat.untilLink('registered')
  })

  test('[F29] [PHONE-40] a certificate the centre knows to be refused is the reason that is told, not a missing line', async () => {
    const { url } = seat.peer
    await seat.peer.stop()
    seat.phone.connect(anAccount([url], { certificate: { trouble: 'expired', expiresAt: null } }))
    await seat.untilLink('notRegistered')
    const link = seat.told.findLast((event) => event.type === 'linkChanged')
    expect(link).toMatchObject({ link: { why: 'untrusted', text: expect.stringContaining('证书已过期') } })
  })
})
