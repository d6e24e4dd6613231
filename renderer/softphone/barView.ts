// Which of its six faces row B shows. Lines first, then a line to the PBX that is down, then what was just ended, then
// why the seat cannot take calls.
import type { HeldSession } from '../../contract/session.ts'
import type { Workstation } from '../../core/workstation.ts'
import { liveCalls, ringingCall, selectedCall, unfitOf } from '../../core/workstation.ts'
import type { Unfit } from '../../core/seat/selfCheck.ts'
import type { Call } from '../../core/softphone/call.ts'

export type BarView =
  | { readonly is: 'ringing'; readonly call: Call }
  /** `second`: another call rings while this one is in hand. */
  | { readonly is: 'line'; readonly call: Call; readonly second: Call | null }
  /** `cut`: the call the network or the PBX ended, to be rung back. */
  | { readonly is: 'away'; readonly cut: Call | null }
  | { readonly is: 'ended'; readonly call: Call }
  /** The self-check found why no call can be taken. */
  | { readonly is: 'unfit'; readonly unfit: Unfit }
  | { readonly is: 'idle' }

/** Without a telephone the bar has one row, but for who watches over warnings. */
export const hasRowB = ({ sip, account }: Pick<HeldSession, 'sip' | 'account'>): boolean =>
  sip !== null || account.role === 'duty'

/** The row turns to a ring by this change: its call; null: it does not. */
export const ringBegins = (before: Workstation, now: Workstation): Call | null => {
  const view = barView(now)
  return view.is === 'ringing' && barView(before).is !== 'ringing' ? view.call : null
}

const wasCut = (call: Call): boolean =>
  call.phase.is === 'ended' && call.phase.by === 'system' && call.phase.outcome === 'answered'

export const barView = (state: Workstation): BarView => {
  const ringing = ringingCall(state)
  const lines = liveCalls(state).filter((call) => call.phase.is !== 'ringing')
  const selected = selectedCall(state)
  const line = lines.find((call) => call === selected) ?? lines[0]
  if (line) return { is: 'line', call: line, second: ringing }
  if (ringing) return { is: 'ringing', call: ringing }
  const { link } = state.phone
  if (link !== 'registered' && link !== 'connecting' && link !== 'off')
    return { is: 'away', cut: state.calls.findLast(wasCut) ?? null }
  if (selected) return { is: 'ended', call: selected }
  const unfit = unfitOf(state)
  if (unfit !== null && link === 'registered') return { is: 'unfit', unfit }
  return { is: 'idle' }
}
