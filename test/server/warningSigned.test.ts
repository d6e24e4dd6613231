// What a signature says, and what it keeps, on both databases.
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { v7 } from 'uuid'
import type { Session } from '../../contract/session.ts'
import { startTestCentre, type TestCentre } from './aCentre.ts'
import { aWarningCentre } from './aWarningCentre.ts'
import { bothDatabases, type Place } from './databases.ts'

describe.each(bothDatabases)('a signature on %s', (_name, make) => {
  const kind = make()
  let place: Place
  let centre: TestCentre
  let agent: Session
  let duty: Session
  beforeAll(async () => {
    place = await kind.newPlace()
    centre = await startTestCentre(place)
    agent = await centre.signIn('1001')
    duty = await centre.signIn('4001')
  })
  afterEach(() => clear())
  afterAll(async () => {
    await centre.stop()
    await place.remove()
    await kind.stop()
  })

  const { report, push, list, act, told, clear } = aWarningCentre(() => ({ centre, duty }))

  test('[WARN-12] what became graver than it stood on the screen is not signed for, and with what stands there now it is', async () => {
    const first = report({ level: 'yellow', people: 60 })
    await push(agent, first)
    const [seen] = (await list()).events
    await push(agent, { ...first, rev: 2, level: 'red', people: 320 })
    const click = { do: 'sign', id: v7(), level: seen?.level }
    // Also when it was on its way for long and comes more than once.
    for (const _ of [1, 2]) {
      const { status, answer } = await act(first.id, click)
      expect([status, answer]).toMatchObject([409, { problem: { code: 'conflict' } }])
      expect(JSON.stringify(answer)).toContain('请看清现在的级别再签收')
    }
    const [now] = (await list()).events
    expect(now).toMatchObject({ state: 'open', level: 'red', rings: true, signedAt: null })
    expect(await told(agent)).toMatchObject([{ state: 'open', signedBy: null }])
    expect((await act(first.id, { do: 'sign', level: now?.level })).status).toBe(200)
    const file = await centre.get('warnings.read', { id: first.id }, duty.token)
    expect(file.event).toMatchObject({ state: 'signed', signedBy: '测试4001' })
    expect(file.notes.map(({ what }) => what)).toEqual(['report', 'change', 'graver', 'sign'])
  })

  test('[WARN-12] signed for once, a click that comes again is answered though it became graver since', async () => {
    const first = report({ level: 'yellow', people: 60 })
    await push(agent, first)
    const click = { do: 'sign', id: v7(), level: 'yellow' }
    expect((await act(first.id, click)).status).toBe(200)
    await push(agent, { ...first, rev: 2, level: 'red', people: 320 })
    expect((await act(first.id, click)).status).toBe(200)
    expect((await list()).events).toMatchObject([{ state: 'open', rings: true }])
    expect((await act(first.id, { do: 'sign', level: 'yellow' })).status).toBe(409)
    expect((await act(first.id, { do: 'sign', level: 'red' })).status).toBe(200)
  })

  test('[WARN-11] what was signed for and became graver is never merged away: it rings under its number, and what was ordered stays with it', async () => {
    const known = report()
    const nameless = report({ employer: '', level: 'yellow', people: 60 })
    await push(agent, known)
    const [own] = (await push(agent, nameless)).verdicts
    await act(nameless.id, { do: 'sign', level: 'yellow' })
    await act(nameless.id, { do: 'order', text: '请工会到现场' })
    await push(agent, { ...nameless, rev: 2, level: 'red', people: 320 })
    const [verdict] = (
      await push(agent, { ...nameless, rev: 3, level: 'red', people: 320, employer: known.employer })
    ).verdicts
    expect(verdict).toMatchObject({ verdict: 'stored', number: own?.number })
    const { events } = await list()
    expect(events).toHaveLength(2)
    for (const { id } of [known, nameless])
      expect(events).toContainEqual(expect.objectContaining({ id, state: 'open', reports: 1 }))
    const file = await centre.get('warnings.read', { id: nameless.id }, duty.token)
    expect(file.event).toMatchObject({
      number: own?.number,
      employer: known.employer,
      level: 'red',
      rings: true,
    })
    expect(file.notes.map(({ what }) => what)).toEqual([
      'report',
      'sign',
      'order',
      'change',
      'graver',
      'change',
    ])
    const audit = await centre.running.database.rows(
      `select 1 from audit where what = 'warning.renumbered' and subject like $1`,
      [`${nameless.id}%`],
    )
    expect(audit).toEqual([])
  })
})
