// Early warnings at the centre, on both databases: stored once, joined by employer, rung, signed for, told to the agent.
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { v7 } from 'uuid'
import { AccountId, ActionId } from '../../contract/ids.ts'
import { Reference } from '../../contract/reference.ts'
import type { Session } from '../../contract/session.ts'
import { passOn } from '../../server/warningRing.ts'
import { aCallOf, aDispatchOf, startTestCentre, type TestCentre } from './aCentre.ts'
import { aWarningCentre } from './aWarningCentre.ts'
import { bothDatabases, type Place } from './databases.ts'

const minute = 60_000

describe.each(bothDatabases)('early warnings on %s', (_name, make) => {
  const kind = make()
  let place: Place
  let centre: TestCentre
  let agent: Session
  let colleague: Session
  let duty: Session
  let second: Session
  beforeAll(async () => {
    place = await kind.newPlace()
    centre = await startTestCentre(place)
    agent = await centre.signIn('1001')
    colleague = await centre.signIn('1002')
    duty = await centre.signIn('4001')
    second = await centre.signIn('4002')
  })
  afterEach(() => clear())
  afterAll(async () => {
    await centre.stop()
    await place.remove()
    await kind.stop()
  })

  const { report, push, list, act, told, clear } = aWarningCentre(() => ({ centre, duty }))

  test('[WARN-10] a report is stored once however often it comes, with an event, a number and a first line', async () => {
    const first = report()
    const answers = await Promise.all([push(agent, first), push(agent, first), push(agent, first, first)])
    const verdicts = answers.flatMap((answer) => answer.verdicts)
    expect(verdicts.map(({ verdict }) => verdict).sort()).toEqual([
      'duplicate',
      'duplicate',
      'duplicate',
      'stored',
    ])
    expect(new Set(verdicts.map(({ number }) => number)).size).toBe(1)
    expect(verdicts[0]?.number).toMatch(/^YJ\d{8}-\d{4}$/)
    const { events } = await list()
    expect(events).toMatchObject([
      { id: first.id, reports: 1, level: 'red', state: 'open', people: 300, rings: true },
    ])
    const file = await centre.get('warnings.read', { id: first.id }, duty.token)
    expect(file.notes.map(({ what, byName }) => [what, byName])).toEqual([['report', '测试1001']])
  })

  test('[WARN-10] in one batch with calls and work orders it takes effect too, and a bad item beside it holds it up no more', async () => {
    const first = report()
    const call = aCallOf('1001')
    const answer = await centre.get(
      'sync.push',
      {
        clientNow: centre.clock.now(),
        items: [
          { kind: 'call', body: call },
          { kind: 'ticket', body: aDispatchOf('1001', 'NOWHERE') },
          { kind: 'warning', body: first },
          { kind: 'warning', body: { ...report(), level: 'pink' } },
        ],
      },
      agent.token,
    )
    expect(answer.verdicts.map(({ verdict }) => verdict)).toEqual(['stored', 'refused', 'stored', 'refused'])
  })

  test('[WARN-10] when its row cannot be written, nothing of it is there, and it comes again', async () => {
    const { database } = centre.running
    const first = report()
    await database.script('alter table warning_notes rename to notes_away')
    expect((await push(agent, first)).verdicts).toMatchObject([{ verdict: 'busy' }])
    await database.script('alter table notes_away rename to warning_notes')
    expect((await list()).events).toEqual([])
    expect((await push(agent, first)).verdicts).toMatchObject([{ verdict: 'stored' }])
  })

  test('[WARN-10] the higher revision wins, the same one in other words is refused, another’s is not touched', async () => {
    const first = report()
    await push(agent, first)
    const phoned = [{ code: 'ZBS', name: '值班室', at: centre.clock.now(), reached: true }]
    expect((await push(agent, { ...first, rev: 2, phoned })).verdicts).toMatchObject([{ verdict: 'stored' }])
    expect((await push(agent, first)).verdicts).toMatchObject([{ verdict: 'duplicate' }])
    const others = await push(agent, { ...first, rev: 2, phoned, demands: '别的' })
    expect(others.verdicts).toMatchObject([{ verdict: 'refused', field: 'rev' }])
    const stranger = await push(colleague, { ...first, rev: 3, agent: AccountId.parse('1002') })
    expect(stranger.verdicts).toMatchObject([{ verdict: 'refused', field: 'id' }])
    const file = await centre.get('warnings.read', { id: first.id }, duty.token)
    expect(file.reports[0]?.report.phoned).toEqual(phoned)
    expect(file.notes.map(({ what, text }) => [what, text])).toEqual([
      ['report', ''],
      ['change', '值班室（已接）'],
    ])
  })

  test('[WARN-19] an older revision from another computer is kept, told to its agent as often as it comes, and stands in the timeline once', async () => {
    const first = report()
    await push(agent, first)
    // The second of this computer went into the third before it was sent.
    const third = { ...first, rev: 3, demands: '补发工资' }
    await push(agent, third)
    const stale = { ...first, rev: 2, demands: '要求见总经理' }
    for (const _ of [1, 2]) {
      const { verdicts } = await push(agent, stale)
      expect(verdicts).toMatchObject([{ verdict: 'refused', field: 'rev' }])
      expect(verdicts[0]?.text).toContain('也存了一份')
    }
    expect((await push(agent, { ...stale, demands: '又一样' })).verdicts).toMatchObject([
      { verdict: 'refused' },
    ])
    expect((await push(agent, third, first)).verdicts.map(({ verdict }) => verdict)).toEqual([
      'duplicate',
      'duplicate',
    ])
    const { database } = centre.running
    const kept = await database.rows(
      `select rev, late, body ->> 'demands' as demands from warning_revisions where warning = $1 order by rev`,
      [first.id],
    )
    expect(kept).toEqual([
      { rev: 1, late: false, demands: first.demands },
      { rev: 2, late: true, demands: '要求见总经理' },
      { rev: 3, late: false, demands: '补发工资' },
    ])
    const file = await centre.get('warnings.read', { id: first.id }, duty.token)
    expect(file.reports[0]?.report.demands).toBe('补发工资')
    expect(file.notes.filter(({ text }) => text.includes('第 2 稿晚到'))).toHaveLength(1)
    // What is missing is put into a new one, and the old one troubles nobody any more.
    await push(agent, { ...third, rev: 4, demands: '补发工资；要求见总经理' })
    expect((await push(agent, stale)).verdicts).toMatchObject([{ verdict: 'duplicate' }])
  })

  test('[WARN-19] an older revision that says nothing more troubles nobody', async () => {
    const first = report()
    const phoned = [{ code: 'ZBS', name: '值班室', at: centre.clock.now(), reached: true }]
    await push(agent, first)
    await push(agent, { ...first, rev: 3, phoned, demands: '补发工资，当面答复' })
    expect((await push(agent, { ...first, rev: 2, demands: '补发工资' })).verdicts).toMatchObject([
      { verdict: 'duplicate' },
    ])
    const file = await centre.get('warnings.read', { id: first.id }, duty.token)
    expect(file.notes.map(({ what }) => what)).toEqual(['report', 'change'])
  })

  test('[WARN-9] unsigned it goes on to the next after 5, 15 and 30 minutes, each step once', async () => {
    const first = report()
    await push(agent, first)
    const { database } = centre.running
    let ahead = 0
    const asked: number[] = []
    const feed = { nudge: () => void asked.push(ahead) } as never
    const log = () => undefined
    const at = async (minutes: number) => {
      ahead = minutes
      const parts = { database, feed, log, now: () => centre.clock.now() + minutes * minute }
      await Promise.all([passOn(parts), passOn(parts)])
      const rings = async (session: Session) => (await list(session)).events[0]?.rings
      return [await rings(duty), await rings(second)]
    }
    expect(await at(4)).toEqual([true, false])
    expect(await at(5)).toEqual([true, true])
    expect(await at(31)).toEqual([true, true])
    expect(asked).toEqual([5, 31])
    const { notes } = await centre.get('warnings.read', { id: first.id }, duty.token)
    expect(notes.filter(({ what }) => what === 'escalate').map(({ text }) => text)).toEqual(['5', '30'])
    await act(first.id, { do: 'sign' })
    expect(await at(90)).toEqual([false, false])
  })

  test('[WARN-9] it rings down to the first who is at a screen, at everybody where nobody is, and whoever comes later silences nobody', async () => {
    const leave = (session: Session) => centre.get('session.close', {}, session.token)
    const rings = async (session: Session) => (await list(session)).events[0]?.rings
    await leave(duty)
    await push(agent, report())
    expect(await rings(second)).toBe(true)
    centre.clock.advance(1_000)
    duty = await centre.signIn('4001')
    expect([await rings(duty), await rings(second)]).toEqual([true, true])
    await clear()
    await push(agent, report())
    expect([await rings(duty), await rings(second)]).toEqual([true, false])
    // The first one's page was closed: it counts until a minute after its token has run out.
    const ranOut = (agoMs: number) =>
      centre.running.database.rows(
        `update access_tokens set expires_at = $1
         where session in (select id from sessions where account = '4001')`,
        [centre.clock.now() - agoMs],
      )
    await ranOut(30_000)
    expect(await rings(second)).toBe(false)
    await ranOut(61_000)
    expect(await rings(second)).toBe(true)
    duty = await centre.signIn('4001')
    await clear()
    await leave(duty)
    await leave(second)
    await push(agent, report())
    centre.clock.advance(1_000)
    duty = await centre.signIn('4001')
    second = await centre.signIn('4002')
    expect([await rings(duty), await rings(second)]).toEqual([true, true])
  })

  test('[WARN-12] [WARN-13] signed for once, first of all, and the agent is told by whom and when', async () => {
    const first = report()
    await push(agent, first)
    expect((await act(first.id, { do: 'order', text: '派人去' })).status).toBe(409)
    const sign = { do: 'sign', id: ActionId.parse(v7()) }
    const [one, two] = await Promise.all([act(first.id, sign), act(first.id, sign)])
    expect([one.status, two.status]).toEqual([200, 200])
    expect((await act(first.id, { do: 'sign' }, second)).status).toBe(409)
    expect(await told(agent)).toMatchObject([
      { report: first, event: first.id, state: 'signed', signedBy: '测试4001' },
    ])
    expect(await told(colleague)).toEqual([])
    await act(first.id, { do: 'order', text: '派人去' })
    await act(first.id, { do: 'progress', text: '已到现场' })
    await act(first.id, { do: 'close', text: '已补偿' })
    expect((await act(first.id, { do: 'progress', text: '再说' })).status).toBe(409)
    const { notes, event } = await centre.get('warnings.read', { id: first.id }, duty.token)
    expect(notes.map(({ what }) => what)).toEqual(['report', 'sign', 'order', 'progress', 'close'])
    expect(event.state).toBe('closed')
    expect(await told(agent)).toMatchObject([{ state: 'closed' }])
  })

  test('[WARN-14] files and numbers are read on record, numbers masked, and a lead only reads', async () => {
    const first = report()
    await push(agent, first)
    const lead = await centre.signIn('2001')
    const file = await centre.get('warnings.read', { id: first.id }, lead.token)
    expect(file.reports[0]?.report.contactNumber).toBe('138****8000')
    expect((await act(first.id, { do: 'sign' }, lead)).status).toBe(403)
    expect(await centre.get('warnings.reveal', { id: first.id }, duty.token)).toEqual({
      contactNumber: '13800008000',
    })
    const audit = await centre.running.database.rows(
      `select account, what from audit where subject = $1 order by seq`,
      [first.id],
    )
    expect(audit).toEqual([
      { account: '2001', what: 'warnings.read' },
      { account: '4001', what: 'warnings.reveal' },
    ])
  })

  test('[WARN-15] data from before there were warnings gets the first rules when the centre starts', async () => {
    const { database } = centre.running
    const rows = await database.rows<{ version: number }>('select max(version) as version from reference')
    const before = rows[0]?.version ?? 0
    await database.rows(
      `insert into reference (version, body, loaded_at, loaded_by)
       select version + 1, (body - 'warnings') || jsonb_build_object('version', version + 1), 0, 'test'
       from reference where version = $1`,
      [before],
    )
    await centre.stop()
    centre = await startTestCentre(place)
    const pulled = await centre.get('sync.pull', { cursor: 0, reference: -1, limit: 1 }, agent.token)
    const reference = Reference.parse(pulled.reference)
    expect(reference.version).toBe(before + 2)
    expect(reference.warnings?.rules.map(({ code }) => code)).toContain('CY41')
    expect(reference.warnings?.noEmployer).toContain('不详')
  })
})
