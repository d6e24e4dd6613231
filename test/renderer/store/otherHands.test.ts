// Under whose token a request goes that was begun before somebody else sat down.
import { afterEach, beforeEach, expect, test } from 'vitest'
import { failed } from '../../../contract/answer.ts'
import type { AccountId } from '../../../contract/ids.ts'
import { connectCentre } from '../../../renderer/adapters/centreClient.ts'
import { openLine } from '../../../renderer/adapters/centreLine.ts'
import { keepSession } from '../../../renderer/adapters/session.ts'
import { openUplink } from '../../../renderer/adapters/uplink.ts'
import type { HttpAsk, HttpCentre, HttpSay } from '../../fakes/httpCentre.ts'
import { ours, startHttpCentre } from '../../fakes/httpCentre.ts'
import { manualClock } from '../../fakes/manualClock.ts'
import { nothingSealed } from '../../fakes/nothingSealed.ts'
import { aRow } from '../../makers/rows.ts'
import { morning } from '../../makers/stamps.ts'
import { aSession } from '../../makers/traffic.ts'
import { code, value } from '../../suites/openedSeat.ts'
import { until } from '../../server/until.ts'

const clock = manualClock(morning)
let centre: HttpCentre
/** Lets what the first person sent be answered: their token is worth nothing any more. */
let answerFirst: () => void
beforeEach(async () => {
  const isAnswered = new Promise<void>((resolve) => (answerFirst = resolve))
  centre = await startHttpCentre(async (ask: HttpAsk): Promise<HttpSay> => {
    if (ask.path === '/api/session/close') return ours({ ok: true, value: null })
    if (ask.path === '/api/session/open') {
      const { account } = JSON.parse(ask.body) as { account: AccountId }
      const session = aSession({ token: `token-of-${account}`, serverNow: clock.now() })
      return ours({ ok: true, value: { ...session, account: { ...session.account, id: account } } })
    }
    await isAnswered
    return ours(failed('not_signed_in', '签入已过期'), 401)
  })
})
afterEach(() => centre.close())

test('[STORE-10] [SYNC-11] a batch still under way when its owner signs out never goes again under the next person’s token', async () => {
  const session = keepSession(openLine(centre.url, clock), clock, nothingSealed, {
    keep: () => undefined,
    recall: async () => null,
    forget: () => undefined,
  })
  await value(session.signIn({ account: '1001', password: 'made-up' }))
  const line = openLine(centre.url, clock)
  const pushing = openUplink(line, session, clock).push([aRow(1).text])
  const asking = connectCentre(line, session).call('tickets.list', { states: [], before: null, limit: 1 })
  await until(() => centre.asked.length === 3, 'both are under way')
  await session.signOut()
  await value(session.signIn({ account: '1002', password: 'made-up' }))
  answerFirst()
  expect([await code(pushing), await code(asking)]).toEqual(['not_signed_in', 'not_signed_in'])
  expect(centre.asked.filter(({ token }) => token === 'token-of-1002')).toEqual([])
})
