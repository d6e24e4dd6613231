// The one catalogue of words on screen: zh-CN first, en second, one file per domain word.
// A screen reads `const t = useText()` and never spells a word itself.
import { createContext, useContext } from 'react'
import { agreed } from './agreed.ts'
import { app } from './app.ts'
import { attachments } from './attachments.ts'
import { causes } from './causes.ts'
import { desk } from './desk.ts'
import { diagnostics } from './diagnostics.ts'
import { exporting } from './exporting.ts'
import { handover } from './handover.ts'
import { headset } from './headset.ts'
import { keeping } from './keeping.ts'
import { keypad } from './keypad.ts'
import { keys } from './keys.ts'
import { knowledge } from './knowledge.ts'
import { laterLimit } from './laterLimit.ts'
import { outward } from './outward.ts'
import { phoneLink } from './phoneLink.ts'
import { practice } from './practice.ts'
import { records } from './records.ts'
import { redispatch } from './redispatch.ts'
import { ringWindow } from './ringWindow.ts'
import { safety } from './safety.ts'
import { seat } from './seat.ts'
import { session } from './session.ts'
import { settings } from './settings.ts'
import { softphone } from './softphone.ts'
import { sound } from './sound.ts'
import { sync } from './sync.ts'
import { syncBadge } from './syncBadge.ts'
import { tickets } from './tickets.ts'
import { wallboard } from './wallboard.ts'
import { warnings } from './warnings.ts'
import { wrapup } from './wrapup.ts'

const words = {
  agreed,
  app,
  attachments,
  causes,
  desk,
  diagnostics,
  exporting,
  handover,
  headset,
  keeping,
  keypad,
  keys,
  knowledge,
  laterLimit,
  outward,
  phoneLink,
  practice,
  records,
  redispatch,
  ringWindow,
  safety,
  seat,
  session,
  settings,
  softphone,
  sound,
  sync,
  syncBadge,
  tickets,
  wallboard,
  warnings,
  wrapup,
}

export type Language = 'zh-CN' | 'en'
export type Text = { readonly [W in keyof typeof words]: (typeof words)[W]['zh'] }

/** Each file of words has both languages in one shape, which the compiler checks there. */
const pick = (language: Language): Text => {
  const entries = Object.entries(words).map(([word, both]) => [word, language === 'en' ? both.en : both.zh])
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- entries forget which word had which shape
  return Object.fromEntries(entries) as Text
}

export const texts: Record<Language, Text> = { 'zh-CN': pick('zh-CN'), en: pick('en') }

export const TextContext = createContext<Text>(texts['zh-CN'])
export const useText = (): Text => useContext(TextContext)
