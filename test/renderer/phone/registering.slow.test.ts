// Registering over real sockets: digest, wrong secrets, refusals with conditions, failover, renewal.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { startSipPeer } from '../../fakes/sipPeer.ts'
import { anAccount } from '../../makers/anAccount.ts'
import { until } from '../../pbx/until.ts'
import { seatInNode, type NodeSeat } from './seatInNode.ts'

let seat: NodeSeat
beforeEach(async () => {
  seat = await seatInNode()
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
    await seat.pass(120_000)
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

  test('[F18] 503 with Retry-After: comes back not before the PBX said, and soon after', async () => {
    seat.peer.answer('REGISTER', (request) => request.reply(503, { headers: ['Retry-After: 30'] }))
    seat.phone.connect(anAccount([seat.peer.url]))
    await seat.untilLink('notRegistered')
    seat.peer.answer('REGISTER', (request) => request.reply(200))
    await seat.pass(29_500)
    expect(registers()).toHaveLength(1)
    await seat.pass(16_000)
    await seat.untilLink('registered')
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
    seat.peer.answer('REGISTER', (request) => request.reply(200, { headers: ['Expires: 120'] }))
    await seat.register()
    // The dice of this seat always show one half: renewed at 65 % of its life.
    await seat.pass(77_000)
    expect(registers()).toHaveLength(1)
    await seat.pass(1_500)
    expect(registers()).toHaveLength(2)
    expect(seat.links()).toEqual(['connecting', 'registered'])
  })

  test('[F01] a PBX that lets us in and never answers: told as silent, and tried again', async () => {
    seat.peer.answer('REGISTER', null)
    seat.phone.connect(anAccount([seat.peer.url]))
    await seat.peer.next('REGISTER')
    await seat.pass(4_000)
    expect(seat.links()).toEqual(['connecting', 'silent'])
    await seat.pass(1_000)
    await until('another try', () => seat.peer.connections() >= 2)
  })
})
