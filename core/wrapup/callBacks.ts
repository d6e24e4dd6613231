// Whom to ring back: from the list of calls alone, so it is the same on every start and with or without the centre.
import type { Reference } from '../../contract/reference.ts'
import type { CallSummary } from '../../contract/softphone.ts'

/** Somebody spoke with this number: whoever waited for us need not wait any more. */
const reached = (call: CallSummary): boolean => call.outcome === 'answered'

/** Keeps, newest first, the last call of each number that wants a call back and has not been reached since. */
const stillOpen = (
  calls: readonly CallSummary[],
  wants: (call: CallSummary) => boolean,
): readonly CallSummary[] => {
  const settled = new Set<string>()
  const open: CallSummary[] = []
  for (const call of [...calls].sort((one, other) => other.offeredAt - one.offeredAt)) {
    if (call.number === '' || settled.has(call.number)) continue
    if (wants(call)) {
      open.push(call)
      settled.add(call.number)
    } else if (reached(call)) settled.add(call.number)
  }
  return open
}

/** [WRAP-13] Callers who were promised a call or whose line broke, until somebody has spoken with them. */
export const callBacksDue = (
  calls: readonly CallSummary[],
  reference: Pick<Reference, 'dispositions'>,
): readonly CallSummary[] => {
  const promising = new Set(reference.dispositions.filter((row) => row.callsBack).map((row) => row.code))
  return stillOpen(
    calls,
    (call) =>
      (call.disposition !== null && promising.has(call.disposition)) ||
      (call.outcome === 'interrupted' && call.disposition === null),
  )
}

/** [WRAP-13] Callers nobody answered, until somebody has spoken with them. */
export const missedCalls = (calls: readonly CallSummary[]): readonly CallSummary[] =>
  stillOpen(
    calls,
    (call) => call.direction === 'inbound' && (call.outcome === 'missed' || call.outcome === 'abandoned'),
  )
