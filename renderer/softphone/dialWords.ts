// What a typed number would do, in words: what goes out, or why nothing does and what to do instead.
import type { DialString } from '../../core/softphone/dialString.ts'
import type { Text } from '../text/catalogue.ts'

export const sayDial = (
  t: Text['keypad'],
  answer: DialString,
  en: boolean,
  place: string | null = null,
): string => {
  if (!answer.ok) {
    const { rule } = answer
    return rule ? (en ? rule.en : rule.zh) : t.problem[answer.problem]
  }
  const line = answer.internal ? t.inside : t.outside
  const kind = place === null ? line : t.from(line, place)
  return answer.number === answer.plain
    ? t.willDial(answer.plain, kind)
    : t.willSend(answer.plain, answer.number, kind)
}
