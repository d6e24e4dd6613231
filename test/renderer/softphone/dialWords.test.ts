// What the dial box says before anything is dialled.
import { expect, test } from 'vitest'
import { dialString } from '../../../core/softphone/dialString.ts'
import { sayDial } from '../../../renderer/softphone/dialWords.ts'
import { texts } from '../../../renderer/text/catalogue.ts'

const t = texts['zh-CN'].keypad
const plan = {
  outsidePrefix: '9',
  areaCode: '010',
  ownExtension: '1001',
  echoNumber: null,
  shortNumbers: [],
  dialRules: {
    ownAreaCode: 'strip' as const,
    homeMobiles: null,
    emergency: [],
    forbidden: [{ prefix: '00', zh: '境外请报班长', en: 'ask the lead' }],
  },
}
const say = (typed: string, en = false) => sayDial(t, dialString(typed, plan), en)

test('[DIAL-13] the whole number stands there, and what is sent where that differs', () => {
  expect(say('65550000')).toBe('将拨 01065550000·外线·实际送出 965550000')
  expect(say('1002')).toBe('将拨 1002·内线')
})

test('[DIAL-8] [DIAL-12] a refusal says why, a forbidden number what to do instead, in both languages', () => {
  expect(say('1380000')).toBe('号码不完整，请补齐位数')
  expect(say('+85255550000')).toBe('境外请报班长')
  expect(say('+85255550000', true)).toBe('ask the lead')
})
