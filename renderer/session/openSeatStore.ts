// What a person has on this computer, made fit to work with: the store, sealed as it should be, with its three ports, kept
// small while it is open; beside it the second journal, each given what it lacks of the other.
import type { Answer } from '../../contract/answer.ts'
import { done } from '../../contract/answer.ts'
import type { Mirror, Uplink } from '../../core/centrePorts.ts'
import type { GivenUp, Outbox, Records, SecondJournal } from '../../core/ports.ts'
import type { Sealer } from '../../core/seal/sealer.ts'
import type { CentreClock } from '../adapters/centreClock.ts'
import type { SeatStore } from '../adapters/database.ts'
import { openStore } from '../adapters/database.ts'
import { leaveOldLog } from '../adapters/freshLog.ts'
import { openGivenUp } from '../adapters/givenUp.ts'
import { openMirror } from '../adapters/mirror.ts'
import { openOutbox } from '../adapters/outbox.ts'
import { keepPurging } from '../adapters/purge.ts'
import type { Places } from '../adapters/rebuild.ts'
import { keepMending, openOrRenew, rebuild } from '../adapters/rebuild.ts'
import { openRecords } from '../adapters/records.ts'
import { keepSealing, markFirst, sealFirst } from '../adapters/sealStore.ts'
import { keepSendingAlone } from '../adapters/sendAlone.ts'
import { journalOf } from '../adapters/secondJournal.ts'
import { wasEmptied } from '../adapters/storeMark.ts'
import type { SafetyWatch } from '../sync/safety.ts'
import { watchSafety } from '../sync/safety.ts'
import type { Ground } from './openWorkplace.ts'

export type OpenedStore = {
  readonly records: Records
  readonly outbox: Outbox
  readonly givenUp: GivenUp
  readonly mirror: Mirror
  /** null: this browser keeps none. */
  readonly journal: SecondJournal | null
  readonly safety: SafetyWatch
  /** From now on what cannot wait for the store goes to the centre without it. */
  sendAlone(uplink: Uplink): void
  close(): void
}

type Telling = Pick<Ground, 'desk' | 'notices' | 'tidying' | 'text'>

/** [JRNL-11] What the store lacks comes back from the second journal, and the agent is told. The answer ends the mending. */
const bringBack = async (places: Places, { desk, notices, text }: Telling): Promise<() => void> => {
  const t = text().safety
  const disk = await desk['disk.read'](null)
  // [JRNL-14]
  if (disk.ok && disk.value.copied) notices.tell(t.copied, true)
  const answer = await rebuild(places, true)
  if (answer.ok) {
    const { records, drafts, wiped } = answer.value
    if (wiped) notices.tell(t.wiped, true)
    if (records + drafts > 0) notices.tell(t.rebuilt(records, drafts), true)
  }
  return keepMending(places, ({ records }) => {
    if (records > 0) notices.tell(text().safety.madeGood(records))
  })
}

/** [JRNL-13] Without a second journal nothing brings back what the store lost: the agent is told to look after it. */
const checkAlone = async (store: SeatStore, { notices, text }: Telling): Promise<Answer<unknown>> => {
  const emptied = await wasEmptied(store, localStorage)
  if (emptied.ok && emptied.value) notices.tell(text().safety.emptied, true)
  return emptied
}

export const openSeatStore = async (
  name: string,
  sealer: Sealer,
  clock: CentreClock,
  ground: Telling,
  /** Stores of others at this computer. */
  others: () => Promise<readonly string[]>,
): Promise<Answer<OpenedStore>> => {
  const { desk, notices } = ground
  const journal = await journalOf(desk, window, name, clock)
  const store = openStore(name, clock, journal)
  store.onUpgrade(ground.tidying.told)
  store.onTakenOver((text) => notices.tell(text, true))
  await leaveOldLog(indexedDB, clock)
  const opened = journal ? await openOrRenew({ store, journal, clock }) : await checkAlone(store, ground)
  const sealed = opened.ok ? await sealFirst(store, sealer) : opened
  const toSeal = sealed.ok ? sealed.value : 0
  const left = sealed.ok && toSeal === 0 ? await markFirst(store, sealer) : sealed
  if (!left.ok) {
    store.close()
    journal?.close()
    return left
  }
  const stopMending = journal ? await bringBack({ store, journal, sealer, clock }, ground) : null
  const safety = watchSafety(desk, store.places, {
    hasJournal: journal !== null,
    inBrowser: window.desk === undefined,
  })
  safety.isSealing(toSeal)
  // What only lacks its marks is found by number and name: nothing to tell.
  const told = toSeal > 0 ? safety.isSealing : () => undefined
  const stopSealing = left.value > 0 ? keepSealing(store, sealer, clock, told) : null
  const stopPurging = keepPurging(store, others, clock, navigator.storage, () =>
    notices.tell(ground.text().app.told.storageTight, true),
  )
  let stopSending = (): void => undefined
  return done({
    records: openRecords(store, sealer, clock),
    outbox: openOutbox(store, sealer, clock.now),
    givenUp: openGivenUp(store, sealer, clock.now),
    mirror: openMirror(store, sealer),
    journal,
    safety,
    sendAlone(uplink) {
      stopSending = keepSendingAlone(store, sealer, uplink, clock)
    },
    close() {
      stopSending()
      stopPurging()
      stopSealing?.()
      stopMending?.()
      safety.stop()
      store.close()
      journal?.close()
    },
  })
}
