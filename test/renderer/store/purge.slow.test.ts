// What leaves the seat by itself, and what never does.
import 'fake-indexeddb/auto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { PushKind } from '../../../contract/sync.ts'
import type { Mirror } from '../../../core/centrePorts.ts'
import type { Outbox, Records } from '../../../core/ports.ts'
import { openSealer } from '../../../core/seal/sealer.ts'
import { centreClock } from '../../../renderer/adapters/centreClock.ts'
import type { SeatStore } from '../../../renderer/adapters/database.ts'
import { openStore } from '../../../renderer/adapters/database.ts'
import { openMirror } from '../../../renderer/adapters/mirror.ts'
import { openOutbox } from '../../../renderer/adapters/outbox.ts'
import { keepPurging, purge, wipe } from '../../../renderer/adapters/purge.ts'
import { openRecords } from '../../../renderer/adapters/records.ts'
import type { ManualClock } from '../../fakes/manualClock.ts'
import { manualClock } from '../../fakes/manualClock.ts'
import { aForm, aRecord, ticketId } from '../../makers/forms.ts'
import { aReference } from '../../makers/reference.ts'
import { aReport, aTold } from '../../makers/reports.ts'
import { callId, morning } from '../../makers/stamps.ts'
import { aDispatch, aFiled, aPage, aStoreKey, aSummary, aTicket } from '../../makers/traffic.ts'
import { until } from '../../server/until.ts'
import { value } from '../../suites/openedSeat.ts'

const day = 86_400_000
const sealer = await openSealer([aStoreKey(1)], globalThis)
const query = { text: '', category: null, from: null, to: null, before: null, limit: 50 }

let made = 0
let clock: ManualClock
let store: SeatStore
let records: Records
let outbox: Outbox
let mirror: Mirror
beforeEach(() => {
  made += 1
  clock = manualClock(morning)
  store = openStore(`hotline-purge-${made}`, clock)
  records = openRecords(store, sealer, clock)
  outbox = openOutbox(store, sealer, clock.now)
  mirror = openMirror(store, sealer)
})
afterEach(() => store.close())

/** The centre has all that waits of this kind, as it says at `at`. */
const acknowledged = async (kind: PushKind, at: number, epoch = 0): Promise<void> => {
  const rows = (await value(outbox.due(at, 100, 1e9, 0))).filter((row) => row.kind === kind)
  const said = { at, epoch }
  await value(outbox.settle(rows.map((row) => ({ ...row, fate: 'remove', number: null, said }))))
}
const left = async () =>
  (await value(records.page(query))).map(({ id }) => Number(id.slice(-4))).toSorted((a, b) => a - b)
const aDraft = (n: number) => ({
  callId: callId(n),
  form: aForm(),
  openedAt: morning,
  savedAt: morning,
  wrapupMs: 0,
})
const filed = (...ns: readonly number[]) =>
  Promise.all(ns.map(async (n) => value(records.file(aFiled(n), null))))

describe('a week later', () => {
  test('[STORE-18] [D05] calls the centre has are gone, own and other seats’; younger ones are there', async () => {
    await filed(1, 2)
    await value(mirror.take(aPage({ calls: [aSummary(3), aSummary(4, { offeredAt: morning + day })] })))
    await acknowledged('call', morning + 400_000)
    await value(purge(store, morning + 7 * day))
    expect(await left()).toEqual([1, 2, 3, 4])
    await value(purge(store, morning + 7 * day + 500_000))
    expect(await left()).toEqual([4])
    expect(await value(records.read(callId(1)))).toBeNull()
  })

  test('[WRAP-23] [STORE-18] a call that was agreed stays as long after its time as others after theirs', async () => {
    const form = aForm({ callBackAt: morning + 5 * day, disposition: 'callback' })
    await value(records.file(aFiled(1, { form }), null))
    await filed(2)
    await acknowledged('call', morning + 400_000)
    await value(purge(store, morning + 7 * day + 500_000))
    expect(await left()).toEqual([1])
    await value(purge(store, morning + 12 * day + 1))
    expect(await left()).toEqual([])
  })

  test('[TICKET-18] [STORE-18] a call stays as long as its work order, which may come back', async () => {
    const ticket = aDispatch(1)
    await value(records.file({ ...aFiled(1), ticketId: ticket.id }, ticket))
    await filed(2)
    await acknowledged('call', morning + 400_000)
    await acknowledged('ticket', morning + 400_000)
    const told = { ...aTicket(1), id: ticket.id, dispatch: ticket }
    await value(mirror.take(aPage({ tickets: [{ ...told, state: 'returned', changedAt: morning + 1 }] })))
    await value(purge(store, morning + 60 * day))
    expect(await left()).toEqual([1])
    await value(mirror.take(aPage({ tickets: [{ ...told, state: 'replied', changedAt: morning + 2 }] })))
    await value(purge(store, morning + 60 * day))
    expect(await left()).toEqual([])
  })

  test('[STORE-18] [SYNC-2] what is unsent or refused stays, however old', async () => {
    await filed(1, 2, 3)
    const [first, second, third] = await value(outbox.due(morning, 100, 1e9, 0))
    if (!first || !second || !third) throw new Error('three wait')
    const said = { at: morning, epoch: 0 }
    await value(
      outbox.settle([
        { ...first, fate: 'remove', number: null, said },
        { ...second, fate: 'park', text: '不收', field: null, at: morning },
      ]),
    )
    await value(purge(store, morning + 400 * day))
    expect(await left()).toEqual(
      [second, third].map(({ id }) => Number(id.slice(-4))).toSorted((a, b) => a - b),
    )
    expect(await value(outbox.counts())).toMatchObject({ waiting: 1, parked: 1 })
  })

  test('[STORE-18] what is unfinished stays: a form in work, a call still to be written up', async () => {
    await filed(1, 2)
    await value(records.finish(aRecord(3)))
    await value(records.saveDraft({ ...aDraft(2), openedAt: morning + day }))
    await acknowledged('call', morning)
    await value(purge(store, morning + 30 * day))
    expect(await left()).toEqual([2, 3])
    expect(await value(records.drafts())).toHaveLength(1)
  })

  test('[STORE-18] [SYNC-21] what was acknowledged late stays as long as it may have to be sent again', async () => {
    await filed(1)
    await acknowledged('call', morning + 6 * day)
    await value(purge(store, morning + 8 * day))
    expect(await left()).toEqual([1])
    await value(outbox.sendAgain(1))
    expect(await value(outbox.counts())).toMatchObject({ waiting: 1 })
    await acknowledged('call', morning + 8 * day, 1)
    await value(purge(store, morning + 16 * day))
    expect(await left()).toEqual([])
    expect(await value(store.read(({ sent }) => sent.count()))).toBe(0)
  })

  test('[STORE-18] a work order goes when it was answered and the centre has it, not before', async () => {
    for (const n of [1, 2, 3])
      await value(records.file(aFiled(n, { ticketId: ticketId(n) }), aDispatch(n, { callId: callId(n) })))
    await acknowledged('call', morning)
    await acknowledged('ticket', morning)
    await value(
      mirror.take(aPage({ tickets: [aTicket(1, { state: 'replied' }), aTicket(2, { state: 'returned' })] })),
    )
    await value(purge(store, morning + 8 * day))
    const open = (await value(records.tickets(9))).map(({ dispatch }) => dispatch.id)
    expect(open.toSorted()).toEqual([ticketId(2), ticketId(3)])
  })

  test('[STORE-18] a warning goes when its event is closed and the centre has it, not before', async () => {
    for (const n of [1, 2, 3]) await value(records.warn(aReport(n)))
    await value(
      mirror.take(
        aPage({
          warnings: [
            aTold(1, { state: 'closed' }),
            aTold(2, { state: 'signed' }),
            aTold(3, { state: 'closed' }),
          ],
        }),
      ),
    )
    const rows = (await value(outbox.due(morning, 10, 1e9, 0))).filter(({ id }) => id !== aReport(3).id)
    const said = { at: morning, epoch: 0 }
    await value(outbox.settle(rows.map((row) => ({ ...row, fate: 'remove', number: null, said }))))
    await value(purge(store, morning + 8 * day))
    expect((await value(records.warnings(10))).map(({ report }) => report.id).toSorted()).toEqual([
      aReport(2).id,
      aReport(3).id,
    ])
  })

  test('[STORE-18] the days are the centre’s to say', async () => {
    await filed(1)
    await acknowledged('call', morning)
    const { policy } = aReference()
    const reference = aReference({ version: 2, policy: { ...policy, keptDays: 30 } })
    await value(mirror.take(aPage({ reference })))
    await value(purge(store, morning + 29 * day))
    expect(await left()).toEqual([1])
    await value(purge(store, morning + 31 * day))
    expect(await left()).toEqual([])
  })
})

test('[STORE-23] [D05] of a closed account all that the centre has goes, whatever its age; what is unsent, refused, half written or unfinished stays', async () => {
  for (const n of [1, 2])
    await value(records.file(aFiled(n, { ticketId: ticketId(n) }), aDispatch(n, { callId: callId(n) })))
  await filed(3)
  await acknowledged('call', morning)
  const orders = await value(outbox.due(morning, 9, 1e9, 0))
  const [first] = orders.filter(({ kind, id }) => kind === 'ticket' && id === ticketId(1))
  if (!first) throw new Error('a work order waits')
  await value(outbox.settle([{ ...first, fate: 'remove', number: null, said: { at: morning, epoch: 0 } }]))
  await value(mirror.take(aPage({ cursor: 7, tickets: [aTicket(1)], calls: [aSummary(9)] })))
  await filed(4, 5)
  const refused = (await value(outbox.due(morning, 9, 1e9, 0))).find(({ id }) => id === callId(5))
  if (!refused) throw new Error('a call waits')
  await value(outbox.settle([{ ...refused, fate: 'park', text: '不收', field: null, at: morning }]))
  await value(records.finish(aRecord(6)))
  await value(records.saveDraft({ ...aDraft(3), openedAt: morning + day }))
  const waiting = await value(store.read(({ outbox: rows }) => rows.toArray()))
  await wipe(store.name, clock)
  // 2 goes with its work order, which is unsent; of 1 the centre has both.
  expect(await left()).toEqual([2, 3, 4, 5, 6])
  expect((await value(records.tickets(9))).map(({ dispatch }) => dispatch.id)).toEqual([ticketId(2)])
  expect(await value(store.read(({ outbox: rows }) => rows.toArray()))).toEqual(waiting)
  expect(await value(records.drafts())).toHaveLength(1)
  expect(await value(store.read(({ sent }) => sent.count()))).toBe(0)
  expect(await value(mirror.cursor())).toMatchObject({ cursor: 0 })
  // Where the account never worked nothing is made.
  await wipe('hotline-elsewhere', clock)
  expect((await indexedDB.databases()).map(({ name }) => name)).not.toContain('hotline-elsewhere')
})

const nobodyElse = async () => []

/** A browser of so much room, of which so much is used. */
const room = (used: number) => ({
  estimate: async () => ({ usage: used, quota: 100 }),
  persist: async () => true,
})

test('[STORE-18] it happens by itself: soon after the start and every hour, until the store is closed', async () => {
  const oldOne = async (n: number): Promise<void> => {
    await value(records.file(aFiled(n, { offeredAt: clock.now() - 9 * day }), null))
    await acknowledged('call', clock.now() - 8 * day)
  }
  const goes = (n: number) => until(async () => !(await left()).includes(n), `call ${n} is gone`)
  await oldOne(1)
  const timed = centreClock(clock)
  timed.heard(clock.now(), 10)
  const stop = keepPurging(store, nobodyElse, timed, room(10), () => undefined)
  clock.advance(30_000)
  await goes(1)
  await oldOne(2)
  clock.advance(3_600_000)
  await goes(2)
  stop()
  await oldOne(3)
  clock.advance(2 * day)
  expect(await left()).toEqual([3])
})

test.each([
  ['', 10],
  [', short of room or not', 80],
])(
  '[STORE-18] [STORE-19] [F58] a clock years ahead throws nothing away that is not old by the centre’s time%s',
  async (_, used) => {
    await filed(1)
    await acknowledged('call', morning + 400_000)
    await value(records.file(aFiled(2, { offeredAt: morning - 9 * day }), null))
    await acknowledged('call', morning + 400_000)
    await value(store.write(({ sent }) => sent.where('[at+first]').above([0, 0]).modify({ calls: [] })))
    clock.jump(3 * 365 * day)
    const timed = centreClock(clock)
    let told = 0
    const stop = keepPurging(store, nobodyElse, timed, room(used), () => (told += 1))
    clock.advance(30_000)
    if (used === 80) await until(() => told === 1, 'the agent is told')
    // Reading goes behind whatever was asked of the store before.
    await value(store.read(({ calls }) => calls.count()))
    expect(await left()).toEqual([1, 2])
    timed.heard(morning + day / 2, 10)
    clock.advance(3_600_000)
    await until(async () => !(await left()).includes(2), 'what is old by the centre’s time is gone')
    expect(await left()).toEqual([1])
    stop()
  },
)

test('[STORE-19] [F47] when room is short what the centre has goes after a day, and it is said if that is not enough', async () => {
  await value(records.file(aFiled(1, { offeredAt: morning - 2 * day }), null))
  await value(records.file(aFiled(2, { offeredAt: morning - 2 * day }), null))
  const [first] = await value(outbox.due(morning, 1, 1e9, 0))
  if (!first) throw new Error('two wait')
  const said = { at: morning - 2 * day, epoch: 0 }
  await value(outbox.settle([{ ...first, fate: 'remove', number: null, said }]))
  await value(purge(store, morning))
  expect(await left()).toEqual([1, 2])
  let told = 0
  let asked = false
  const persist = async () => (asked = true)
  const timed = centreClock(clock)
  timed.heard(morning, 10)
  const stop = keepPurging(store, nobodyElse, timed, { ...room(80), persist }, () => (told += 1))
  expect(asked).toBe(true)
  clock.advance(30_000)
  await until(() => told === 1, 'the agent is told')
  stop()
  // The other one is unsent.
  expect(await left()).toEqual([2])
})
