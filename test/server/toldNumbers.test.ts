// Official numbers a seat was told, sent along with its work orders to a centre that has lost them, on both databases.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Session } from '../../contract/session.ts'
import type { TicketDispatch } from '../../contract/tickets.ts'
import type { WarningReport } from '../../contract/warnings.ts'
import { aReport } from '../makers/reports.ts'
import { aDispatchOf, items, startTestCentre, type TestCentre } from './aCentre.ts'
import { bothDatabases, type Place } from './databases.ts'

describe.each(bothDatabases)('numbers that were told, on %s', (_name, make) => {
  const kind = make()
  let place: Place
  let centre: TestCentre
  let agent: Session
  let colleague: Session
  beforeAll(async () => {
    place = await kind.newPlace()
    centre = await startTestCentre(place)
    agent = await centre.signIn('1001')
    colleague = await centre.signIn('1002')
  })
  afterAll(async () => {
    await centre.stop()
    await place.remove()
    await kind.stop()
  })
  const numbers = (told: readonly object[]) => ({
    raw: { kind: 'numbers', body: { v: 1, id: 'numbers', numbers: told } },
  })
  const send = async (ticket: TicketDispatch, number: string, session: Session = agent) => {
    const batch = items(numbers([{ ticket: ticket.id, number }]), { ticket })
    return (await centre.get('sync.push', batch, session.token)).verdicts
  }
  const warn = async (report: WarningReport, number: string, session: Session = agent) => {
    const batch = items(numbers([{ warning: report.id, number }]), { raw: { kind: 'warning', body: report } })
    return (await centre.get('sync.push', batch, session.token)).verdicts
  }
  const renumbered = (id: string, what: 'ticket' | 'warning' = 'ticket') =>
    centre.running.database.rows<{ subject: string; account: string }>(
      'select account, subject from audit where what = $1 and subject like $2',
      [`${what}.renumbered`, `${id}%`],
    )

  test('[SERVER-57] [F36] a work order the centre does not know keeps the number its seat was told, and what is drawn comes behind it', async () => {
    const ticket = aDispatchOf('1001', 'ZGFW')
    expect(await send(ticket, '20251105-0042')).toMatchObject([
      { id: 'numbers', verdict: 'stored' },
      { id: ticket.id, verdict: 'stored', number: '20251105-0042' },
    ])
    const [day] = await centre.running.database.rows(`select last from ticket_days where day = '20251105'`)
    expect(day).toEqual({ last: 42 })
    // Sent again, and changed, it is the same.
    expect((await send(ticket, '20251105-0042'))[1]).toMatchObject({
      verdict: 'duplicate',
      number: '20251105-0042',
    })
    expect((await send({ ...ticket, rev: 2, title: '改过' }, '20251105-0042'))[1]).toMatchObject({
      verdict: 'stored',
      number: '20251105-0042',
    })
    expect(await renumbered(ticket.id)).toEqual([])
    const today = aDispatchOf('1001', 'ZGFW')
    const [drawn] = (await centre.get('sync.push', items({ ticket: today }), agent.token)).verdicts
    const [date = '', count = ''] = drawn?.number?.split('-') ?? []
    const later = aDispatchOf('1001', 'ZGFW')
    const told = `${date}-${String(Number(count) + 7).padStart(4, '0')}`
    expect((await send(later, told))[1]).toMatchObject({ number: told })
    const next = aDispatchOf('1001', 'ZGFW')
    const [behind] = (await centre.get('sync.push', items({ ticket: next }), agent.token)).verdicts
    expect(behind?.number).toBe(`${date}-${String(Number(count) + 8).padStart(4, '0')}`)
  })

  test('[SERVER-57] a number that is another’s, of a day to come or beyond any day is not given; where it leads stands in the audit, once', async () => {
    const ticket = aDispatchOf('1001', 'ZGFW')
    await send(ticket, '20251106-0001')
    for (const told of ['20251106-0001', '29991231-0001', '20251106-300000']) {
      const other = aDispatchOf('1002', 'ZGFW')
      const [, verdict] = await send(other, told, colleague)
      expect(verdict).toMatchObject({ verdict: 'stored' })
      expect(verdict?.number).not.toBe(told)
      await send(other, told, colleague)
      expect(await renumbered(other.id)).toEqual([
        { account: '1002', subject: `${other.id} ${told} ${verdict?.number}` },
      ])
    }
    // A number for a work order of somebody else changes nothing and is not on record as that person's.
    const theirs = { ...ticket, rev: 2, agent: colleague.account.id }
    expect((await send(theirs, '20251106-0009', colleague))[1]).toMatchObject({
      verdict: 'refused',
      field: 'id',
    })
    expect(await renumbered(ticket.id)).toEqual([])
  })

  test('[SERVER-57] [F36] a warning keeps the number its seat was told, for all who reported of it; where it cannot, the audit says so', async () => {
    const first = aReport(1, { employer: '记得号码（示例）厂' })
    expect((await warn(first, 'YJ20251105-0003'))[1]).toMatchObject({
      verdict: 'stored',
      number: 'YJ20251105-0003',
    })
    // A colleague reported the same; both were told one number.
    const second = aReport(2, { employer: first.employer, agent: colleague.account.id })
    expect((await warn(second, 'YJ20251105-0003', colleague))[1]).toMatchObject({ number: 'YJ20251105-0003' })
    expect((await warn({ ...first, rev: 2 }, 'YJ20251105-0003'))[1]).toMatchObject({
      number: 'YJ20251105-0003',
    })
    expect(await renumbered(first.id, 'warning')).toEqual([])
    for (const [n, number] of ['YJ20251105-0003', 'YJ29991231-0001', 'YJ20251106-300000'].entries()) {
      const other = aReport(10 + n, { employer: `另一家（示例）厂 ${n}` })
      const [, verdict] = await warn(other, number)
      expect(verdict?.number).toMatch(/^YJ\d{8}-\d{4,6}$/)
      expect(verdict?.number).not.toBe(number)
      await warn(other, number)
      expect(await renumbered(other.id, 'warning')).toEqual([
        { account: '1001', subject: `${other.id} ${number} ${verdict?.number}` },
      ])
    }
    // Each prefix counts for itself: a work order's number is no warning's.
    const [odd] = await warn(aReport(20, { employer: '第二十（示例）厂' }), '20251105-0001')
    expect(odd).toMatchObject({ verdict: 'too_new' })
  })

  test('[SERVER-57] [SERVER-6] what is no such number is put off like anything unknown, and holds nothing up', async () => {
    const ticket = aDispatchOf('1001', 'ZGFW')
    const verdicts = await send(ticket, "1' or '1")
    expect(verdicts.map(({ verdict }) => verdict)).toEqual(['too_new', 'stored'])
    expect(verdicts[1]?.number).toMatch(/^\d{8}-\d{4,6}$/)
  })
})
