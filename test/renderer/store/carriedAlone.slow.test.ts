// What an earlier person's second journal alone has, carried by the seat of the next.
import 'fake-indexeddb/auto'
import { Dexie } from 'dexie'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { done, failed } from '../../../contract/answer.ts'
import type { HandoverRequest } from '../../../contract/handover.ts'
import type { AccountId } from '../../../contract/ids.ts'
import { storeName } from '../../../contract/journal.ts'
import type { CentreClient } from '../../../renderer/adapters/centreClient.ts'
import { openHandover } from '../../../renderer/adapters/handover.ts'
import { deskJournal } from '../../../renderer/adapters/secondJournal.ts'
import { othersHere } from '../../../renderer/adapters/storesHere.ts'
import { memoryLocks } from '../../fakes/memoryLocks.ts'
import { memorySettings } from '../../fakes/memorySettings.ts'
import { aForm, aRecord, ticketId } from '../../makers/forms.ts'
import { callId, morning } from '../../makers/stamps.ts'
import { aDispatch, aFiled } from '../../makers/traffic.ts'
import { value } from '../../suites/openedSeat.ts'
import { fillStore } from './fullStore.ts'
import type { SeatWithJournal } from './seatWithJournal.ts'
import { seatSealer, seatWithJournal } from './seatWithJournal.ts'

let seat: SeatWithJournal
let settings: ReturnType<typeof memorySettings>
/** What the centre has, by kind and id, and what it refuses. */
let has: Map<string, number>
let refuses: Set<string>
let away: boolean
let asked: string[][]
beforeEach(() => {
  seat = seatWithJournal(storeName('a-centre', '1001'))
  settings = memorySettings()
  has = new Map()
  refuses = new Set()
  away = false
  asked = []
})
afterEach(async () => {
  vi.restoreAllMocks()
  seat.close()
  for (const name of await Dexie.getDatabaseNames()) await Dexie.delete(name)
})
const takes = (_: string, { account, rows }: HandoverRequest) => {
  expect(account).toBe('1002')
  asked.push(rows.map(({ kind, id, rev }) => `${kind}:${id} ${rev}`))
  if (away) return failed('unreachable', '中心不在')
  const verdicts = rows.map(({ kind, id, rev }) => {
    if (refuses.has(id)) return { id, verdict: 'refused', text: '中心不收' }
    const known = has.get(`${kind}:${id}`) ?? 0
    has.set(`${kind}:${id}`, Math.max(known, rev))
    return { id, verdict: known < rev ? 'stored' : 'duplicate' }
  })
  return done({ centre: 'a-centre', epoch: 0, serverNow: morning, verdicts })
}
const handover = () =>
  openHandover({
    name: seat.name,
    account: '1001' as AccountId,
    centreId: 'a-centre',
    sealer: seatSealer,
    journal: seat.journal,
    journalOf: async (store) => deskJournal(seat.desk, store, seat.clock),
    others: () => othersHere('a-centre', '1001' as AccountId, settings),
    clock: seat.clock,
    random: () => 0,
    call: (async (path: string, input: HandoverRequest) => takes(path, input)) as CentreClient['call'],
    locks: memoryLocks(),
    epoch: () => 0,
  })
const theirs = () => seatWithJournal(storeName('a-centre', '1002'), seat.disk, seat.clock)
/** 1002 files while the disk is full, and goes home before it is made good. */
const filedAlone = async () => {
  const earlier = theirs()
  await earlier.rebuilt()
  await value(earlier.records.finish(aRecord(1)))
  await value(
    earlier.records.saveDraft({
      callId: callId(1),
      form: aForm(),
      openedAt: morning,
      savedAt: morning + 1,
      wrapupMs: 0,
    }),
  )
  const full = fillStore()
  await value(earlier.records.file(aFiled(1, { ticketId: ticketId(1) }), aDispatch(1)))
  full.free()
  earlier.close()
}

test('[HAND-4] [JRNL-12] [F41] it goes with what their store has, once, and its owner’s store learns of it all the same', async () => {
  await filedAlone()
  const carrier = handover()
  away = true
  await carrier.carry()
  expect(carrier.left()).toEqual([{ account: '1002', waiting: 3, files: 0, refused: 0 }])
  away = false
  await carrier.carry()
  expect(carrier.left()).toEqual([])
  expect(Object.fromEntries(has)).toEqual({ [`call:${callId(1)}`]: 2, [`ticket:${ticketId(1)}`]: 1 })
  const times = asked.length
  await carrier.carry()
  expect(asked.length).toBe(times)

  const back = theirs()
  await back.rebuilt()
  expect(await value(back.records.read(callId(1)))).toMatchObject({ rev: 2, ticketId: ticketId(1) })
  expect(await value(back.records.drafts())).toEqual([])
  back.close()
})

test('[HAND-4] [HAND-5] what the centre refuses of it waits there for its owner and is said to', async () => {
  await filedAlone()
  refuses.add(ticketId(1))
  const carrier = handover()
  await carrier.carry()
  expect(carrier.left()).toEqual([{ account: '1002', waiting: 0, files: 0, refused: 1 }])
  const back = theirs()
  await back.rebuilt()
  expect(await back.waiting()).toContain(`ticket:${ticketId(1)} 1`)
  back.close()
})

test('[HAND-4] what their store knows to be at the centre is not carried again, though the journal still holds it', async () => {
  const earlier = theirs()
  await earlier.rebuilt()
  await value(earlier.records.finish(aRecord(1)))
  earlier.close()
  await handover().carry()
  expect(asked).toEqual([[`call:${callId(1)} 1`]])
  await handover().carry()
  expect(asked.length).toBe(1)
})

test('[HAND-4] [HAND-1] [F43] a database emptied since says nobody; who worked here is noted elsewhere, and their work is carried and exported', async () => {
  await filedAlone()
  away = true
  await handover().carry()
  seat.close()
  for (const name of await Dexie.getDatabaseNames()) await Dexie.delete(name)
  seat = seatWithJournal(storeName('a-centre', '1001'), seat.disk, seat.clock)
  const carrier = handover()
  const { told } = await value(carrier.exported())
  expect(told.others).toEqual([{ account: '1002', waiting: 2, files: 0 }])
  away = false
  await carrier.carry()
  expect(carrier.left()).toEqual([])
  expect(Object.fromEntries(has)).toEqual({ [`call:${callId(1)}`]: 2, [`ticket:${ticketId(1)}`]: 1 })
  // Its owner finds all of it again: nothing but the journal knows of it.
  const back = theirs()
  expect(await back.rebuilt()).toMatchObject({ wiped: true })
  expect(await value(back.records.read(callId(1)))).toMatchObject({ rev: 2, ticketId: ticketId(1) })
  back.close()
})

test('[HAND-4] stores are told apart by centre, whoever asks is none of the others, and a broken database is no reason to know nobody', async () => {
  const own = '1001' as AccountId
  await value(settings['settings.write']({ stores: [storeName('b-centre', '1005')] }))
  await filedAlone()
  expect(await othersHere('a-centre', own, settings)).toEqual([
    { owner: '1002', name: storeName('a-centre', '1002') },
  ])
  vi.spyOn(Dexie, 'getDatabaseNames').mockImplementation(() => Dexie.Promise.reject(new Error('broken')))
  expect((await othersHere('a-centre', own, settings)).map(({ owner }) => owner)).toEqual(['1002'])
  expect((await othersHere('b-centre', own, settings)).map(({ owner }) => owner)).toEqual(['1005'])
  vi.restoreAllMocks()
})
