// What the second journal alone has: it is read as if the store had it, and what it would not keep is not called saved.
import { afterEach, describe, expect, test, vi } from 'vitest'
import { keepMending, rebuild } from '../../../renderer/adapters/rebuild.ts'
import { aForm, aRecord, ticketId } from '../../makers/forms.ts'
import { aReport } from '../../makers/reports.ts'
import { callId, morning } from '../../makers/stamps.ts'
import { aDispatch, aFiled } from '../../makers/traffic.ts'
import { until } from '../../server/until.ts'
import { code, value } from '../../suites/openedSeat.ts'
import { fillStore } from './fullStore.ts'
import type { SeatWithJournal } from './seatWithJournal.ts'
import { seatWithJournal } from './seatWithJournal.ts'

let made = 0
let seat: SeatWithJournal
const open = () => {
  made += 1
  seat = seatWithJournal(`hotline-alone-${made}`)
  return seat
}
afterEach(() => {
  vi.restoreAllMocks()
  seat.close()
})
const aDraft = (cause: string, savedAt = morning + 1) => ({
  callId: callId(1),
  form: aForm({ cause }),
  openedAt: morning,
  savedAt,
  wrapupMs: 0,
})
const inWords = (course: string, rev: number) => aFiled(1, { rev, form: aForm({ course }) })
const withOrder = (course: string, rev: number) => ({ ...inWords(course, rev), ticketId: ticketId(1) })

/** A call that ended and whose form is begun, on a seat whose store is full from now on. */
const begun = async () => {
  const here = open()
  await here.rebuilt()
  await value(here.records.finish(aRecord(1)))
  await value(here.records.saveDraft(aDraft('第一句')))
  return { ...here, full: fillStore() }
}
/** Space again: what the store lacks is made good. */
const mended = async ({ places, clock, store }: SeatWithJournal) => {
  const stop = keepMending(places, () => undefined)
  await until(() => {
    clock.advance(1_000)
    return !store.places.lack().store
  }, 'it is made good')
  stop()
}

describe('filed in the second journal alone', () => {
  test('[JRNL-17] [STORE-4] [F41] it is no draft any more, and filed again it is the next revision: no word and no work order is lost', async () => {
    const here = await begun()
    const { records, full, waiting, journalled } = here
    await value(records.file(inWords('先写的', 2), null))
    expect(await value(records.drafts())).toEqual([])
    expect(await value(records.read(callId(1)))).toMatchObject({ rev: 2, form: { course: '先写的' } })

    await value(records.file(withOrder('再写的，要派单', 3), aDispatch(1)))
    expect(await value(records.read(callId(1)))).toMatchObject({ rev: 3, ticketId: ticketId(1) })
    expect((await value(records.tickets(5))).map(({ dispatch }) => dispatch.id)).toEqual([ticketId(1)])
    full.free()
    await mended(here)
    expect(await waiting()).toEqual([`call:${callId(1)} 3`, `ticket:${ticketId(1)} 1`])
    expect(await value(records.read(callId(1)))).toMatchObject({ form: { course: '再写的，要派单' } })
    expect(await value(records.drafts())).toEqual([])
    expect(await journalled()).toContain(`ticket:${ticketId(1)}`)
  })

  test('[JRNL-17] [STORE-4] other words under the revision it has are not called saved, and their work order stands nowhere', async () => {
    const { records, journalled } = await begun()
    await value(records.file(inWords('先写的', 2), null))
    expect(await code(records.file(withOrder('再写的', 2), aDispatch(1)))).toBe('conflict')
    expect(await value(records.read(callId(1)))).toMatchObject({ form: { course: '先写的' } })
    expect(await value(records.tickets(5))).toEqual([])
    await until(async () => (await journalled()).every((key) => !key.startsWith('ticket:')), 'it has left')
  })

  test('[JRNL-17] [STORE-4] [F67] the same words twice are a second click', async () => {
    const { records } = await begun()
    await value(records.file(inWords('先写的', 2), null))
    expect(await code(records.file(inWords('先写的', 2), null))).toBe('ok')
  })

  test('[JRNL-17] [STORE-4] what was called not saved and reached the journal late does not swallow what is filed next', async () => {
    const { records, desk } = await begun()
    const append = desk['journal.append']
    const slow = vi.spyOn(desk, 'journal.append').mockImplementation(async (input) => {
      await append(input)
      throw new Error('no answer in time')
    })
    expect(await code(records.file(inWords('先写的', 2), null))).toBe('failed')
    slow.mockRestore()
    expect(await code(records.file(inWords('再写的', 2), null))).toBe('conflict')
    const rev = ((await value(records.read(callId(1))))?.rev ?? 0) + 1
    expect(rev).toBe(3)
    await value(records.file(inWords('再写的', rev), null))
    expect(await value(records.read(callId(1)))).toMatchObject({ form: { course: '再写的' } })
  })

  test('[JRNL-17] it is read so at a start that cannot write the store either', async () => {
    const { records, name, disk, clock } = await begun()
    await value(records.file(inWords('先写的', 2), null))
    const again = seatWithJournal(name, disk, clock)
    expect((await rebuild(again.places, true)).ok).toBe(false)
    expect(again.store.places.lack().store).toBe(true)
    expect(await value(again.records.read(callId(1)))).toMatchObject({ rev: 2, form: { course: '先写的' } })
    expect(await value(again.records.drafts())).toEqual([])
    again.close()
  })
})

test('[SYNC-14] [JRNL-17] it waits for the centre, is counted and said to wait, before the store has it and after', async () => {
  const here = await begun()
  const { records, outbox, full } = here
  const before = (await value(outbox.counts())).waiting
  await value(records.file(withOrder('要派单', 2), aDispatch(1)))
  await value(records.warn(aReport(1)))
  const ids = [ticketId(1), aReport(1).id]
  const waits = new Map(ids.map((id) => [id, 'waiting']))
  expect(await value(outbox.counts())).toMatchObject({ waiting: before + 2 + 1, unsure: true })
  expect(await value(outbox.unsent(ids))).toEqual(waits)
  full.free()
  await mended(here)
  const after = await value(outbox.counts())
  expect(after.waiting).toBe(before + 2)
  expect(after.unsure).toBeUndefined()
  expect(await value(outbox.unsent(ids))).toEqual(waits)
})

test('[SYNC-14] whoever counts hears that the store lacks something, and that it does no more', async () => {
  const here = await begun()
  let heard = 0
  here.outbox.listen(() => void (heard += 1))
  await value(here.records.saveDraft(aDraft('第二句', morning + 2)))
  expect(heard).toBe(1)
  expect(await value(here.outbox.counts())).toMatchObject({ unsure: true })
  here.full.free()
  await mended(here)
  expect((await value(here.outbox.counts())).unsure).toBeUndefined()
  expect(heard).toBeGreaterThan(1)
})

test('[JRNL-17] a draft typed on and a warning raised there are read in their newest words', async () => {
  const { records } = await begun()
  await value(records.saveDraft(aDraft('第一句，第二句', morning + 2)))
  expect((await value(records.drafts())).map(({ form }) => form.cause)).toEqual(['第一句，第二句'])
  await value(records.warn(aReport(1)))
  expect((await value(records.warnings(5))).map(({ report }) => report)).toEqual([aReport(1)])
  expect(await code(records.warn(aReport(1, { employer: '另一家厂' })))).toBe('conflict')
  await value(records.warn(aReport(1, { rev: 2, employer: '另一家厂' })))
  expect((await value(records.warnings(5)))[0]?.report).toMatchObject({ rev: 2, employer: '另一家厂' })
})
