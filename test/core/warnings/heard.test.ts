// Since when the limit to report counts, of what was heard in a call.
import { expect, test } from 'vitest'
import { heardOn, heardSince, type Heard } from '../../../core/warnings/heard.ts'
import { findings } from '../../../core/warnings/recognise.ts'
import { theWarningRules as rules } from '../../makers/warnings.ts'
import { morning } from '../../makers/stamps.ts'

const minute = 60_000
const found = (text: string) => findings([{ field: 'cause', text }], { people: null, callsAbout: 1 }, rules)
/** What was typed, minute by minute. */
const heardIn = (texts: Readonly<Record<number, string>>): readonly Heard[] =>
  Object.entries(texts).reduce<readonly Heard[]>(
    (heard, [at, text]) => heardOn(heard, found(text), morning + Number(at) * minute),
    [],
  )
const no = { rule: 'CY41', level: 'yellow' } as const

test('[WARN-4] what was said no to starts no clock: a red heard an hour later is in time', () => {
  const lawyer = heardIn({ 0: '问裁员 60 人要不要提前说明' })
  expect(heardSince('yellow', lawyer, [])).toBe(morning)
  expect(heardSince('yellow', lawyer, [no])).toBe(null)
  const later = heardIn({ 0: '问裁员 60 人要不要提前说明', 60: '问裁员 60 人要不要提前说明。他说要跳楼' })
  expect(heardSince('red', later, [no])).toBe(morning + 60 * minute)
  // The same rule, graver than what was said no to.
  const more = heardIn({ 0: '裁员 60 人', 20: '裁员 400 人' })
  expect(heardSince('red', more, [no])).toBe(morning + 20 * minute)
})

test('[WARN-4] each level counts from when something as grave was first heard', () => {
  const heard = heardIn({ 0: '裁员 60 人', 30: '裁员 60 人，打起来了', 40: '裁员 60 人，打起来了，要跳楼' })
  expect(heardSince('yellow', heard, [])).toBe(morning)
  expect(heardSince('red', heard, [])).toBe(morning + 30 * minute)
  // A no to the graver one leaves the other clock as it was.
  const fight = { rule: 'BLXW', level: 'red' } as const
  expect(heardSince('red', heard, [fight])).toBe(morning + 40 * minute)
  expect(heardSince('yellow', heard, [fight])).toBe(morning)
  expect(heardOn(heard, found('裁员 60 人，打起来了'), morning + 99 * minute)).toBe(heard)
})
