// Whatever order the network and the agent choose: every call ends in exactly one record.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { WorkEvent } from '../../core/workstation.ts'
import { liveCalls, step } from '../../core/workstation.ts'
import { aReadySeat, anOffer } from '../makers/seats.ts'
import { at, callId } from '../makers/stamps.ts'

const line = fc.integer({ min: 1, max: 4 })
const plain = (type: string) => line.map((n) => ({ type, callId: callId(n) }))
const event = fc.oneof(
  line.map((n) => ({ type: 'offered', call: anOffer(n) })),
  plain('answerPressed'),
  plain('connected'),
  plain('heldByUs'),
  plain('resumedByUs'),
  plain('holdPressed'),
  plain('resumePressed'),
  plain('progressed'),
  line.map((n) => ({ type: 'rejectPressed', how: 'decline', callId: callId(n) })),
  line.map((n) => ({ type: 'hangUpConfirmed', reason: null, callId: callId(n) })),
  fc
    .tuple(line, fc.constantFrom('us', 'them', null))
    .map(([n, by]) => ({ type: 'ended', callId: callId(n), by, cause: null })),
  line.map((n) => ({ type: 'formFiled', callId: callId(n) })),
  fc.constant({ type: 'readyPressed' }),
  fc.constant({ type: 'notReadyPressed', reason: 'meal' }),
  fc.constantFrom('registered', 'silent').map((link) => ({ type: 'linkChanged', link: { link } })),
)

test('[CALL-4] [CALL-10] every call journalled is finished exactly once or still live, whatever the order', () => {
  fc.assert(
    fc.property(fc.array(event, { maxLength: 60 }), (events) => {
      let state = aReadySeat()
      const journalled = new Set<string>()
      const finished: string[] = []
      const offered = new Set<string>()
      /** [CALL-8] Turned away as it came: its end is all that is written of it. */
      const refused = new Set<string>()
      events.forEach((raw, index) => {
        const event = { ...raw, ...at(index * 700) } as WorkEvent
        // The telephone gives each call its own id, once.
        if (event.type === 'offered') {
          if (offered.has(event.call.callId)) return
          offered.add(event.call.callId)
        }
        const [next, effects] = step(state, event)
        state = next
        for (const effect of effects) {
          if (event.type === 'offered' && effect.do === 'rejectCall') refused.add(effect.callId)
          if (effect.do === 'journalCall') journalled.add(effect.record.id)
          if (effect.do === 'finishCall') {
            finished.push(effect.record.id)
            expect(effect.record.talkMs).toBeGreaterThanOrEqual(0)
          }
        }
      })
      expect(new Set(finished).size).toBe(finished.length)
      const live = new Set(liveCalls(state).map((call) => call.id as string))
      for (const id of journalled) expect(finished.includes(id)).toBe(!live.has(id))
      for (const id of finished) expect(journalled.has(id)).not.toBe(refused.has(id))
    }),
    { numRuns: 500 },
  )
})
