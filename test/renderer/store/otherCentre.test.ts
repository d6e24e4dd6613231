// Another centre: it answers at the address of ours while somebody is signed in without it, or the desk was moved to it.
import 'fake-indexeddb/auto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { done } from '../../../contract/answer.ts'
import type { Desk } from '../../../contract/ipc.ts'
import { keepsakeOf } from '../../../renderer/adapters/keepsake.ts'
import { openLine } from '../../../renderer/adapters/centreLine.ts'
import { keepSession } from '../../../renderer/adapters/session.ts'
import { openUplink } from '../../../renderer/adapters/uplink.ts'
import type { HttpCentre, HttpSay } from '../../fakes/httpCentre.ts'
import { ours, startHttpCentre } from '../../fakes/httpCentre.ts'
import { manualClock } from '../../fakes/manualClock.ts'
import { nothingSealed } from '../../fakes/nothingSealed.ts'
import { aRow } from '../../makers/rows.ts'
import { morning } from '../../makers/stamps.ts'
import { aSession } from '../../makers/traffic.ts'
import { code, value } from '../../suites/openedSeat.ts'

const clock = manualClock(morning)
const own = aSession({ serverNow: morning, tokenExpiresAt: morning + 900_000 })
const another: HttpSay = {
  ...ours(done({ ...own, centre: { ...own.centre, id: 'another' } })),
  headers: { 'x-hotline-centre': 'another' },
}
let answer: HttpSay
let centre: HttpCentre
beforeEach(async () => {
  answer = { status: 502 }
  centre = await startHttpCentre(() => answer)
})
afterEach(() => centre.close())

test('[STORE-10] it gets nothing of what waits, and the right one has the session when it is back', async () => {
  const sealed = { ...nothingSealed, open: async () => done({ ...own, token: '', refreshToken: '' }) }
  const keepsake = { keep: () => undefined, recall: async () => null, forget: () => undefined }
  const line = openLine(centre.url, clock)
  const session = keepSession(line, clock, sealed, keepsake)
  expect(await value(session.signIn({ account: '1001', password: 'made-up' }))).toMatchObject({
    offline: true,
  })
  answer = another
  expect(await code(session.renew())).toBe('not_ours')
  expect(await code(openUplink(line, session, clock).push([aRow(1).text]))).toBe('not_ours')
  expect(centre.asked.map(({ path }) => path)).not.toContain('/api/sync/push')
  expect(session.read()).toMatchObject({ offline: true, session: { centre: own.centre } })
  answer = ours(done(own))
  await value(session.renew())
  expect(session.read()).toMatchObject({ offline: false, passwordNeeded: false })
})

test('[SESSION-19] what brings a person back to their desk is offered to no centre the desk was moved to', async () => {
  let secret: string | null = null
  const desk = {
    'secrets.keep': async (kept: { readonly secret: string }) => {
      secret = kept.secret
      return done({ strength: 'keychain' as const })
    },
    'secrets.recall': async () => done(secret),
    'secrets.forget': async () => {
      secret = null
      return done(null)
    },
  } as unknown as Desk
  const page = { desk } as unknown as Window
  const openAt = ({ url }: HttpCentre) =>
    keepSession(openLine(url, clock), clock, nothingSealed, keepsakeOf(desk, page, url))
  const isBack = async (at: HttpCentre) =>
    (await value(openAt(at).resume(async () => () => undefined))) !== null
  const next = await startHttpCentre(() => another)
  answer = ours(done(own))
  await value(openAt(centre).signIn({ account: '1001', password: 'made-up' }))
  expect(await isBack(next)).toBe(false)
  expect(next.asked).toEqual([])
  expect(await isBack(centre)).toBe(true)
  await desk['secrets.keep']({ name: 'refresh-token', secret: 'as an older program kept it' })
  expect(await isBack(centre)).toBe(false)
  await next.close()
})
