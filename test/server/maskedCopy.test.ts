// A revision of a work order that comes from a seat which has it only as the centre told it, the number masked, before the
// seat that wrote it brings its own: what happens after a restore, on both databases.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Session } from '../../contract/session.ts'
import type { TicketDispatch } from '../../contract/tickets.ts'
import { aForm } from '../makers/forms.ts'
import { aCallOf, aDispatchOf, items, startTestCentre, type TestCentre } from './aCentre.ts'
import { bothDatabases, type Place } from './databases.ts'

const number = '13800008000'
const mask = '138****8000'

describe.each(bothDatabases)('masked copies on %s', (_name, make) => {
  const kind = make()
  let place: Place
  let centre: TestCentre
  let agent: Session
  let handler: Session
  beforeAll(async () => {
    place = await kind.newPlace()
    centre = await startTestCentre(place)
    agent = await centre.signIn('1001')
    handler = await centre.signIn('3001')
  })
  afterAll(async () => {
    await centre.stop()
    await place.remove()
    await kind.stop()
  })

  const push = async (ticket: TicketDispatch) =>
    (await centre.get('sync.push', items({ ticket }), agent.token)).verdicts[0]
  /** Whom the department rings. */
  const rung = async ({ id }: TicketDispatch) =>
    (await centre.get('tickets.reveal', { id }, handler.token)).contactNumber
  const texted = async ({ id }: TicketDispatch) =>
    (
      await centre.running.database.rows<{ recipient: string }>(
        `select recipient from outward where ticket = $1 and kind = 'sms'`,
        [id],
      )
    ).map(({ recipient }) => recipient)
  const corrected = (dispatch: TicketDispatch, over: Partial<TicketDispatch> = {}) => ({
    ...dispatch,
    rev: 2,
    title: '在另一台电脑上改过',
    ...over,
  })
  const asTold = (dispatch: TicketDispatch): TicketDispatch => ({ ...dispatch, contactNumber: mask })

  test('[SERVER-59] [TICKET-14] the mask never becomes the number, and who wrote the revision is not refused', async () => {
    const dispatch = aDispatchOf('1001', 'ZGFW')
    await push(dispatch)
    const second = corrected(dispatch)
    expect(await push(asTold(second))).toMatchObject({ verdict: 'stored' })
    expect(await rung(dispatch)).toBe(number)
    expect(await push(second)).toMatchObject({ verdict: 'stored' })
    expect([await push(second), await push(asTold(second))]).toMatchObject([
      { verdict: 'duplicate' },
      { verdict: 'duplicate' },
    ])
    expect(await rung(dispatch)).toBe(number)
    // Other words are other words, masked or not.
    expect(await push({ ...second, title: '又一稿' })).toMatchObject({ verdict: 'refused', field: 'rev' })
    expect(await push(asTold({ ...second, title: '又一稿' }))).toMatchObject({ verdict: 'refused' })
  })

  test('[SERVER-59] corrected in just the digits the mask hides: the number of who wrote it counts in the end', async () => {
    const dispatch = aDispatchOf('1001', 'ZGFW', { contactNumber: '13811118000' })
    await push(dispatch)
    const second = corrected(dispatch, { contactNumber: number })
    await push(asTold(second))
    expect(await push(second)).toMatchObject({ verdict: 'stored' })
    expect(await rung(dispatch)).toBe(number)
    // And after a later revision the earlier one's number changes nothing but the earlier one.
    const third = { ...second, rev: 3, contactNumber: '13911112222' }
    await push(third)
    expect(await rung(dispatch)).toBe('13911112222')
  })

  test('[SERVER-59] a later revision is there before the number of an earlier one comes: that one is put right alone', async () => {
    const dispatch = aDispatchOf('1001', 'ZGFW')
    await push(dispatch)
    const second = corrected(dispatch, { contactNumber: '13822228000' })
    await push(asTold(second))
    await push({ ...second, rev: 3, contactNumber: '13911112222' })
    expect(await push(second)).toMatchObject({ verdict: 'stored' })
    expect(await rung(dispatch)).toBe('13911112222')
    const kept = await centre.running.database.rows<{ number: string }>(
      `select dispatch ->> 'contactNumber' as number from dispatch_revisions where ticket = $1 order by rev`,
      [dispatch.id],
    )
    expect(kept.map((row) => row.number)).toEqual([number, '13822228000', '13911112222'])
  })

  test('[SERVER-59] a work order the centre has lost whole takes the number from its call; else the worker is told once its seat brings it', async () => {
    const call = aCallOf('1001', { number: '01087651234', form: aForm({ contactNumber: number }) })
    const known = aDispatchOf('1001', 'ZGFW', { callId: call.id })
    await centre.get('sync.push', items({ call }, { ticket: asTold(known) }), agent.token)
    expect(await rung(known)).toBe(number)
    expect(await texted(known)).toEqual([number])
    // Another's call tells nothing.
    const theirs = aCallOf('1002', { form: aForm({ contactNumber: number }) })
    await centre.get('sync.push', items({ call: theirs }), (await centre.signIn('1002')).token)
    const unknown = aDispatchOf('1001', 'ZGFW', { callId: theirs.id })
    await push(asTold(unknown))
    expect([await rung(unknown), await texted(unknown)]).toEqual([mask, []])
    expect(await push(unknown)).toMatchObject({ verdict: 'stored' })
    expect([await rung(unknown), await texted(unknown)]).toEqual([number, [number]])
  })
})
