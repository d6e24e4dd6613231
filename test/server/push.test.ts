// sync.push on both databases: every record once, the newest rev, each item judged alone.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { api } from '../../contract/api.ts'
import type { Session } from '../../contract/session.ts'
import { PROTOCOL, protocolHeader } from '../../contract/version.ts'
import { aForm } from '../makers/forms.ts'
import { aCallOf, aDispatchOf, items, startTestCentre, type TestCentre } from './aCentre.ts'
import { bothDatabases, type Place } from './databases.ts'

describe.each(bothDatabases)('push to %s', (_name, make) => {
  const kind = make()
  let place: Place
  let centre: TestCentre
  let agent: Session
  let other: Session
  beforeAll(async () => {
    place = await kind.newPlace()
    centre = await startTestCentre(place)
    agent = await centre.signIn('1001')
    other = await centre.signIn('1002')
  })
  afterAll(async () => {
    await centre.stop()
    await place.remove()
    await kind.stop()
  })

  const rowsOf = (id: string) =>
    centre.running.database.rows<{ rev: number; body: unknown; ended_by: string; practice: boolean }>(
      'select rev, body, ended_by, practice from call_records where id = $1',
      [id],
    )
  const aNote = (what: string, about: string) => ({
    kind: 'audit',
    body: { v: 1, id: aCallOf('1001').id, rev: 1, agent: '1001', what, callId: null, about, at: Date.now() },
  })
  const push = (...given: Parameters<typeof items>) => centre.get('sync.push', items(...given), agent.token)

  test('[SERVER-1] a record is kept exactly as it was sent, and its columns can be read with plain SQL', async () => {
    const call = aCallOf('1001', { endedBy: 'caller' })
    const answer = await push({ call })
    expect(answer).toMatchObject({
      centre: agent.centre.id,
      epoch: 0,
      verdicts: [{ id: call.id, verdict: 'stored' }],
    })
    expect(await rowsOf(call.id)).toEqual([{ rev: 1, body: call, ended_by: 'caller', practice: false }])
    const [line] = await centre.running.database.rows<{ caller_name: string; talk_seconds: unknown }>(
      'select * from call_book where id = $1',
      [call.id],
    )
    expect(line?.caller_name).toBe(call.form?.callerName)
    expect(Number(line?.talk_seconds)).toBe(277)
  })

  test('[F10] [F67] [SERVER-2] the same record sent again, also twice at once, is one row', async () => {
    const call = aCallOf('1001')
    const twice = await Promise.all([push({ call }), push({ call })])
    expect(new Set(twice.map((answer) => answer.verdicts[0]?.verdict))).toEqual(
      new Set(['stored', 'duplicate']),
    )
    expect((await push({ call })).verdicts).toEqual([{ id: call.id, verdict: 'duplicate' }])
    expect(await rowsOf(call.id)).toHaveLength(1)
  })

  test('[F12] [SERVER-3] the higher rev wins in whatever order they come', async () => {
    const first = aCallOf('1001', { form: null, filedAt: null })
    const filed = { ...first, rev: 2, form: aForm({ callerName: '后来填的' }), filedAt: Date.now() }
    const both = await push({ call: filed }, { call: first })
    expect(both.verdicts.map((verdict) => verdict.verdict)).toEqual(['stored', 'duplicate'])
    expect((await push({ call: first })).verdicts[0]?.verdict).toBe('duplicate')
    expect(await rowsOf(first.id)).toMatchObject([{ rev: 2, body: filed }])
    const third = { ...filed, rev: 3 }
    expect((await push({ call: third })).verdicts[0]?.verdict).toBe('stored')
    expect(await rowsOf(first.id)).toMatchObject([{ rev: 3 }])
  })

  test('[F31] [SERVER-4] one bad item is refused with its field, the others are stored', async () => {
    const good = aCallOf('1001')
    const poison = aCallOf('1001', { form: aForm({ callerName: 'nul\0' }) })
    const half = aCallOf('1001', { form: aForm({ course: '\ud83d' }) })
    const huge = { ...aCallOf('1001'), rev: 9_000_000_000 }
    const wrong = { ...aCallOf('1001'), endedBy: 'nobody' }
    const answer = await push(
      { call: good },
      { call: poison },
      { call: half },
      { call: huge },
      { raw: { kind: 'call', body: wrong } },
      { raw: 'not an item' },
    )
    expect(answer.verdicts.map(({ verdict, field }) => [verdict, field])).toEqual([
      ['stored', undefined],
      ['refused', 'form.callerName'],
      ['refused', 'form.course'],
      ['refused', undefined],
      ['refused', 'endedBy'],
      ['refused', undefined],
    ])
    expect(JSON.stringify(answer)).not.toContain('nobody')
    expect(await rowsOf(good.id)).toHaveLength(1)
    expect(await rowsOf(poison.id)).toHaveLength(0)
  })

  test('[SERVER-6] [F37] what a newer program made waits: too_new, not refused', async () => {
    const answer = await push(
      { raw: { kind: 'survey', body: { id: 'x' } } },
      { raw: { kind: 'call', body: { ...aCallOf('1001'), v: 2, colour: 'blue' } } },
    )
    expect(answer.verdicts.map((verdict) => verdict.verdict)).toEqual(['too_new', 'too_new'])
  })

  test('[SERVER-37] [F37] [SYNC-32] what a newer program sends is never called wrong, and one too old is told to update', async () => {
    const call = aCallOf('1001')
    const odd = { kind: 'call', body: { ...aCallOf('1001'), outcome: 'conference' } }
    const say = async (protocol: string, body: object) => {
      const response = await fetch(`${centre.running.address}${api['sync.push'].path}`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          authorization: `Bearer ${agent.token}`,
          [protocolHeader]: protocol,
        },
        body: JSON.stringify(body),
      })
      return [response.status, await response.json()] as const
    }
    const newer = String(PROTOCOL + 1)
    const [, each] = await say(
      newer,
      items({ call }, { raw: odd }, { raw: aNote('outbox.dreamt', 'ticket') }),
    )
    expect(each).toMatchObject({
      ok: true,
      value: { verdicts: [{ verdict: 'stored' }, { verdict: 'too_new' }, { verdict: 'too_new' }] },
    })
    const whole = await say(newer, { ...items({ call }), priority: 'high' })
    expect(whole).toMatchObject([409, { ok: false, problem: { code: 'too_new' } }])
    // The same from a program of this protocol is a mistake.
    const [, same] = await say(String(PROTOCOL), items({ raw: odd }))
    expect(same).toMatchObject({ value: { verdicts: [{ verdict: 'refused', field: 'outcome' }] } })
    expect(await say(String(PROTOCOL), { ...items({ call }), priority: 'high' })).toMatchObject([422, {}])
    const old = await say('0', items({ call: aCallOf('1001') }))
    expect(old).toMatchObject([426, { ok: false, problem: { code: 'too_old' } }])
  })

  test('[F62] [F81] [SERVER-40] the same revision in other words is refused, an older one changes nothing', async () => {
    const call = aCallOf('1001')
    const other = { ...call, form: aForm({ callerName: '另一台写的' }) }
    expect((await push({ call })).verdicts[0]?.verdict).toBe('stored')
    expect((await push({ call: other })).verdicts).toMatchObject([{ verdict: 'refused', field: 'rev' }])
    expect(await rowsOf(call.id)).toMatchObject([{ rev: 1, body: call }])
    const next = { ...other, rev: 2 }
    expect((await push({ call: next }, { call })).verdicts.map(({ verdict }) => verdict)).toEqual([
      'stored',
      'duplicate',
    ])
    expect((await push({ call })).verdicts[0]?.verdict).toBe('duplicate')
    expect(await rowsOf(call.id)).toMatchObject([{ rev: 2, body: next }])
    const twins = aCallOf('1001')
    const both = await push({ call: twins }, { call: { ...twins, queue: '别的' } })
    expect(both.verdicts.map(({ verdict }) => verdict)).toEqual(['stored', 'refused'])
  })

  test('[F62] [SERVER-40] a filed form that a later revision takes the place of, or that comes after it, is kept beside it, once', async () => {
    const keptOf = (id: string) =>
      centre.running.database.rows<{ rev: number; body: unknown }>(
        'select rev, body from call_revisions where call = $1 order by rev',
        [id],
      )
    const ended = aCallOf('1001', { form: null, filedAt: null })
    const form = (rev: number, callerName: string) => ({
      ...ended,
      rev,
      filedAt: ended.endedAt + 1_000,
      form: aForm({ callerName }),
    })
    await push({ call: ended })
    await push({ call: form(2, '这台写的') })
    expect(await keptOf(ended.id)).toEqual([])
    const corrected = form(4, '那台改的')
    for (let sent = 0; sent < 2; sent += 1) await push({ call: corrected })
    // The other computer comes back with a correction of its own.
    const late = await push({ call: form(3, '这台改的') }, { call: ended })
    expect(late.verdicts.map(({ verdict }) => verdict)).toEqual(['duplicate', 'duplicate'])
    await push({ call: form(3, '这台改的') })
    expect(await rowsOf(ended.id)).toMatchObject([{ rev: 4, body: corrected }])
    expect(await keptOf(ended.id)).toEqual([
      { rev: 2, body: form(2, '这台写的') },
      { rev: 3, body: form(3, '这台改的') },
    ])
  })

  test("[SERVER-7] nobody stores a record under another's number, nor writes over another's record", async () => {
    const call = aCallOf('1001')
    await push({ call })
    const stolen = { ...call, rev: 9, agent: other.account.id }
    const asOther = await centre.get(
      'sync.push',
      items({ call: stolen }, { call: { ...call, rev: 9 } }),
      other.token,
    )
    expect(asOther.verdicts.map(({ verdict, field }) => [verdict, field])).toEqual([
      ['refused', 'id'],
      ['refused', 'agent'],
    ])
    expect(await rowsOf(call.id)).toMatchObject([{ rev: 1, body: call }])
  })

  test('[SERVER-8] a real centre takes no practice record', async () => {
    const answer = await push({ call: aCallOf('1001', { practice: true }) })
    expect(answer.verdicts).toMatchObject([{ verdict: 'refused', field: 'practice' }])
  })

  test('[SERVER-9] notes for the audit are kept once', async () => {
    const call = aCallOf('1001')
    const note = {
      v: 1,
      id: call.id,
      rev: 1,
      agent: '1001',
      what: 'number.shown',
      callId: call.id,
      at: Date.now(),
    }
    const raw = { kind: 'audit', body: note }
    expect((await push({ raw })).verdicts[0]?.verdict).toBe('stored')
    expect((await push({ raw })).verdicts[0]?.verdict).toBe('duplicate')
    const rows = await centre.running.database.rows('select what from audit where note = $1', [note.id])
    expect(rows).toEqual([{ what: 'number.shown' }])
    await expect(centre.running.database.rows("update audit set what = 'x'")).rejects.toThrow()
    await expect(centre.running.database.rows('delete from audit')).rejects.toThrow()
  })

  test('[EXPORT-4] an export stands in the audit with how many lines it had, under who made it', async () => {
    const exported = ['calls.exported', 'tickets.exported']
    const answer = await push(...exported.map((what) => ({ raw: aNote(what, 'rows 1234') })))
    expect(answer.verdicts.map(({ verdict }) => verdict)).toEqual(['stored', 'stored'])
    const rows = await centre.running.database.rows(
      "select account, what, subject from audit where what like '%.exported' order by what",
    )
    expect(rows).toEqual([
      { account: '1001', what: 'calls.exported', subject: 'rows 1234' },
      { account: '1001', what: 'tickets.exported', subject: 'rows 1234' },
    ])
  })

  test('[SYNC-32] [SERVER-9] which refused thing was let go of stands in the audit once, without what was in it', async () => {
    const order = aDispatchOf('1001', 'ZGFW')
    const raw = aNote('outbox.letGo', `ticket ${order.id}`)
    const twice = await push({ raw }, { raw })
    expect(twice.verdicts.map(({ verdict }) => verdict)).toEqual(['stored', 'duplicate'])
    const rows = "select account, subject, at from audit where what = 'outbox.letGo'"
    expect(await centre.running.database.rows(rows)).toEqual([
      { account: '1001', subject: `ticket ${order.id}`, at: raw.body.at },
    ])
  })

  test('[SERVER-10] a batch of 500 is stored whole, and each of 20 seats pushing at once loses nothing', async () => {
    const many = Array.from({ length: 500 }, () => ({ call: aCallOf('1001') }))
    const answer = await push(...many)
    expect(new Set(answer.verdicts.map((verdict) => verdict.verdict))).toEqual(new Set(['stored']))
    const parallel = await Promise.all(
      Array.from({ length: 20 }, () =>
        push({ call: aCallOf('1001') }, { ticket: aDispatchOf('1001', 'ZGFW') }),
      ),
    )
    expect(parallel.flatMap((each) => each.verdicts.map((verdict) => verdict.verdict))).toEqual(
      Array.from({ length: 40 }, () => 'stored'),
    )
    const numbers = parallel.map((each) => each.verdicts[1]?.number)
    expect(new Set(numbers).size).toBe(20)
  })

  test('[F32] [SERVER-5] too many pushes are answered 429 with the time to wait', async () => {
    const session = await centre.signIn('2001')
    // On a slow computer they would be slow enough to be let in.
    const go = centre.clock.stand()
    const pushes = Array.from({ length: 120 }, () =>
      centre.ask('sync.push', { clientNow: 0, items: ['x'] }, session.token),
    )
    const replies = await Promise.all(pushes)
    go()
    const refused = replies.find((reply) => reply.status === 429)
    expect(refused?.answer).toMatchObject({ ok: false, problem: { code: 'too_many' } })
    expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(0)
  })
})
