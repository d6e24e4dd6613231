// Who watches the wall, and for how long, on both databases.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestCentre, type TestCentre } from './aCentre.ts'
import { feedLines, report } from './aFeedLine.ts'
import { bothDatabases, type Place } from './databases.ts'
import { until } from './until.ts'

describe.each(bothDatabases)('the wall on %s', (_name, make) => {
  const kind = make()
  let place: Place
  let centre: TestCentre
  beforeAll(async () => {
    place = await kind.newPlace()
    centre = await startTestCentre(place)
  })
  afterAll(async () => {
    endAll()
    await centre.stop()
    await place.remove()
    await kind.stop()
  })
  const { lineOf, watcher, endAll } = feedLines(() => centre)

  test('[SERVER-24] a lead who is made an agent is sent away within seconds, and comes back as one', async () => {
    const lead = await watcher()
    const admin = await lineOf('9001')
    admin.say({ type: 'watchSeats' })
    const { database } = centre.running
    await database.rows(`update accounts set role = 'agent' where id = '2001'`)
    await until(() => lead.closed(), 'the line is closed', 15_000)
    expect(lead.why()).toBe('tokenExpired')
    const told = lead.heard.length
    const again = await lineOf('2001')
    again.say(report())
    await until(() => admin.seat('2001')?.phase === 'ready', 'the administrator watches on')
    expect(admin.closed()).toBe(false)
    again.say({ type: 'watchSeats' })
    await until(() => again.closed(), 'nothing is shown')
    expect([again.why(), lead.heard.length]).toEqual(['forbidden', told])
    expect(again.heard.some(({ type }) => type === 'seats')).toBe(false)
  })
})
