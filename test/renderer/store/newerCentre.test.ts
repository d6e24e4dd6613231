// A centre newer than this program: what it tells in words nobody here knows yet keeps nothing else away, and is not lost.
import 'fake-indexeddb/auto'
import { afterEach, expect, test } from 'vitest'
import { done } from '../../../contract/answer.ts'
import { PROTOCOL } from '../../../contract/version.ts'
import { openSealer } from '../../../core/seal/sealer.ts'
import { openLine } from '../../../renderer/adapters/centreLine.ts'
import { openStore } from '../../../renderer/adapters/database.ts'
import { openMirror } from '../../../renderer/adapters/mirror.ts'
import { openRecords } from '../../../renderer/adapters/records.ts'
import { keepSession } from '../../../renderer/adapters/session.ts'
import { openUplink } from '../../../renderer/adapters/uplink.ts'
import type { HttpCentre } from '../../fakes/httpCentre.ts'
import { ours, startHttpCentre } from '../../fakes/httpCentre.ts'
import { manualClock } from '../../fakes/manualClock.ts'
import { nothingSealed } from '../../fakes/nothingSealed.ts'
import { aReference } from '../../makers/reference.ts'
import { aTold } from '../../makers/reports.ts'
import { callId, morning } from '../../makers/stamps.ts'
import { aDispatch, aPage, aSession, aStoreKey, aSummary, aTicket } from '../../makers/traffic.ts'
import { value } from '../../suites/openedSeat.ts'
import { ticketId } from '../../makers/forms.ts'

const clock = manualClock(morning)
const sealer = await openSealer([aStoreKey(1)], globalThis)
let centre: HttpCentre | null = null
afterEach(() => centre?.close())

const pulling = async (page: object) => {
  centre = await startHttpCentre(({ path }) => ours(done(path === '/api/session/open' ? aSession() : page)))
  const line = openLine(centre.url, clock)
  const session = keepSession(line, clock, nothingSealed, {
    keep: () => undefined,
    recall: async () => null,
    forget: () => undefined,
  })
  await value(session.signIn({ account: '1001', password: 'made-up' }))
  return value(openUplink(line, session, clock).pull({ cursor: 0, reference: -1, limit: 10 }))
}

/** Each list with one row this program can read, and one or two of the future. */
const future = () => ({
  ...aPage({ cursor: 9, epoch: 2, reference: aReference({ version: 3 }) }),
  calls: [{ ...aSummary(1), outcome: 'conference' }, { ...aSummary(2), mood: 'calm' }, aSummary(3)],
  tickets: [
    { ...aTicket(1), state: 'archived' },
    { ...aTicket(2), dispatch: { ...aDispatch(2), district: 'east' } },
    aTicket(3),
  ],
  warnings: [{ ...aTold(1), level: 'violet' }, aTold(2)],
  weather: 'fine',
})

test('[SYNC-31] [F64] rows with values nobody here knows are left out and counted, all others and the reference data come through', async () => {
  const page = await pulling(future())
  expect(page.calls.map(({ id }) => id)).toEqual([callId(2), callId(3)])
  expect(page.tickets.map(({ id }) => id)).toEqual([ticketId(3)])
  expect(page.warnings).toEqual([aTold(2)])
  expect(page).toMatchObject({ cursor: 9, epoch: 2, unread: 4, reference: { version: 3 } })
  expect((await pulling(aPage({ calls: [aSummary(1)] }))).unread).toBeUndefined()
})

test('[SYNC-31] [F64] a program that speaks a later protocol is told all anew, and only once', async () => {
  const store = openStore('hotline-newer-centre', clock)
  const mirror = openMirror(store, sealer)
  await value(mirror.take(await pulling(future())))
  await value(mirror.take(aPage({ cursor: 12, epoch: 2 })))
  // The same program goes on where it was.
  expect(await value(mirror.cursor())).toEqual({ cursor: 12, reference: 3, epoch: 2 })
  expect(await value(openRecords(store, sealer, clock).reference())).toMatchObject({ version: 3 })
  await value(
    store.write(({ kept }) =>
      kept
        .where('name')
        .equals('cursor')
        .modify((row: { value: unknown }) => {
          expect(row.value).toMatchObject({ unreadBy: PROTOCOL })
          row.value = { ...(row.value as object), unreadBy: PROTOCOL - 1 }
        }),
    ),
  )
  expect(await value(mirror.cursor())).toEqual({ cursor: 0, reference: -1, epoch: 2 })
  await value(mirror.take(aPage({ cursor: 7, epoch: 2 })))
  expect(await value(mirror.cursor())).toMatchObject({ cursor: 7, epoch: 2 })
  store.close()
})
