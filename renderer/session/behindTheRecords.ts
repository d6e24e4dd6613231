// What travels behind this person's records: attachments, what earlier people left unsent on this computer, and the
// knowledge base on its way here. The voice goes first, then the records; this comes when both rest.
import type { SecondJournal } from '../../core/ports.ts'
import type { Attachments } from '../adapters/attachmentsPort.ts'
import { openAttachments } from '../adapters/attachments.ts'
import { attachmentJournal } from '../adapters/attachmentJournal.ts'
import type { CentreClient } from '../adapters/centreClient.ts'
import type { CentreClock } from '../adapters/centreClock.ts'
import type { Handover } from '../adapters/handover.ts'
import { openHandover } from '../adapters/handover.ts'
import type { Knowledge } from '../adapters/knowledge.ts'
import { openKnowledge } from '../adapters/knowledge.ts'
import { journalOf } from '../adapters/secondJournal.ts'
import type { SignedIn } from '../adapters/session.ts'
import { othersHere } from '../adapters/storesHere.ts'
import { attachmentStore } from '../../contract/journal.ts'
import type { Ground } from './openWorkplace.ts'

export type Behind = {
  readonly parts: {
    readonly attachments: Attachments
    readonly handover: Handover
    readonly knowledge: Knowledge
  }
  lineIsBusy(busy: boolean): void
  /** The centre has just answered. */
  sendNow(): void
  stop(): void
}

const firstCarryMs = 5_000
/** What one person left does not come back by the minute. */
const carryEveryMs = 10 * 60_000

export const openBehind = (
  { session, sealer }: SignedIn,
  /** Of this person's store. */
  name: string,
  { call }: CentreClient,
  world: {
    readonly clock: CentreClock
    readonly locks: LockManager
    readonly epoch: () => number
    /** Of the records. */
    readonly journal: SecondJournal | null
    readonly ground: Pick<Ground, 'desk' | 'notices' | 'text'>
  },
): Behind => {
  const { clock, locks, epoch, journal, ground } = world
  const random = Math.random
  const ofFiles = journalOf(ground.desk, window, attachmentStore(name), clock)
  const attachments = openAttachments({
    name,
    sealer,
    journal: attachmentJournal(ofFiles, ground.desk),
    told: (files) => ground.notices.tell(ground.text().attachments.back(files), true),
    clock,
    random,
    call,
    epoch,
  })
  const { account, centre } = session
  const handover = openHandover({
    name,
    account: account.id,
    centreId: centre.id,
    sealer,
    journal,
    journalOf: (store) => journalOf(ground.desk, window, store, clock),
    others: () => othersHere(centre.id, account.id, ground.desk),
    clock,
    random,
    call,
    locks,
    epoch,
  })
  const knowledge = openKnowledge({ centreId: centre.id, clock, call })
  let busy = false
  let carriedAt = -carryEveryMs
  const carry = (): void => {
    if (busy || clock.tick() - carriedAt < carryEveryMs) return
    carriedAt = clock.tick()
    void handover.carry()
  }
  const cancelFirst = clock.after(firstCarryMs, carry)
  return {
    parts: { attachments, handover, knowledge },
    lineIsBusy(now) {
      busy = now
      attachments.lineIsBusy(now)
      handover.lineIsBusy(now)
    },
    sendNow() {
      attachments.sendNow()
      if (!busy) knowledge.pullDue()
      if (handover.left().length > 0) carry()
    },
    stop() {
      cancelFirst()
      handover.stop()
      attachments.stop()
      knowledge.stop()
    },
  }
}
