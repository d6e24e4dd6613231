// Runs in a real Chromium: the seat's store beside the second journal of a real main process, reached through two doors
// the test puts on the page. Saves for ever and says what was called saved.
import type { Desk } from '../../../contract/ipc.ts'
import { benchSealer } from '../../../bench/sealer.ts'
import { openBrowserJournal } from '../../../renderer/adapters/browserJournal.ts'
import { openStore } from '../../../renderer/adapters/database.ts'
import { openOutbox } from '../../../renderer/adapters/outbox.ts'
import { leaveOldLog } from '../../../renderer/adapters/freshLog.ts'
import { keepMending, openOrRenew, rebuild } from '../../../renderer/adapters/rebuild.ts'
import { openRecords } from '../../../renderer/adapters/records.ts'
import { deskJournal } from '../../../renderer/adapters/secondJournal.ts'
import { systemClock } from '../../../renderer/adapters/systemClock.ts'
import type { TwoPlaces } from '../../../renderer/adapters/twoPlaces.ts'
import { aForm, aRecord } from '../../makers/forms.ts'
import { callId, morning } from '../../makers/stamps.ts'
import { value } from '../../suites/openedSeat.ts'

type Doors = Pick<Desk, 'journal.append' | 'journal.read'> & { readonly saved: (n: number) => Promise<void> }
declare const doors: Doors

const name = 'hotline-centre-1001'
const journals = {
  desktop: async () => deskJournal(doors, name, systemClock),
  browser: () => openBrowserJournal(name, systemClock),
  none: async () => null,
}
let lack: TwoPlaces['lack'] | null = null
let keptBy: keyof typeof journals = 'desktop'
/** As the product opens it. */
const open = async () => {
  const sealer = await benchSealer()
  const journal = await journals[keptBy]()
  await leaveOldLog(indexedDB, systemClock)
  const store = openStore(name, systemClock, journal)
  return { sealer, journal, store }
}
const draft = (n: number) => ({
  callId: callId(1_000_000),
  form: aForm({ cause: `${n}` }),
  openedAt: morning,
  savedAt: Date.now(),
  wrapupMs: 0,
})

const page = {
  /** From now on as in a browser seat. */
  beInBrowser() {
    keptBy = 'browser'
  },
  /** As in one that keeps no files of ours. */
  beAlone() {
    keptBy = 'none'
  },
  async madeGood() {
    for (;;) {
      const now = lack?.()
      if (now && !now.store && !now.journal) return
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  },
  /** What such a one finds at its start. */
  async found() {
    const { store, sealer } = await open()
    const waiting = await value(openOutbox(store, sealer, Date.now).list(100_000))
    store.close()
    return waiting.map(({ id }) => Number(id.slice(-12)))
  },
  /** Saves a call and the draft in hand, again and again, as fast as it can. */
  async saveForEver(first: number): Promise<never> {
    const { store, sealer, journal } = await open()
    const records = openRecords(store, sealer, systemClock)
    if (journal) keepMending({ store, journal, sealer, clock: systemClock }, () => undefined)
    lack = store.places.lack
    for (let n = first; ; n += 1) {
      await value(records.finish(aRecord(n)))
      await value(records.saveDraft(draft(n)))
      await doors.saved(n)
    }
  },
  /** As the next start does: what came back, and what is there then. */
  async startAgain() {
    const { store, sealer, journal } = await open()
    if (!journal) throw new Error('there is no second journal')
    const places = { store, journal, sealer, clock: systemClock }
    await value(openOrRenew(places))
    const rebuilt = await value(rebuild(places, true))
    const waiting = await value(openOutbox(store, sealer, Date.now).list(100_000))
    const drafts = await value(openRecords(store, sealer, systemClock).drafts())
    store.close()
    journal.close()
    return {
      rebuilt,
      waiting: waiting.map(({ id }) => Number(id.slice(-12))),
      typed: Number(drafts[0]?.form.cause ?? -1),
    }
  },
}

export type StorePage = typeof page
Object.assign(globalThis, { page })
