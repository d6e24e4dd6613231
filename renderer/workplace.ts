// Everything a screen may use, in one value handed down by React context. main.tsx composes it.
import { createContext, useContext } from 'react'
import type { Answer } from '../contract/answer.ts'
import type { Mirror } from '../core/centrePorts.ts'
import type { Clock, Devices, GivenUp, Outbox, Phone, Records } from '../core/ports.ts'
import type { CallId } from '../contract/ids.ts'
import type { Account, HeldSession } from '../contract/session.ts'
import type { Reference } from '../contract/reference.ts'
import type { Settings } from '../contract/settings.ts'
import type { Stamp } from '../core/softphone/phoneEvent.ts'
import type { CommandName } from '../core/commands.ts'
import type { Workstation } from '../core/workstation.ts'
import type { BlackBox } from './diagnostics/blackBox.ts'
import type { Notices } from './notices.ts'
import type { Shown, Store } from './store.ts'
import { useStore } from './store.ts'
import type { Attachments } from './adapters/attachmentsPort.ts'
import type { CentreClient } from './adapters/centreClient.ts'
import type { HalfWritten } from './adapters/halfWritten.ts'
import type { Handover } from './adapters/handover.ts'
import type { HeadsetDriver } from './adapters/headset.ts'
import type { Knowledge } from './adapters/knowledge.ts'
import type { SyncLoop } from './adapters/syncLoop.ts'
import type { Feed } from './adapters/feed.ts'
import type { WarningWatch } from './adapters/warningWatch.ts'
import type { SafetyWatch } from './sync/safety.ts'

/** Somebody is signed in: what their pages work with. */
export type Workplace = {
  readonly account: Account
  readonly session: HeldSession
  /** True: signed in without the centre; what needs it says so. */
  readonly offlineSignIn: boolean
  readonly store: Store
  readonly clock: Clock
  stamp(): Stamp
  /** Runs what may wait until the screen shows what just happened. */
  soon(run: () => void): void
  newCallId(): CallId
  readonly phone: Phone
  readonly records: Records
  readonly outbox: Outbox
  readonly givenUp: GivenUp
  readonly mirror: Mirror
  readonly attachments: Attachments
  /** Replies, decisions and orders not sent yet. */
  readonly halfWritten: HalfWritten
  readonly handover: Handover
  readonly knowledge: Knowledge
  readonly sync: SyncLoop
  readonly safety: SafetyWatch
  /** The warnings at the centre; null: this person watches over none. */
  readonly warnings: WarningWatch | null
  readonly centre: CentreClient
  readonly feed: Feed
  /** Current reference data; changes arrive with sync. */
  readonly reference: Reference
  readonly notices: Notices
  /** What the telephone went through, for the diagnostics. */
  readonly blackBox: BlackBox
  readonly settings: Settings
  writeSettings(change: Partial<Settings>): Promise<Answer<Settings>>
  applyDevices(devices: Devices): void
  readonly headset: HeadsetDriver
  /** [DESK-29] Commands whose key does not reach us from other programs. */
  readonly keysTaken: readonly CommandName[]
  /** Looks now whether the seat can take calls. */
  checkSeat(): void
  /** The computer was asleep. */
  wake(): void
  /** The page in front offers to carry out a `page` command (core/commands.ts); the answer withdraws it. */
  onCommand(command: CommandName, run: () => void): () => void
  /** Runs any command of the table if it may run now: buttons, keys, tray and links all come here. */
  runCommand(command: CommandName): void
  signOut(): Promise<void>
}

export const WorkplaceContext = createContext<Workplace | null>(null)

export const useWorkplace = (): Workplace => {
  const workplace = useContext(WorkplaceContext)
  if (!workplace) throw new Error('a page was drawn with nobody signed in')
  return workplace
}

/** What the page under the call bar is shown (store.ts); null: the state itself. */
export const ShownContext = createContext<Shown | null>(null)

export const useWorkstation = <T>(select: (state: Workstation) => T): T => {
  const { store } = useWorkplace()
  return useStore(useContext(ShownContext) ?? store, select)
}
