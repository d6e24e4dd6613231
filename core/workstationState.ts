// What a workstation is, and what can be read off it. What moves it is workstation.ts's.
import type { CallId } from '../contract/ids.ts'
import type { Policy } from '../contract/reference.ts'
import type { Seat, SeatSince } from './seat/seat.ts'
import type { QueueTold } from './seat/queueWords.ts'
import type { Findings, Unfit } from './seat/selfCheck.ts'
import { nothingFound, unfitness } from './seat/selfCheck.ts'
import type { Call } from './softphone/call.ts'
import { isConnected, isLive } from './softphone/call.ts'
import type { Holder } from './softphone/callRecord.ts'
import type { Lines } from './softphone/lines.ts'
import { callOf } from './softphone/lines.ts'
import type { PhoneLink, Stamp } from './softphone/phoneEvent.ts'

export type Workstation = Lines & {
  readonly holder: Holder | null
  readonly secondCall: Policy['secondCall']
  readonly autoAnswerMs: number | null
  readonly phone: PhoneLink
  /** The form in front. */
  readonly openForm: CallId | null
  readonly seat: Seat
  readonly since: SeatSince
  /** Last word the queue heard from us; null: nothing since the telephone registered. */
  readonly queueTold: QueueTold
  /** What the self-check last found. */
  readonly findings: Findings
  /** SIP messages that could not be read: each may have been a caller. */
  readonly dropped: number
}

export const newWorkstation = (stamp: Stamp): Workstation => ({
  holder: null,
  secondCall: 'show',
  ringMs: 20_000,
  autoAnswerMs: null,
  phone: { link: 'off' },
  calls: [],
  selected: null,
  joined: null,
  openForm: null,
  seat: { is: 'signedOut' },
  since: { phase: 'signedOut', reason: null, ...stamp },
  queueTold: null,
  findings: nothingFound,
  dropped: 0,
})

export const phoneIsUp = (state: Workstation): boolean => state.phone.link === 'registered'
/** Why the seat cannot take a call although its telephone is up. [SEAT-22] In practice nobody waits: nothing is barred. */
export const unfitOf = (state: Workstation): Unfit | null =>
  state.holder === null || state.holder.practice ? null : unfitness(state.findings)
export const liveCalls = (state: Workstation): readonly Call[] => state.calls.filter(isLive)
export const ringingCall = (state: Workstation): Call | null =>
  state.calls.find((call) => call.phase.is === 'ringing') ?? null
/** One call goes out at a time: a second press while the first is under way rings nobody twice. */
export const lineIsFree = (state: Workstation): boolean =>
  phoneIsUp(state) && liveCalls(state).length < 2 && liveCalls(state).every(isConnected)
export const selectedCall = (state: Workstation): Call | null => callOf(state, state.selected)
