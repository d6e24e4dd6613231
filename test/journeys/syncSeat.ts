// A seat as the page composes it, without its screens: store, session, uplink and sync loop against a real centre.
import { v7 } from 'uuid'
import { AccountId, CallId, Extension } from '../../contract/ids.ts'
import type { CallRecord } from '../../contract/softphone.ts'
import type { Mirror } from '../../core/centrePorts.ts'
import type { Clock, GivenUp, Outbox, Records } from '../../core/ports.ts'
import type { CentreClient } from '../../renderer/adapters/centreClient.ts'
import { connectCentre } from '../../renderer/adapters/centreClient.ts'
import { openLine } from '../../renderer/adapters/centreLine.ts'
import { storeName } from '../../contract/journal.ts'
import { openStore } from '../../renderer/adapters/database.ts'
import { centreClock } from '../../renderer/adapters/centreClock.ts'
import { openGivenUp } from '../../renderer/adapters/givenUp.ts'
import { hurryWhenBack } from '../../renderer/adapters/hurry.ts'
import { openMirror } from '../../renderer/adapters/mirror.ts'
import { offlineDaysOf } from '../../renderer/adapters/offlineDays.ts'
import { openOutbox } from '../../renderer/adapters/outbox.ts'
import { openRecords } from '../../renderer/adapters/records.ts'
import { sealAll } from '../makers/storeInClear.ts'
import { openSealedSessions } from '../../renderer/adapters/sealedSession.ts'
import type { SessionKeeper } from '../../renderer/adapters/session.ts'
import { keepSession } from '../../renderer/adapters/session.ts'
import type { SyncLoop } from '../../renderer/adapters/syncLoop.ts'
import { startSync } from '../../renderer/adapters/syncLoop.ts'
import { systemClock } from '../../renderer/adapters/systemClock.ts'
import { openUplink } from '../../renderer/adapters/uplink.ts'
import { aForm, aRecord } from '../makers/forms.ts'
import { value } from '../suites/openedSeat.ts'

export type Seat = {
  readonly records: Records
  readonly outbox: Outbox
  readonly givenUp: GivenUp
  readonly mirror: Mirror
  readonly session: SessionKeeper
  readonly client: CentreClient
  readonly sync: SyncLoop
  /** Ends as a sign-out does, but keeps the session at the centre. */
  close(): Promise<void>
}

const nowhere = { keep: () => undefined, recall: async () => null, forget: () => undefined }

/**
 * Signs in and starts the sync loop. `locks`: windows that share them know of each other. `clock`: the computer's. `computer`: what
 * another one keeps is apart from it.
 */
export const openSeat = async (
  url: string,
  account: string,
  password: string,
  locks: LockManager = navigator.locks,
  clock: Clock = systemClock,
  computer = '',
): Promise<Seat> => {
  const line = openLine(url, clock)
  const sealed = openSealedSessions(clock, offlineDaysOf(clock))
  const session = keepSession(line, clock, sealed, nowhere)
  const signedIn = await value(session.signIn({ account, password }))
  const { sealer } = signedIn
  const name = storeName(signedIn.session.centre.id, account) + computer
  const store = openStore(name, clock)
  await value(sealAll(store, sealer))
  const outbox = openOutbox(store, sealer, clock.now)
  const mirror = openMirror(store, sealer)
  const uplink = openUplink(line, session, clock)
  // The shortest waits of the rules: chance is a value here.
  const random = () => 0
  const sync = startSync({ name, outbox, mirror, uplink, clock: centreClock(clock), random, locks })
  const calm = hurryWhenBack(sync, session, new EventTarget())
  return {
    records: openRecords(store, sealer, clock),
    outbox,
    givenUp: openGivenUp(store, sealer, clock.now),
    mirror,
    session,
    client: connectCentre(line, session),
    sync,
    async close() {
      calm()
      await sync.stop()
      store.close()
    },
  }
}

/** A call of this agent that just ended, with an id of its own. */
export const aCallBy = (agent: string, over: Partial<CallRecord> = {}): CallRecord => {
  const now = Date.now()
  return aRecord(1, {
    id: CallId.parse(v7()),
    agent: AccountId.parse(agent),
    seat: Extension.parse(agent),
    offeredAt: now - 300_000,
    answeredAt: now - 295_000,
    endedAt: now - 10_000,
    ...over,
  })
}

/** The same call with its form filed. */
export const filed = (record: CallRecord): CallRecord => ({
  ...record,
  rev: record.rev + 1,
  form: aForm({ category: 'TS', topic: 'CYJC', disposition: 'DF' }),
  filedAt: Date.now(),
  wrapupMs: 30_000,
})
