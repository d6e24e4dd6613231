// Which reports are one event, and when it rings, on both databases.
import { v7 } from 'uuid'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { api, type ApiName } from '../../contract/api.ts'
import { AccountId } from '../../contract/ids.ts'
import type { Session } from '../../contract/session.ts'
import { protocolHeader } from '../../contract/version.ts'
import type { WarningReport } from '../../contract/warnings.ts'
import { passOn } from '../../server/warningRing.ts'
import { startTestCentre, type TestCentre } from './aCentre.ts'
import { aWarningCentre } from './aWarningCentre.ts'
import { bothDatabases, type Place } from './databases.ts'

describe.each(bothDatabases)('warning events on %s', (_name, make) => {
  const kind = make()
  let place: Place
  let centre: TestCentre
  let agent: Session
  let colleague: Session
  let duty: Session
  const signIn = async () => {
    agent = await centre.signIn('1001')
    colleague = await centre.signIn('1002')
    duty = await centre.signIn('4001')
  }
  beforeAll(async () => {
    place = await kind.newPlace()
    centre = await startTestCentre(place)
    await signIn()
  })
  afterEach(() => clear())
  afterAll(async () => {
    await centre.stop()
    await place.remove()
    await kind.stop()
  })

  const { report, push, list, act, told, clear } = aWarningCentre(() => ({ centre, duty }))

  test('[WARN-11] reports about one employer are one event, as grave as the gravest; a closed or old one is left alone', async () => {
    const first = report({ level: 'yellow', people: 60 })
    await push(agent, first)
    const other = report({
      agent: AccountId.parse('1002'),
      employer: '恒泽电子厂',
      level: 'red',
      people: 320,
      cause: '今天又通知三百多人签“自愿离职”。',
    })
    await push(colleague, other)
    await push(agent, report({ employer: '别家公司' }), report({ employer: '' }), report({ employer: '' }))
    const { events } = await list()
    expect(events.map(({ reports }) => reports)).toEqual([2, 1, 1, 1])
    expect(events[0]).toMatchObject({ id: first.id, level: 'red', people: 320, cause: other.cause })
    await act(first.id, { do: 'sign' })
    await act(first.id, { do: 'close', text: '已依法补偿' })
    await push(agent, report())
    expect((await list()).events).toHaveLength(5)
  })

  test('[WARN-4] a report that came late stays so when it becomes graver in time, and one that became graver too late is', async () => {
    const { clock } = centre
    const wait = async (minutes: number) => {
      clock.advance(minutes * 60_000)
      await signIn()
    }
    const graver = (of: WarningReport) => ({
      level: 'red' as const,
      rev: of.rev + 1,
      graverHeardAt: clock.now(),
    })
    const slow = report({ level: 'yellow', employer: '甲厂示例' })
    await wait(24 * 60)
    await push(agent, slow)
    const inTime = report({ level: 'yellow', employer: '乙厂示例' })
    await push(agent, { ...slow, ...graver(slow) }, inTime)
    const late = { ...inTime, ...graver(inTime) }
    await wait(16)
    await push(agent, late)
    const lateOf = async ({ id }: WarningReport) =>
      (await centre.get('warnings.read', { id }, duty.token)).reports.map((each) => each.late)
    expect([await lateOf(slow), await lateOf(inTime)]).toEqual([[true], [true]])
    const soon = report({ level: 'red', employer: '丙厂示例' })
    await push(agent, soon)
    await wait(60)
    await push(agent, { ...soon, rev: 2, demands: '补发工资' })
    expect(await lateOf(soon)).toEqual([false])
  })

  test('[SERVER-37] a page opened before an update reads warnings that say when they became graver, without that', async () => {
    const first = report({ level: 'yellow' })
    const now = { ...first, rev: 2, level: 'red' as const, graverHeardAt: centre.clock.now() }
    await push(agent, first)
    await push(agent, now)
    const asked = async (name: ApiName, input: object, { token }: Session, protocol: number) => {
      const response = await fetch(centre.running.address + api[name].path, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          authorization: `Bearer ${token}`,
          [protocolHeader]: String(protocol),
        },
        body: JSON.stringify(input),
      })
      return (await response.json()).value
    }
    const { id } = first
    const { graverHeardAt: _, ...known } = now
    for (const [protocol, said] of [
      [26, known],
      [27, now],
    ] as const) {
      const masked = { ...said, contactNumber: expect.any(String) }
      const action = { do: 'sign', id: v7() }
      const pulled = await asked('sync.pull', { cursor: 0, reference: 1, limit: 500 }, agent, protocol)
      const read = await asked('warnings.read', { id }, duty, protocol)
      const acted = await asked('warnings.act', { id, action }, duty, protocol)
      expect(pulled.warnings.map((each: { report: unknown }) => each.report)).toEqual([said])
      expect(read.reports.map((each: { report: unknown }) => each.report)).toEqual([masked])
      if (protocol === 26) expect(acted.reports[0].report).toEqual(masked)
    }
  })

  test('[WARN-5] [WARN-11] two employers whose names nobody knows are two events, and the second rings though the first is signed for', async () => {
    const morning = report({ employer: '不详' })
    await push(agent, morning)
    await act(morning.id, { do: 'sign' })
    const later = report({ employer: '不详' })
    await push(agent, later, report({ employer: '某劳务公司' }), report({ employer: '某劳务公司' }))
    const { events } = await list()
    expect(events.map(({ reports, rings }) => [reports, rings])).toEqual([
      [1, true],
      [1, true],
      [1, true],
      [1, false],
    ])
    expect(events.map(({ id }) => id)).toContain(later.id)
  })

  test('[WARN-11] graver than what was signed for, it rings anew', async () => {
    const first = report({ level: 'yellow', people: 60 })
    await push(agent, first)
    await act(first.id, { do: 'sign' })
    await push(agent, { ...first, rev: 2, demands: '补偿' })
    expect((await list()).events[0]).toMatchObject({ state: 'signed', rings: false })
    await push(agent, { ...first, rev: 3, level: 'red', people: 320 })
    expect((await list()).events[0]).toMatchObject({ state: 'open', level: 'red', rings: true })
    const { notes } = await centre.get('warnings.read', { id: first.id }, duty.token)
    expect(notes.map(({ what }) => what)).toEqual(['report', 'sign', 'change', 'change', 'graver'])
  })

  test('[WARN-11] a closed event that turns out graver rings anew, and can be signed for and closed again', async () => {
    const first = report({ level: 'blue', people: 5 })
    await push(agent, first)
    await act(first.id, { do: 'sign' })
    await act(first.id, { do: 'close', text: '误报' })
    await push(agent, { ...first, rev: 2, demands: '补发' })
    expect((await list()).events[0]).toMatchObject({ state: 'closed', rings: false })
    await push(agent, { ...first, rev: 3, level: 'red', people: 320 })
    expect((await list()).events[0]).toMatchObject({
      state: 'open',
      closedAt: null,
      level: 'red',
      rings: true,
    })
    expect(await told(agent)).toMatchObject([{ state: 'open', level: 'red' }])
    expect((await act(first.id, { do: 'sign' })).status).toBe(200)
    expect((await act(first.id, { do: 'close', text: '已平息' })).status).toBe(200)
  })

  test('[WARN-11] what rings is told first, however many signed for and closed there are', async () => {
    const many = Array.from({ length: 6 }, (_, n) => report({ employer: `第${n}（示例）厂` }))
    for (const each of many) {
      await push(agent, each)
      await act(each.id, { do: 'sign' })
    }
    await act(many[5]?.id ?? '', { do: 'close', text: '已补偿' })
    const last = report({ employer: '最后一家（示例）厂' })
    await push(colleague, { ...last, agent: AccountId.parse('1002') })
    const { events } = await centre.get('warnings.list', { limit: 3 }, duty.token)
    expect(events.map(({ id, rings }) => [id, rings])).toEqual([
      [last.id, true],
      [many[4]?.id, false],
      [many[3]?.id, false],
    ])
    expect((await list()).events.at(-1)).toMatchObject({ id: many[5]?.id, state: 'closed' })
  })

  test('[WARN-11] an event whose employer becomes known goes into the one there is, unless somebody has signed for it', async () => {
    const known = report({ level: 'yellow', people: 60, agent: AccountId.parse('1002') })
    const nameless = report({ employer: '', level: 'red', people: 320 })
    const taken = report({ employer: '' })
    await push(colleague, known)
    const [other] = (await push(agent, nameless)).verdicts
    await push(agent, taken)
    await act(known.id, { do: 'sign' })
    await act(taken.id, { do: 'sign' })
    const named = { ...nameless, rev: 2, employer: '恒泽电子厂' }
    const [verdict] = (await push(agent, named)).verdicts
    await push(agent, { ...taken, rev: 2, employer: '恒泽电子厂' })
    const { events } = await list()
    expect(events).toMatchObject([
      { id: known.id, reports: 2, level: 'red', people: 320, state: 'open', number: verdict?.number },
      { id: taken.id, reports: 1, state: 'signed' },
    ])
    const file = await centre.get('warnings.read', { id: known.id }, duty.token)
    expect(file.notes.map(({ what, text }) => [what, text])).toEqual([
      ['report', ''],
      ['report', ''],
      ['sign', ''],
      ['change', `${other?.number} 并入本件`],
      ['graver', 'red'],
    ])
    expect((await told(agent)).map(({ event }) => event).sort()).toEqual([known.id, taken.id].sort())
    expect((await push(agent, named, nameless)).verdicts.map((each) => [each.verdict, each.number])).toEqual([
      ['duplicate', verdict?.number],
      ['duplicate', verdict?.number],
    ])
    const audit = await centre.running.database.rows(
      `select subject from audit where what = 'warning.renumbered' and subject like $1`,
      [`${nameless.id}%`],
    )
    expect(audit).toEqual([{ subject: `${nameless.id} ${other?.number} ${verdict?.number}` }])
  })

  test.each([false, true])(
    '[WARN-11] [WARN-9] what has come to the second screen rings on there when its employer becomes known (the other event signed for: %s)',
    async (isSigned) => {
      const known = report({ agent: AccountId.parse('1002') })
      await push(colleague, known)
      if (isSigned) await act(known.id, { do: 'sign' })
      const nameless = report({ employer: '' })
      await push(agent, nameless)
      const { database } = centre.running
      const rang = centre.clock.now() - 6 * 60_000
      await database.rows('update warning_events set rang_since = $2 where id = $1', [nameless.id, rang])
      await passOn({
        database,
        feed: { nudge: () => undefined },
        now: () => centre.clock.now(),
        log: () => undefined,
      } as never)
      await push(agent, { ...nameless, rev: 2, employer: '恒泽电子厂' })
      for (const session of [duty, await centre.signIn('4002')])
        expect((await list(session)).events).toMatchObject([
          { id: known.id, state: 'open', rangSince: rang, rings: true },
        ])
    },
  )
})
