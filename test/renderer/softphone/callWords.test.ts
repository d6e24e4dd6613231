// A call in the words of the bar.
import { expect, test } from 'vitest'
import type { CallOutcome, CallQuality, EndCause } from '../../../contract/softphone.ts'
import { callOf } from '../../../core/softphone/lines.ts'
import type { WorkEvent } from '../../../core/workstation.ts'
import { endedWord, qualityLevel, qualityWord, whyWord } from '../../../renderer/softphone/callWords.ts'
import { texts } from '../../../renderer/text/catalogue.ts'
import { aReadySeat, anOffer, play } from '../../makers/seats.ts'
import { at, callId } from '../../makers/stamps.ts'

const t = texts['zh-CN'].softphone
const quality = (mos: number, heard = true): CallQuality => ({
  loss: 0,
  jitterMs: 2,
  roundTripMs: 10,
  mos,
  heard,
})

test('[BAR-1] the sound of a line is bars, a word and the estimate; silence is said as silence', () => {
  expect([4.4, 4, 3.7, 3.2, 2].map((mos) => qualityLevel(quality(mos)))).toEqual([4, 4, 3, 2, 1])
  expect(qualityWord(t, quality(4.12))).toBe('音质良 4.1')
  expect(qualityWord(t, null)).toBe('测量中')
  expect([qualityLevel(quality(4.4, false)), qualityWord(t, quality(1, false))]).toEqual([0, '听不到对方'])
})

test('[BAR-1] the word for an ended call says who ended it, or that the network did', () => {
  const wordFor = (by: 'them' | 'us' | null) => {
    const events = [
      { type: 'offered', call: anOffer(1), ...at(0) },
      { type: 'answerPressed', callId: callId(1), ...at(1000) },
      { type: 'connected', callId: callId(1), ...at(1100) },
      { type: 'ended', callId: callId(1), by, cause: null, ...at(9000) },
    ] satisfies WorkEvent[]
    const call = callOf(play(events, aReadySeat()).state, callId(1))
    return call ? endedWord(t, call) : null
  }
  expect([wordFor('them'), wordFor('us'), wordFor(null)]).toEqual(['对方已挂断', '通话已结束', '线路断了'])
})

test('[CALL-13] an end that is nobody hanging up is explained, a normal one is not', () => {
  const ended = (cause: EndCause | null) => {
    const events = [
      { type: 'offered', call: anOffer(1), ...at(0) },
      { type: 'answerPressed', callId: callId(1), ...at(1000) },
      { type: 'connected', callId: callId(1), ...at(1100) },
      { type: 'ended', callId: callId(1), by: null, cause, ...at(9000) },
    ] satisfies WorkEvent[]
    const call = callOf(play(events, aReadySeat()).state, callId(1))
    return call?.phase.is === 'ended'
      ? whyWord(texts['zh-CN'], call.phase.outcome, call.phase.cause)
      : 'no call'
  }
  expect(ended({ protocol: 'Q.850', code: 38, text: '' })).toBe('网络故障')
  expect(ended({ protocol: 'Q.850', code: 16, text: '' })).toBeNull()
  expect(ended(null)).toBeNull()
})

test('[CALL-13] what the outcome says already is not said again, in either language', () => {
  for (const text of [texts['zh-CN'], texts.en]) {
    const why = (outcome: CallOutcome, protocol: EndCause['protocol'], code: number) =>
      whyWord(text, outcome, { protocol, code })
    expect([why('busy', 'SIP', 486), why('busy', 'Q.850', 17)]).toEqual([null, null])
    expect([why('noAnswer', 'SIP', 408), why('noAnswer', 'Q.850', 19)]).toEqual([null, null])
    expect(why('noAnswer', 'SIP', 480)).toBe(text.causes.SIP[480])
    expect(why('busy', 'SIP', 600)).toBe(text.causes.SIP[600])
    expect(why('failed', 'Q.850', 17)).toBe(text.causes['Q.850'][17])
  }
})
