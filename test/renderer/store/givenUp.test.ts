// What the centre refused is let go of: on the real store with its second journal.
import { afterEach, beforeEach, expect, test } from 'vitest'
import { aReference } from '../../makers/reference.ts'
import { openGivenUp } from '../../../renderer/adapters/givenUp.ts'
import { openMirror } from '../../../renderer/adapters/mirror.ts'
import { purge } from '../../../renderer/adapters/purge.ts'
import { aForm, aRecord, ticketId } from '../../makers/forms.ts'
import { callId, morning } from '../../makers/stamps.ts'
import { PushItem } from '../../../contract/sync.ts'
import { aDispatch, aFiled, aNote, aPage, aTicket } from '../../makers/traffic.ts'
import { code, value } from '../../suites/openedSeat.ts'
import type { SeatWithJournal } from './seatWithJournal.ts'
import { seatSealer, seatWithJournal } from './seatWithJournal.ts'

const day = 86_400_000
let made = 0
let seat: SeatWithJournal
let notes = 0
const givenUp = () => openGivenUp(seat.store, seatSealer, seat.clock.now)
const mirror = () => openMirror(seat.store, seatSealer)
beforeEach(async () => {
  made += 1
  notes = 0
  seat = seatWithJournal(`hotline-given-up-${made}`)
  await seat.rebuilt()
})
afterEach(() => seat.close())

const note = () => {
  notes += 1
  const { id, agent } = aNote(notes)
  return { id, agent }
}

/** All that waits is refused. */
const refused = async () => {
  const rows = await value(seat.outbox.due(seat.clock.now(), 10, 1e9, 0))
  const park = { fate: 'park', text: '承办单位已签收', field: null, at: seat.clock.now() } as const
  await value(seat.outbox.settle(rows.map(({ seq, id, kind }) => ({ seq, id, kind, ...park }))))
  return rows
}
const changed = aFiled(1, { rev: 3, ticketId: ticketId(1), form: aForm({ cause: '这台写的' }) })
const answered = aTicket(1, { state: 'replied', changedAt: morning })

test('[SYNC-32] let go of, it waits nowhere and stays readable, and the seat has the centre’s version', async () => {
  await value(seat.records.file(changed, { ...aDispatch(1), rev: 2, cause: '这台写的' }))
  await value(mirror().take(aPage({ tickets: [answered] })))
  const rows = await refused()
  const call = aRecord(1, {
    rev: 3,
    form: aForm({ cause: '中心的' }),
    filedAt: morning,
    ticketId: ticketId(1),
  })
  for (const { seq, kind } of rows)
    await value(
      givenUp().give(
        seq,
        kind === 'ticket' ? { kind, body: answered } : { kind: 'call', body: call },
        note(),
      ),
    )
  // What waits now is on record of it, and holds none of it.
  expect(await value(seat.outbox.counts())).toMatchObject({ waiting: 2, parked: 0 })
  const noted = (await value(seat.outbox.list(5))).map(({ text }) => new TextDecoder().decode(text))
  expect(noted.map((text) => PushItem.parse(JSON.parse(text)))).toMatchObject(
    rows.map(({ kind, id }) => ({
      kind: 'audit',
      body: { agent: '1001', what: 'outbox.letGo', callId: null, about: `${kind} ${id}`, at: morning },
    })),
  )
  expect(noted.join('')).not.toContain('这台写的')
  const waiting = await seat.waiting()
  expect(waiting).toEqual([1, 2].map((n) => `audit:${aNote(n).id} 1`))
  expect(await seat.journalled()).toEqual([1, 2].map((n) => `audit:${aNote(n).id}`))
  expect(await value(seat.records.read(callId(1)))).toEqual(call)
  expect(await value(seat.records.tickets(5))).toMatchObject([
    { dispatch: { rev: 1, cause: answered.dispatch.cause } },
  ])
  const kept = await value(givenUp().list())
  expect(
    kept
      .map(({ kind, rev, problem }) => `${kind} ${rev} ${problem?.text}`)
      .toSorted((a, b) => (a < b ? -1 : 1)),
  ).toEqual(['call 3 承办单位已签收', 'ticket 2 承办单位已签收'])
  for (const { text } of kept) expect(new TextDecoder().decode(text)).toContain('这台写的')
  // A start does not bring it back.
  await seat.rebuilt()
  expect(await seat.waiting()).toEqual(waiting)
})

test('[SYNC-32] what is not refused, or stands for something else, is not let go of', async () => {
  await value(seat.records.file(changed, { ...aDispatch(1), rev: 2 }))
  const waiting = await value(seat.outbox.list(5))
  for (const { seq } of waiting)
    expect(await code(givenUp().give(seq, { kind: 'ticket', body: answered }, note()))).toBe('not_found')
  const rows = await refused()
  const order = rows.find(({ kind }) => kind === 'ticket')
  const other = { kind: 'ticket', body: aTicket(2) } as const
  expect(await code(givenUp().give(order?.seq ?? 0, other, note()))).toBe('not_found')
  expect(await value(seat.outbox.counts())).toMatchObject({ waiting: 0, parked: 2 })
  expect((await seat.journalled()).filter((key) => key.startsWith('audit'))).toEqual([])
  expect(await value(givenUp().list())).toEqual([])
})

test('[SYNC-32] let go of twice, as by a double click, it is on record once', async () => {
  await value(seat.records.file(changed, { ...aDispatch(1), rev: 2 }))
  const order = (await refused()).find(({ kind }) => kind === 'ticket')
  const there = { kind: 'ticket', body: answered } as const
  const both = await Promise.all([1, 2].map(() => givenUp().give(order?.seq ?? 0, there, note())))
  expect(both.map(({ ok }) => ok)).toEqual([true, false])
  expect((await seat.waiting()).filter((key) => key.startsWith('audit'))).toHaveLength(1)
  expect(await value(givenUp().list())).toHaveLength(1)
})

test('[STORE-18] [SYNC-32] with it the order leaves the seat in its time, and what was let go of a week after', async () => {
  await value(mirror().take(aPage({ tickets: [answered], reference: aReference() })))
  await value(seat.records.file(changed, { ...aDispatch(1), rev: 2 }))
  const rows = await refused()
  seat.clock.advance(8 * day)
  await value(purge(seat.store, seat.clock.now()))
  expect(await value(seat.records.tickets(5))).toHaveLength(1)
  for (const { seq, kind } of rows)
    await value(
      givenUp().give(
        seq,
        kind === 'ticket' ? { kind, body: answered } : { kind: 'call', body: changed },
        note(),
      ),
    )
  await value(purge(seat.store, seat.clock.now()))
  expect(await value(seat.records.tickets(5))).toEqual([])
  expect(await value(seat.records.read(callId(1)))).toBeNull()
  expect(await value(givenUp().list())).toHaveLength(2)
  seat.clock.advance(8 * day)
  await value(purge(seat.store, seat.clock.now()))
  expect(await value(givenUp().list())).toEqual([])
})
