// One agent at two computers in one day: what they filed at one of them is not undone from the other. Real seats and forms, real centre.
import 'fake-indexeddb/auto'
import { v7 } from 'uuid'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { CallId } from '../../contract/ids.ts'
import type { WrapupForm } from '../../contract/wrapup.ts'
import { openBook } from '../../renderer/wrapup/draftBook.ts'
import { fileNow } from '../../renderer/wrapup/fileNow.ts'
import { createStore } from '../../renderer/store.ts'
import { systemClock } from '../../renderer/adapters/systemClock.ts'
import { wrapup } from '../../renderer/text/wrapup.ts'
import { aForm } from '../makers/forms.ts'
import { testPassword } from '../server/aCentre.ts'
import { until } from '../server/until.ts'
import { value } from '../suites/openedSeat.ts'
import type { SeatsAtCentre } from './seatsAtCentre.ts'
import { openSeatsAtCentre, pass } from './seatsAtCentre.ts'
import { aCallBy, openSeat } from './syncSeat.ts'

let at: SeatsAtCentre
beforeEach(async () => {
  at = await openSeatsAtCentre()
})
afterEach(() => at.close())

const dispatched = aForm({
  category: 'TS',
  topic: 'CYJC',
  union: [],
  disposition: 'PD',
  dispatch: {
    department: 'ZGFW',
    departmentName: '职工服务部',
    assisting: [],
    limit: 'D5',
    dueAt: 0,
    dueIsFirm: true,
    note: '',
  },
})

/** The desk of agent 1001 at one of their computers. */
const deskAt = async (computer: string) => {
  const seat = await openSeat(at.relay.url, '1001', testPassword, at.locks, systemClock, computer)
  at.open.push(seat)
  await until(async () => (await value(seat.records.reference())) !== null, 'it has the reference data')
  const reference = await value(seat.records.reference())
  const { account } = seat.session.read()?.session ?? {}
  if (!reference || !account) throw new Error('it is not signed in')
  const stamp = () => ({ at: systemClock.now(), tick: systemClock.tick() })
  const world = {
    ...seat,
    account,
    store: createStore(stamp(), () => undefined),
    clock: systemClock,
    centre: seat.client,
    stamp,
    soon: (run: () => void) => run(),
    reference,
    newCallId: () => CallId.parse(v7()),
  }
  const book = openBook(world)
  const form = (id: CallId) => book.session(id)?.read()
  return {
    ...seat,
    book,
    form,
    /** Opens the form, writes and presses. */
    async corrects(id: CallId, change: Partial<WrapupForm>) {
      expect(await book.open(id)).toBe(true)
      const session = book.session(id)
      session?.change(change)
      return session !== null && fileNow(world, book, session, wrapup.zh)
    },
    synced: () => until(() => seat.sync.status().badge === 'synced', 'it is in sync', 20_000),
  }
}
type Desk = Awaited<ReturnType<typeof deskAt>>

const orderOf = async (desk: Desk, id: CallId) =>
  (await value(desk.records.tickets(50))).find(({ dispatch }) => dispatch.callId === id)
/** The centre has told of this revision of a call's work order there. */
const knows = (desk: Desk, id: CallId, rev: number) => {
  desk.sync.pullNow()
  return until(
    async () => (await orderOf(desk, id))?.centre?.dispatch.rev === rev,
    'it has heard of it',
    20_000,
  )
}
const atCentre = async (desk: Desk, id: CallId) => {
  const told = await value(desk.client.call('calls.read', { id }))
  const order = await orderOf(desk, id)
  return { call: told, order: order?.centre?.dispatch }
}
/** Dispatched at the first, known at the second. */
const bothDesks = async () => {
  const first = await deskAt('')
  const second = await deskAt('-second')
  const call = aCallBy('1001')
  await value(first.records.finish(call))
  expect(await first.corrects(call.id, dispatched)).toBe(true)
  await first.synced()
  await knows(second, call.id, 1)
  return { first, second, id: call.id }
}

test('[WRAP-28] corrected at the second computer, then at the first: nothing of the second is undone', async () => {
  const { first, second, id } = await bothDesks()
  expect(await second.corrects(id, { cause: '第二台改的起因', nextStep: '第二台写的下一步' })).toBe(true)
  await second.synced()
  await knows(first, id, 2)
  expect(await first.book.open(id)).toBe(true)
  expect(first.form(id)).toMatchObject({ elsewhere: null, form: { cause: '第二台改的起因' } })
  expect(await first.corrects(id, { course: '第一台补的经过' })).toBe(true)
  await first.synced()
  await knows(first, id, 3)
  const words = { cause: '第二台改的起因', course: '第一台补的经过' }
  expect(await atCentre(first, id)).toMatchObject({
    call: { rev: 4, form: { ...words, nextStep: '第二台写的下一步' } },
    order: { rev: 3, ...words },
  })
})

test('[WRAP-28] a form already open when the other computer files says so before it goes, and keeps what was typed', async () => {
  const { first, second, id } = await bothDesks()
  expect(await first.book.open(id)).toBe(true)
  first.book.session(id)?.change({ course: '第一台的经过', address: '第一台的地址' })
  await first.book.flushAll()
  expect(await second.corrects(id, { cause: '第二台的起因', course: '第二台的经过' })).toBe(true)
  await second.synced()
  await knows(first, id, 2)
  expect(await first.corrects(id, {})).toBe(false)
  const brought = { cause: '第二台的起因', course: '第一台的经过', address: '第一台的地址' }
  const told = { form: brought, elsewhere: ['course'], filed: { course: '第二台的经过' } }
  expect(first.form(id)).toMatchObject({ ...told, problem: wrapup.zh.filedElsewhere })
  // Read from its draft, as after a reload, it says the same.
  await first.book.flushAll()
  first.book.close(id)
  expect(await first.book.open(id)).toBe(true)
  expect(first.form(id)).toMatchObject(told)
  expect(await first.corrects(id, {})).toBe(true)
  await first.synced()
  await knows(first, id, 3)
  expect(await atCentre(first, id)).toMatchObject({ call: { rev: 4, form: brought }, order: { rev: 3 } })
})

test('[WRAP-28] with the centre away the words of the work order stand for the form, told before it is filed', async () => {
  const { first, second, id } = await bothDesks()
  expect(await first.book.open(id)).toBe(true)
  first.book.session(id)?.change({ address: '第一台的地址' })
  expect(await second.corrects(id, { cause: '第二台的起因' })).toBe(true)
  await second.synced()
  await knows(first, id, 2)
  at.spoil = () => ({ how: 'loseRequest' })
  expect(await first.corrects(id, {})).toBe(false)
  expect(first.form(id)).toMatchObject({
    elsewhere: [],
    form: { cause: '第二台的起因', address: '第一台的地址' },
  })
  expect(await first.corrects(id, {})).toBe(true)
  at.spoil = pass
  await until(() => first.sync.status().waiting === 0, 'it has gone', 20_000)
  await knows(first, id, 3)
  const words = { cause: '第二台的起因', address: '第一台的地址' }
  expect(await atCentre(first, id)).toMatchObject({ order: words })
  // [SERVER-40] Both wrote the form's next revision: what the order does not bear is for its agent to compare.
  await until(() => first.sync.status().refused === 1, 'the call is refused, not lost', 20_000)
})
