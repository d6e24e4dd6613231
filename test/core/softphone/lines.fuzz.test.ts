// Two lines under any order of keys and of what the network makes of them: the telephone here answers every wish, late
// or not at all, and sometimes loses a call. Whatever happens, nobody waits forgotten and nobody is heard by accident.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Effect } from '../../../core/effects.ts'
import type { CallId } from '../../../contract/ids.ts'
import { commands, handOverEvent } from '../../../core/commands.ts'
import { isConnected } from '../../../core/softphone/call.ts'
import { willBe } from '../../../core/softphone/holding.ts'
import { callOf, consultFor, isJoined } from '../../../core/softphone/lines.ts'
import type { WorkEvent, Workstation } from '../../../core/workstation.ts'
import { liveCalls, selectedCall, step } from '../../../core/workstation.ts'
import { aReadySeat, anOffer } from '../../makers/seats.ts'
import { at, callId } from '../../makers/stamps.ts'

const key = fc.constantFrom(
  'answer',
  'mute',
  'hold',
  'swap',
  'threeWay',
  'consult',
  'consult',
  'handOver',
  'end',
)
const act = fc.oneof(
  { weight: 4, arbitrary: key.map((press) => ({ press })) },
  { weight: 4, arbitrary: fc.record({ answer: fc.nat(5), well: fc.boolean() }) },
  { weight: 1, arbitrary: fc.constantFrom({ rings: true }) },
  { weight: 1, arbitrary: fc.record({ theyEnd: fc.nat(1) }) },
)

/** What it found once: held, resumed and held again before the first hold was answered. */
const found: [(typeof act extends fc.Arbitrary<infer A> ? A : never)[]][] = [
  [
    [
      { press: 'consult' },
      { answer: 3, well: false },
      { press: 'consult' },
      { answer: 0, well: true },
      { answer: 2, well: true },
      { answer: 0, well: true },
    ],
  ],
]

type Told = { readonly type: string; readonly callId: CallId; readonly [more: string]: unknown }

/** What a telephone may tell about a wish, well or not. */
const answersTo = (effect: Effect, well: boolean): Told[] => {
  switch (effect.do) {
    case 'answerCall':
    case 'dialNumber':
      return well
        ? [{ type: 'connected', callId: effect.callId }]
        : [{ type: 'ended', callId: effect.callId, by: 'them', cause: null }]
    case 'holdCall':
      return [{ type: well ? 'heldByUs' : 'holdFailed', callId: effect.callId, wanted: 'held' }]
    case 'resumeCall':
      return [{ type: well ? 'resumedByUs' : 'holdFailed', callId: effect.callId, wanted: 'talking' }]
    case 'joinCalls':
      return [
        { type: well ? 'joined' : 'joinFailed', callId: effect.callId, withId: effect.withId, text: '' },
      ]
    case 'handOverCall':
      return well
        ? [
            { type: 'transferred', callId: effect.callId },
            { type: 'ended', callId: effect.callId, by: 'us', cause: null },
            { type: 'ended', callId: effect.toCallId, by: 'us', cause: null },
          ]
        : [{ type: 'transferFailed', callId: effect.callId, text: '' }]
    case 'hangUpCall':
      return [{ type: 'ended', callId: effect.callId, by: 'us', cause: null }]
    default:
      return []
  }
}

test('[CALL-7] [CALL-21] [CALL-24] whatever is pressed and whatever the PBX makes of it, nobody is forgotten and nobody overheard', () => {
  fc.assert(
    fc.property(fc.array(act, { maxLength: 50 }), (acts) => {
      let state: Workstation = aReadySeat()
      let tick = 0
      let calls = 0
      /** Wishes the telephone has not answered; each call's own are answered in order. */
      let wishes: Effect[] = []
      const finished: string[] = []
      const anomalies: string[] = []

      let isHoldRefused = false

      const tell = (event: WorkEvent | null) => {
        if (!event) return
        const before = state
        const [next, effects] = step(state, event)
        state = next
        if (event.type === 'holdFailed') isHoldRefused = true
        if (event.type === 'ended') isCallerBack(before, event.callId)
        wishes.push(...effects.filter((effect) => answersTo(effect, true).length > 0))
        for (const effect of effects) {
          // The telephone sends a caller back before it does anything else.
          if (effect.do === 'rejectCall')
            tell({ type: 'ended', callId: effect.callId, by: 'us', cause: null, ...now() })
          if (effect.do === 'finishCall') finished.push(effect.record.id)
          if (effect.do === 'noteAnomaly') anomalies.push(effect.what)
        }
      }
      /** Whose consultation is over talks again, unless a transfer is just under way. */
      const isCallerBack = (before: Workstation, ended: CallId) => {
        const caller = callOf(state, callOf(before, ended)?.madeFor ?? null)
        if (caller && isConnected(caller) && !caller.passing && !isJoined(before, ended))
          expect(willBe(caller)).toBe('talking')
      }
      const now = () => at((tick += 500))
      const fresh = () => callId((calls += 1))
      const lives = (id: CallId) => liveCalls(state).some((call) => call.id === id)
      const idOf = (effect: Effect) => ('callId' in effect ? effect.callId : null)
      const answer = (nth: number, well: boolean) => {
        const wish = wishes[nth % Math.max(1, wishes.length)]
        // A call's wishes are one after the other; the first of this call is the one to be answered.
        const first = wishes.find((each) => wish && idOf(each) === idOf(wish))
        if (!first) return
        wishes = wishes.filter((each) => each !== first)
        for (const told of answersTo(first, well))
          if (lives(told.callId)) tell({ ...told, ...now() } as unknown as WorkEvent)
      }
      const consult = (): WorkEvent | null => {
        const call = selectedCall(state)
        const asked = call && consultFor(state, call)
        if (asked) return { type: 'hangUpConfirmed', callId: asked.id, reason: null, ...now() }
        if (!call || !commands.consult.may(state)) return null
        return {
          type: 'dialPressed',
          callId: fresh(),
          number: '6001',
          internal: true,
          madeFor: call.id,
          ...now(),
        }
      }
      const press = (name: string): WorkEvent | null => {
        if (name === 'consult') return consult()
        if (name === 'handOver') return handOverEvent(state, now())
        if (name === 'end') {
          const call = selectedCall(state)
          return call && lives(call.id)
            ? { type: 'hangUpConfirmed', callId: call.id, reason: null, ...now() }
            : null
        }
        const command = commands[name as 'hold' | 'swap' | 'threeWay' | 'answer' | 'mute']
        return command.may(state) ? command.does(state, now()) : null
      }

      // It begins with a worker on the line, or hardly any run would get as far as a consultation.
      tell({ type: 'offered', call: anOffer((calls += 1)), ...now() })
      tell(press('answer'))
      answer(0, true)
      for (const one of acts) {
        if ('press' in one) tell(press(one.press))
        else if ('answer' in one) answer(one.answer, one.well)
        else if ('rings' in one) tell({ type: 'offered', call: anOffer((calls += 1)), ...now() })
        else {
          const id = liveCalls(state)[one.theyEnd]?.id
          if (id) tell({ type: 'ended', callId: id, by: 'them', cause: null, ...now() })
        }
        if (state.joined) expect(state.joined.every(lives)).toBe(true)
        const talking = liveCalls(state).filter((call) => willBe(call) === 'talking')
        // Two talk only together, or because the PBX would not hold one and the agent was told.
        if (!state.joined && !isHoldRefused) expect(talking.length).toBeLessThanOrEqual(1)
        // And then one key takes them apart.
        if (!state.joined && talking.length === 2) expect(commands.swap.may(state)).toBe(true)
      }

      // The network calms down: every wish is answered well, and then nothing may hang in the air.
      for (let turns = 0; wishes.length > 0 && turns < 200; turns += 1) answer(0, true)
      for (const call of liveCalls(state)) {
        expect(call.turning).toBeNull()
        expect(call.passing).toBeNull()
      }
      expect(new Set(finished).size).toBe(finished.length)
      expect(anomalies).toEqual([])
    }),
    { numRuns: 400, examples: found },
  )
})
