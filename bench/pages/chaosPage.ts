// Runs in the browser: a seat as the product composes it, which saves calls and forms without end and says what was saved.
import { v7 } from 'uuid'
import { AccountId, CallId, Extension } from '../../contract/ids.ts'
import type { CallRecord } from '../../contract/softphone.ts'
import { centreClock } from '../../renderer/adapters/centreClock.ts'
import { openLine } from '../../renderer/adapters/centreLine.ts'
import { openStore, storeName } from '../../renderer/adapters/database.ts'
import { openMirror } from '../../renderer/adapters/mirror.ts'
import { openOutbox } from '../../renderer/adapters/outbox.ts'
import { openRecords } from '../../renderer/adapters/records.ts'
import { openSealedSessions } from '../../renderer/adapters/sealedSession.ts'
import { keepSession } from '../../renderer/adapters/session.ts'
import { startSync } from '../../renderer/adapters/syncLoop.ts'
import { systemClock } from '../../renderer/adapters/systemClock.ts'
import { openUplink } from '../../renderer/adapters/uplink.ts'
import { aRecord } from '../material.ts'

export type ToldSaved = { readonly id: string; readonly rev: number; readonly body: CallRecord }
declare const toldSaved: (saved: ToldSaved) => Promise<void>

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
const shift = { saves: false }

/** Signs in, at the centre or without it, and starts to save and to send. Resolves once the first record is on disk. */
const work = async (account: string, password: string): Promise<string> => {
  const line = openLine(location.origin, systemClock)
  const keepsake = { keep: () => undefined, recall: async () => null, forget: () => undefined }
  const session = keepSession(
    line,
    systemClock,
    openSealedSessions(systemClock, async () => 30),
    keepsake,
  )
  const signedIn = await session.signIn({ account, password })
  if (!signedIn.ok) return signedIn.problem.text
  const name = storeName(signedIn.value.session.centre.id, account)
  const store = openStore(name, systemClock)
  const { sealer } = signedIn.value
  const records = openRecords(store, sealer, systemClock)
  const outbox = openOutbox(store, sealer, systemClock.now)
  const sync = startSync({
    name,
    outbox,
    mirror: openMirror(store, sealer),
    uplink: openUplink(line, session, systemClock),
    clock: centreClock(systemClock),
    random: Math.random,
    locks: navigator.locks,
  })
  Object.assign(chaos, {
    state: async () => {
      const [counts, rows] = [await outbox.counts(), await outbox.list(200)]
      const badge = sync.status().badge
      if (!counts.ok || !rows.ok) return { waiting: -1, parked: [], badge }
      const parked = rows.value.filter((row) => row.state === 'parked').map(({ id, rev }) => ({ id, rev }))
      return { waiting: counts.value.waiting, parked, badge }
    },
    hurry: () => sync.sendNow(),
  })
  shift.saves = true
  void (async () => {
    for (let n = 0; shift.saves; n += 1) {
      const now = Date.now()
      const call: CallRecord = {
        ...aRecord(n, 0),
        id: CallId.parse(v7()),
        agent: AccountId.parse(account),
        seat: Extension.parse(account),
        practice: false,
        offeredAt: now - 60_000,
        answeredAt: now - 55_000,
        endedAt: now,
        form: null,
        filedAt: null,
        wrapupMs: null,
      }
      const first = await records.finish(call)
      if (first.ok) await toldSaved({ id: call.id, rev: call.rev, body: call })
      const { form } = aRecord(n, 0)
      const filed: CallRecord = { ...call, rev: 2, form, filedAt: now, wrapupMs: 1_000 }
      if (first.ok && n % 3 > 0 && (await records.file(filed, null)).ok)
        await toldSaved({ id: call.id, rev: 2, body: filed })
      chaos.refused += first.ok ? 0 : 1
      await pause(20 + Math.random() * 80)
    }
  })()
  return ''
}

const chaos = {
  work,
  /** Saves that were said to have failed. */
  refused: 0,
  rest: () => {
    shift.saves = false
  },
  state: async (): Promise<{ waiting: number; parked: { id: string; rev: number }[]; badge: string }> => ({
    waiting: -1,
    parked: [],
    badge: 'starting',
  }),
  hurry: (): void => undefined,
}
export type ChaosOnPage = typeof chaos
Object.assign(globalThis, { bench: chaos })
