// The line to the PBX over real sockets: digest, refusals, failover, dead sockets, and good-byes said late.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { startSipPeer } from '../../fakes/sipPeer.ts'
import { anAccount } from '../../makers/anAccount.ts'
import { until } from '../../pbx/until.ts'
import { pacedClock, seatInNode, type NodeSeat } from './seatInNode.ts'

let seat: NodeSeat
// Ten times as fast: a ping interval of five seconds is half a second here.
beforeEach(async () => {
  seat = await seatInNode(pacedClock(0.1))
})
afterEach(() => seat.stop())

const registers = () => seat.peer.heard.filter(({ what }) => what === 'REGISTER')

describe('registering', () => {
  test('[PHONE-1] answers the digest challenge and registers under its extension', async () => {
    await seat.register()
    const [bare, signed] = registers()
    expect(bare?.header('Authorization')).toBe('')
    expect(signed?.header('Authorization')).toMatch(/^Digest .*username="1001".*realm="pbx".*qop=auth/)
    expect(signed?.text).toMatch(/^REGISTER sip:pbx\.test SIP\/2\.0\r\n/)
    expect(signed?.text).not.toContain('made-up secret')
  })

  test('[F17] a wrong secret is told once and not tried again', async () => {
    seat.peer.answer('REGISTER', (request) =>
      request.reply(401, {
        headers: ['WWW-Authenticate: Digest realm="pbx", nonce="n1", algorithm=MD5, qop="auth"'],
      }),
    )
    seat.phone.connect(anAccount([seat.peer.url]))
    await seat.untilLink('notRegistered')
    const { link } = seat.told.findLast((event) => event.type === 'linkChanged') ?? {}
    expect(link).toMatchObject({ why: 'wrongSecret' })
    const count = registers().length
    expect(count).toBe(2)
    // Five seconds of the telephone's own time.
    await new Promise<void>((resolve) => void pacedClock(0.1).after(5_000, resolve))
    expect(registers()).toHaveLength(count)
    expect(seat.peer.connections()).toBe(1)
  })

  test('[F17] with a fresh secret the same seat registers', async () => {
    const lets = (request: { reply(status: number): void }) => request.reply(403)
    seat.peer.answer('REGISTER', lets)
    seat.phone.connect(anAccount([seat.peer.url]))
    await seat.untilLink('notRegistered')
    seat.peer.answer('REGISTER', (request) => request.reply(200))
    await seat.register(anAccount([seat.peer.url], { password: 'another made-up one' }))
    expect(seat.links()).toEqual(['connecting', 'notRegistered', 'connecting', 'registered'])
  })

  test('[F18] 423: registers for as long as the PBX wants', async () => {
    seat.peer.answer('REGISTER', (request) =>
      Number(request.header('Expires')) < 600
        ? request.reply(423, { headers: ['Min-Expires: 600'] })
        : request.reply(200, { headers: ['Expires: 600'] }),
    )
    await seat.register()
    expect(registers().map((one) => one.header('Expires'))).toEqual(['300', '600'])
  })

  test('[F18] 503 with Retry-After: comes back when the PBX said, not before', async () => {
    let refusedAt = 0
    seat.peer.answer('REGISTER', (request) => {
      if (refusedAt > 0) return request.reply(200)
      refusedAt = performance.now()
      request.reply(503, { headers: ['Retry-After: 3'] })
    })
    seat.phone.connect(anAccount([seat.peer.url]))
    await seat.untilLink('notRegistered')
    await seat.untilLink('registered')
    expect(performance.now() - refusedAt).toBeGreaterThan(290)
  })

  test('[F18] 302: goes where it is sent', async () => {
    const other = await startSipPeer()
    const { host } = new URL(other.url)
    seat.peer.answer('REGISTER', (request) =>
      request.reply(302, { headers: [`Contact: <sip:${host};transport=ws>`] }),
    )
    await seat.register()
    expect(other.heard.some(({ what }) => what === 'REGISTER')).toBe(true)
    await other.stop()
  })

  test('[F08] a dead first server gives way to the next', async () => {
    await seat.register(anAccount(['ws://127.0.0.1:9/ws', seat.peer.url]))
    expect(seat.links()).toEqual(['connecting', 'disconnected', 'registered'])
  })

  test('[F19] the registration is renewed without being told', async () => {
    seat.peer.answer('REGISTER', (request) => request.reply(200, { headers: ['Expires: 4'] }))
    await seat.register()
    await until('renewals', () => registers().length >= 3)
    expect(seat.links()).toEqual(['connecting', 'registered'])
  })
})

describe('a line that dies', () => {
  test('[F01] told as disconnected at once, and registered again by itself', async () => {
    await seat.register()
    seat.peer.cut()
    await until('disconnected', () => seat.links().includes('disconnected'))
    await seat.untilLink('registered')
    expect(seat.peer.connections()).toBe(2)
  })

  test('[F06] a black hole is found by the ping and the socket replaced within 10 s', async () => {
    await seat.register()
    const startedAt = performance.now()
    seat.peer.hole()
    await until('disconnected', () => seat.links().includes('disconnected'))
    await seat.untilLink('registered')
    expect(performance.now() - startedAt).toBeLessThan(1_000)
    expect(seat.peer.connections()).toBe(2)
  })

  test('[PHONE-20] a ping is answered by any reply, a refusal too', async () => {
    seat.peer.answer('OPTIONS', (request) => request.reply(401))
    await seat.register()
    await until('pings', () => seat.peer.heard.filter(({ what }) => what === 'OPTIONS').length >= 2)
    expect(seat.peer.connections()).toBe(1)
    expect(seat.links().at(-1)).toBe('registered')
  })

  test('[F02] a live call is brought over to the new socket by a re-INVITE, and goes on', async () => {
    await seat.register()
    const { call, callId } = await seat.talking()
    seat.peer.cut()
    const repair = await seat.peer.next('INVITE')
    expect(repair.header('Call-ID')).toBe(call.callId)
    repair.reply(200, { body: repair.body })
    await seat.peer.next('ACK')
    expect(seat.media.calls[0]?.agreed).toEqual(['sendrecv', 'sendrecv+restart'])
    call.request('BYE')
    expect(await seat.next('ended')).toMatchObject({ callId, by: 'them' })
  })

  test('[F02] a line that goes again in the middle of bringing a call over: the call is brought over once more', async () => {
    await seat.register()
    const { call, callId } = await seat.talking()
    seat.peer.cut()
    await seat.peer.next('INVITE')
    seat.peer.cut()
    const again = await seat.peer.next('INVITE')
    again.reply(200, { body: again.body })
    await seat.peer.next('ACK')
    call.request('BYE')
    expect(await seat.next('ended')).toMatchObject({ callId, by: 'them' })
  })

  test('[F17] a fresh secret in the middle of a call: the call stays', async () => {
    await seat.register()
    const { call, callId } = await seat.talking()
    await seat.register(anAccount([seat.peer.url], { password: 'another made-up one' }))
    const repair = await seat.peer.next('INVITE')
    repair.reply(200, { body: repair.body })
    await seat.peer.next('ACK')
    call.request('BYE')
    expect(await seat.next('ended')).toMatchObject({ callId, by: 'them' })
  })

  test('[F15] a call the PBX no longer knows after its restart is ended by nobody, with the reason', async () => {
    await seat.register()
    const { callId } = await seat.talking()
    seat.peer.cut()
    const repair = await seat.peer.next('INVITE')
    repair.reply(481)
    expect(await seat.next('ended')).toMatchObject({
      callId,
      by: null,
      cause: { protocol: 'SIP', code: 481 },
    })
  })

  test('[F03] line and sound gone: the call ends within 15 s, by nobody', async () => {
    await seat.register()
    const { callId } = await seat.talking()
    const startedAt = performance.now()
    seat.media.arriving = 0
    await seat.peer.stop()
    expect(await seat.next('ended')).toMatchObject({ callId, by: null, cause: { protocol: 'seat' } })
    expect(performance.now() - startedAt).toBeLessThan(1_500)
  })

  test('[F03] sound without a line goes on', async () => {
    await seat.register()
    await seat.talking()
    await seat.peer.stop()
    await until('disconnected', () => seat.links().includes('disconnected'))
    const measured = () => seat.told.filter(({ type }) => type === 'qualityMeasured').length
    // One measurement every two of the telephone's seconds: beyond the fifteen after which it would be over.
    await until('sixteen seconds of talk', () => measured() >= 8)
    expect(seat.told.some(({ type }) => type === 'ended')).toBe(false)
  })

  test('[PHONE-23] a broken path is repaired; unrepaired for 15 s it ends the call with a BYE', async () => {
    await seat.register()
    const { callId } = await seat.talking()
    seat.media.calls[0]?.path('lost')
    const repair = await seat.peer.next('INVITE')
    repair.reply(200, { body: repair.body })
    await seat.peer.next('BYE')
    expect(await seat.next('ended')).toMatchObject({ callId, by: null, cause: { protocol: 'seat' } })
  })

  test('[PHONE-9] hung up while the line is gone: the PBX is told when it is back', async () => {
    await seat.register()
    const { callId } = await seat.talking()
    seat.peer.answer('REGISTER', null)
    seat.peer.cut()
    await until('disconnected', () => seat.links().includes('disconnected'))
    seat.phone.hangUp(callId)
    expect(seat.told.at(-1)).toMatchObject({ type: 'ended', by: 'us' })
    ;(await seat.peer.next('REGISTER')).reply(200)
    await seat.peer.next('BYE')
  })
})
