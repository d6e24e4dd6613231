// What the row says of a call that rings.
import type { Policy } from '../../contract/reference.ts'
import type { Call } from '../../core/softphone/call.ts'
import { span } from '../kit/time.ts'
import type { Text } from '../text/catalogue.ts'

export const ringFacts = ({ softphone: t }: Text, call: Call, practice: boolean): readonly string[] =>
  [
    practice ? t.practice.ringing : null,
    call.place,
    call.queue,
    call.queuedMs === null ? null : t.queued(span(call.queuedMs)),
  ].filter((fact) => fact !== null)

/** `tick`: now, monotonic ms. */
export const ringLimit = (
  { softphone: t }: Text,
  call: Call,
  practice: boolean,
  policy: Pick<Policy, 'ringSeconds'>,
  tick: number,
): string => {
  if (call.autoAnswer !== null)
    return t.autoAnswer(Math.max(0, Math.ceil((call.autoAnswer.tick - tick) / 1000)))
  // Nobody else is there in practice: a caller rings as long as the own patience lasts.
  return call.queue === null || practice ? t.direction[call.direction] : t.ringLimit(policy.ringSeconds)
}
