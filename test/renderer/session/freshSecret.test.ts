// A telephone's secret that is changed at the PBX and at the centre, in either order, with the seat signed in.
import { beforeEach, expect, test } from 'vitest'
import { done } from '../../../contract/answer.ts'
import type { PhoneLink } from '../../../core/softphone/phoneEvent.ts'
import type { FreshSecret } from '../../../renderer/session/freshSecret.ts'
import { freshSecret } from '../../../renderer/session/freshSecret.ts'
import { plainSealer } from '../../fakes/plainSealer.ts'
import { anAccount } from '../../makers/anAccount.ts'
import { at } from '../../makers/stamps.ts'
import { aSession } from '../../makers/traffic.ts'

const withSecret = (password: string) => anAccount(['ws://127.0.0.1:1'], { password })
const settle = () => new Promise((resolve) => setImmediate(resolve))

/** As each has it. */
let pbx: string
let centre: string
let held: string
let listener: () => void
let connected: string[]
let renewals: number
let secret: FreshSecret
let registered: boolean

/** The telephone registers with what it was last given, now and at each renewal of the registration. */
const registers = () => {
  const good = (connected.at(-1) ?? 'old') === pbx
  registered = good
  const link: PhoneLink = good
    ? { link: 'registered' }
    : { link: 'notRegistered', why: 'wrongSecret', text: '话机密码不被接受' }
  secret.heard({ type: 'linkChanged', link, ...at(0) })
}
const tokenComes = () => {
  held = centre
  listener()
}

beforeEach(() => {
  ;[pbx, centre, held, connected, renewals] = ['old', 'old', 'old', [], 0]
  const keeper = {
    read: () => ({
      session: { ...aSession(), sip: withSecret(held) },
      sealer: plainSealer,
      offline: false,
      passwordNeeded: false,
    }),
    subscribe(given: () => void) {
      listener = given
      return () => undefined
    },
    async renew() {
      renewals += 1
      tokenComes()
      return done(null)
    },
  }
  const phone = {
    connect(account: { password: string }) {
      connected.push(account.password)
      queueMicrotask(registers)
    },
  }
  secret = freshSecret(keeper, phone, withSecret('old'))
  registers()
})

test('[PHONE-42] [F17] [D08] changed at the centre first: left alone while the PBX takes the old one, tried when it does not', async () => {
  centre = 'new'
  tokenComes()
  registers()
  await settle()
  expect(connected).toEqual([])
  pbx = 'new'
  registers()
  await settle()
  expect([connected, registered]).toEqual([['new'], true])
})

test('[PHONE-42] [F17] [D08] changed at the PBX first: fetched once, then the first token that brings it brings the telephone back', async () => {
  pbx = 'new'
  registers()
  await settle()
  expect([connected, registered, renewals]).toEqual([['old'], false, 1])
  tokenComes()
  registers()
  await settle()
  expect([connected, renewals]).toEqual([['old'], 1])
  centre = 'new'
  tokenComes()
  await settle()
  expect([connected, registered]).toEqual([['old', 'new'], true])
  // The next time it is fetched anew again.
  pbx = 'newest'
  centre = 'newest'
  registers()
  await settle()
  expect([connected.at(-1), registered, renewals]).toEqual(['newest', true, 2])
})
