// Whom to ring back, and whom we rang: from the list of calls alone, so it is the same on every start and with or
// without the centre.
import type { Reference } from '../../contract/reference.ts'
import type { CallOutcome, CallSummary } from '../../contract/softphone.ts'
import { tailKey } from '../sync/searchKeys.ts'
import type { Standing } from './agreedTime.ts'
import { standingOf } from './agreedTime.ts'

/** Somebody spoke with this number: whoever waited for us need not wait any more. */
const reached = (call: CallSummary): boolean => call.outcome === 'answered'

const newestFirst = (calls: readonly CallSummary[]): CallSummary[] =>
  [...calls].sort((one, other) => other.offeredAt - one.offeredAt)

export type Wanted = {
  readonly call: CallSummary
  /** The later call in which somebody spoke with that number; null: still waiting. */
  readonly reached: CallSummary | null
}

/** Newest first, the last call of each number that wants a call back, and whether it has been reached since. */
const wantedOf = (
  calls: readonly CallSummary[],
  wants: (call: CallSummary) => boolean,
): readonly Wanted[] => {
  const spoken = new Map<string, CallSummary>()
  const listed = new Set<string>()
  const found: Wanted[] = []
  for (const call of newestFirst(calls)) {
    // The same caller, however the number was written.
    const caller = tailKey(call.number)
    if (caller === '' || listed.has(caller)) continue
    if (wants(call)) {
      found.push({ call, reached: spoken.get(caller) ?? null })
      listed.add(caller)
    } else if (reached(call) && !spoken.has(caller)) spoken.set(caller, call)
  }
  return found
}

const open = (wanted: readonly Wanted[]): readonly CallSummary[] =>
  wanted.flatMap((each) => (each.reached === null ? [each.call] : []))

/** [WRAP-18] The network, the PBX or the program cut it off, and its form does not yet say what becomes of it. */
export const wasCut = (call: CallSummary): boolean =>
  call.direction !== 'internal' &&
  call.madeFor === null &&
  call.disposition === null &&
  (call.outcome === 'interrupted' || (call.outcome === 'answered' && call.endedBy === 'system'))

/** In place of a disposition: no code has a blank. */
const cutOff = 'cut off'

/** How a call was left, as a store finds it again: its disposition, or that it was cut off; null: neither. */
export const leftAs = (call: CallSummary): string | null => (wasCut(call) ? cutOff : call.disposition)

/** Whom the list of callers who wait is asked for (core/ports.ts). */
export type WaitingQuery = {
  /** First instant of a call. */
  readonly from: number
  /** Earlier calls count too where the time agreed is not before this. */
  readonly agreedFrom: number
  /** Codes of the dispositions that promise a call. */
  readonly promising: readonly string[]
}

/** What the calls that are looked for were left as. */
export const leftOpen = ({ promising }: Pick<WaitingQuery, 'promising'>): ReadonlySet<string | null> =>
  new Set([cutOff, ...promising])

type Dispositions = Pick<Reference, 'dispositions'>

export const promisingCodes = ({ dispositions }: Dispositions): readonly string[] =>
  dispositions.filter((row) => row.callsBack).map((row) => row.code)

export type Owed = {
  readonly call: CallSummary
  /** cut: the line broke. promised: no time was agreed. Else how it stands with the agreed time. */
  readonly standing: 'cut' | 'promised' | Standing
}

/** Whose list it is, and when. */
export type Asked = { readonly agent: string; readonly now: number }

const order: readonly Owed['standing'][] = ['late', 'due', 'cut', 'promised', 'waits']

/** Who waits longest stands first; without a time the newest. */
const inOrder = (one: Owed, other: Owed): number =>
  order.indexOf(one.standing) - order.indexOf(other.standing) ||
  (one.call.callBackAt ?? 0) - (other.call.callBackAt ?? 0) ||
  other.call.offeredAt - one.call.offeredAt

/**
 * [WRAP-13] [WRAP-21] Callers who were promised a call or whose line broke, until somebody has spoken with them. An agreed
 * time is its owner's until it is late; then it is everybody's.
 */
export const callBacksDue = (
  calls: readonly CallSummary[],
  reference: Dispositions & Pick<Reference, 'policy'>,
  { agent, now }: Asked,
): readonly Owed[] => {
  const lefts = leftOpen({ promising: promisingCodes(reference) })
  const owed = (call: CallSummary): Owed => {
    if (wasCut(call)) return { call, standing: 'cut' }
    return {
      call,
      standing: call.callBackAt === null ? 'promised' : standingOf(call.callBackAt, now, reference.policy),
    }
  }
  const isMine = ({ call, standing }: Owed): boolean =>
    call.callBackAt === null || call.agent === agent || standing === 'late'
  return open(wantedOf(calls, (call) => lefts.has(leftAs(call))))
    .map(owed)
    .filter(isMine)
    .sort(inOrder)
}

/** Its time has come, or it has none: somebody waits now. */
export const waitsNow = ({ standing }: Owed): boolean => standing !== 'waits'

/** Of an inbound call `failed` is an answer that was pressed and came to nothing: the caller heard nobody all the same. */
const missedOutcomes: readonly CallOutcome[] = ['missed', 'abandoned', 'failed']

export const wasMissed = (call: CallSummary): boolean =>
  call.direction === 'inbound' && missedOutcomes.includes(call.outcome)

/** [WRAP-13] Callers nobody answered, with the call in which somebody spoke with them since. */
export const missedCalls = (calls: readonly CallSummary[]): readonly Wanted[] => wantedOf(calls, wasMissed)

export const stillMissed = (calls: readonly CallSummary[]): readonly CallSummary[] => open(missedCalls(calls))

/**
 * [WRAP-18] [WRAP-22] Whom one key rings back: a caller who was cut off, then one whose agreed time has come, then who has
 * been missed, then who was promised a call without a time. Nobody before the time agreed.
 */
export const nextCallBack = (due: readonly Owed[], missed: readonly CallSummary[]): CallSummary | null => {
  const first = (...standings: readonly Owed['standing'][]): CallSummary | undefined =>
    due.find(({ standing }) => standings.includes(standing))?.call
  return first('cut') ?? first('late', 'due') ?? missed[0] ?? first('promised') ?? null
}

/** [WRAP-19] The numbers this agent dialled, each once, the last one first. */
export const dialledNumbers = (
  calls: readonly CallSummary[],
  agent: string,
  most: number,
): readonly CallSummary[] => {
  const seen = new Set<string>()
  return newestFirst(calls)
    .filter((call) => {
      const number = tailKey(call.number)
      if (
        !(call.dialled || call.direction === 'outbound') ||
        call.agent !== agent ||
        number === '' ||
        seen.has(number)
      )
        return false
      seen.add(number)
      return true
    })
    .slice(0, most)
}
