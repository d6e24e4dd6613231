// Two lines: consult, swap and transfer, as lists of events (docs/rules/call.md). Three people at once: threeWay.test.ts.
import { describe, expect, test } from 'vitest'
import { handOverEvent } from '../../../core/commands.ts'
import { needsGuard } from '../../../core/softphone/call.ts'
import { callOf, consultFor } from '../../../core/softphone/lines.ts'
import type { WorkEvent } from '../../../core/workstation.ts'
import { liveCalls } from '../../../core/workstation.ts'
import { aReadySeat, anOffer, play } from '../../makers/seats.ts'
import { at, callId } from '../../makers/stamps.ts'
import {
  after,
  consultation,
  consulting,
  dos,
  ends,
  handOver,
  on,
  phases,
  pressed,
  worker,
} from '../../makers/twoLines.ts'

describe('consult', () => {
  test('[CALL-20] the caller is held first, then the other is rung under the caller’s reference', () => {
    const { state, effects } = after(worker(1, 0), consultation(5000))
    expect(effects.slice(0, 2)).toEqual([
      { do: 'holdCall', callId: callId(1) },
      { do: 'dialNumber', callId: callId(2), number: '6001', callRef: 'rig-1' },
    ])
    expect(callOf(state, callId(2))).toMatchObject({
      madeFor: callId(1),
      name: '职工服务部',
      callRef: 'rig-1',
    })
    expect([state.selected, state.openForm]).toEqual([callId(2), callId(1)])
  })

  test('[CALL-20] a consultation is linked to its call in the record, has no form and no guard', () => {
    const { state, effects } = after(consulting, ends(2, 12_000, 'them'))
    expect(effects.find((effect) => effect.do === 'finishCall')).toMatchObject({
      record: { id: callId(2), madeFor: callId(1), outcome: 'answered', callRef: 'rig-1' },
    })
    expect(state.seat).toMatchObject({ wrapups: [] })
    expect(state.openForm).toBe(callId(1))
    expect(play(consulting, aReadySeat()).state.calls.map(needsGuard)).toEqual([true, false])
  })

  test('[CALL-20] nobody is rung for a caller who has hung up meanwhile', () => {
    const { state, effects } = after(worker(1, 0), ends(1, 4000, 'them'), consultation(5000))
    expect(dos(effects)).not.toContain('dialNumber')
    expect(liveCalls(state)).toEqual([])
  })

  test('[CALL-21] cancelling it brings the caller back, said by nobody', () => {
    const { state, effects } = after(
      consulting,
      on(2, 'hangUpConfirmed', 12_000, { reason: null }),
      ends(2, 12_001, 'us'),
      on(1, 'resumedByUs', 12_050),
    )
    expect(dos(effects)).toContain('resumeCall')
    expect(dos(effects)).not.toContain('tell')
    expect(state.selected).toBe(callId(1))
    expect(phases(state)).toEqual(['talking'])
  })

  test('[F27] [CALL-21] whoever is engaged brings the caller back with a sentence, also before the hold was agreed', () => {
    const { effects } = after([...worker(1, 0), consultation(5000)], ends(2, 5020, 'them', 486))
    expect(effects).toContainEqual({ do: 'resumeCall', callId: callId(1) })
    expect(effects).toContainEqual({ do: 'tell', text: 'consultFailed', detail: '对方忙' })
    const { state } = after(
      [...worker(1, 0), consultation(5000)],
      ends(2, 5020, 'them', 486),
      on(1, 'heldByUs', 5050),
      on(1, 'resumedByUs', 5080),
    )
    expect(phases(state)).toEqual(['talking'])
  })

  test('[CALL-21] a caller who has hung up is not brought back, and the one asked stays on the line', () => {
    const { state, effects } = after(consulting, ends(1, 9000, 'them'))
    expect(dos(effects)).not.toContain('resumeCall')
    expect(dos(effects)).toContain('playTick')
    expect(state.selected).toBe(callId(2))
    expect(dos(after(consulting, ends(1, 9000, 'them'), ends(2, 9500, 'us')).effects)).not.toContain(
      'resumeCall',
    )
  })

  test('[CALL-7] whoever answers us while another call was taken up waits; nobody talks to two', () => {
    const dialled = {
      type: 'dialPressed',
      callId: callId(5),
      number: '13800008005',
      internal: false,
    } as const
    const { state, effects } = play(
      [{ ...dialled, ...at(0) }, ...worker(1, 1000), on(5, 'connected', 4000)],
      aReadySeat(),
    )
    expect(effects.at(-1)).toEqual({ do: 'holdCall', callId: callId(5) })
    expect(state.selected).toBe(callId(1))
  })

  test('[CALL-7] a first line that will not be held beside the second is asked once more, and the swap key parts the two all the same', () => {
    const refused = { wanted: 'held' }
    const first = after([...worker(1, 0), ...worker(3, 3000)], on(1, 'holdFailed', 4100, refused))
    expect(dos(first.effects)).toEqual(['tell', 'holdCall'])
    const second = play([on(1, 'holdFailed', 4200, refused)], first.state)
    expect(dos(second.effects)).toEqual(['tell'])
    const swapped = play([pressed(second.state, 'swap', 5000)], second.state)
    expect(swapped.effects).toEqual([{ do: 'holdCall', callId: callId(3) }])
    expect(swapped.state.selected).toBe(callId(1))
  })

  test('[CALL-7] one key swaps the two, and pressed twice quickly it is back where it was', () => {
    const { state } = play(consulting, aReadySeat())
    const first = after(consulting, pressed(state, 'swap', 9000))
    expect(first.effects).toEqual([
      { do: 'holdCall', callId: callId(2) },
      { do: 'resumeCall', callId: callId(1) },
    ])
    expect(first.state.selected).toBe(callId(1))
    const second = play([pressed(first.state, 'swap', 9010)], first.state)
    expect(second.effects).toEqual([
      { do: 'holdCall', callId: callId(1) },
      { do: 'resumeCall', callId: callId(2) },
    ])
    const told = play(
      [
        on(2, 'heldByUs', 9020),
        on(1, 'resumedByUs', 9030),
        on(1, 'heldByUs', 9040),
        on(2, 'resumedByUs', 9050),
      ],
      second.state,
    )
    expect(phases(told.state)).toEqual(['held', 'talking'])
    expect(dos(told.effects)).not.toContain('noteAnomaly')
  })
})

describe('attended transfer', () => {
  const handing = (ms = 10_000) => after(consulting, handOver(play(consulting, aReadySeat()).state, ms))

  test('[CALL-22] both legs end by us, the record says to whom, and it was no hang-up', () => {
    const { state, effects } = play(
      [on(1, 'transferred', 10_100), ends(1, 10_101, 'us'), ends(2, 10_102, 'us')],
      handing().state,
    )
    expect(handing().effects).toEqual([{ do: 'handOverCall', callId: callId(1), toCallId: callId(2) }])
    expect(effects.find((effect) => effect.do === 'finishCall')).toMatchObject({
      record: {
        id: callId(1),
        outcome: 'answered',
        endedBy: 'agent',
        transfer: { kind: 'attended', number: '6001', name: '职工服务部' },
      },
    })
    expect(dos(effects)).not.toContain('noteAudit')
    expect(dos(effects)).not.toContain('resumeCall')
    expect(liveCalls(state)).toEqual([])
    expect(state.seat).toMatchObject({ wrapups: [callId(1)] })
  })

  test('[CALL-22] the PBX may take the consulted leg away first: nobody is brought back and nobody hung up', () => {
    const { effects } = play([ends(2, 10_050, 'them')], handing().state)
    expect(dos(effects)).not.toContain('resumeCall')
    expect(effects.find((effect) => effect.do === 'finishCall')).toMatchObject({
      record: { id: callId(2), endedBy: 'agent' },
    })
  })

  test('[CALL-22] [CALL-6] a caller who hangs up while it is under way leaves the consultation its own end', () => {
    const { effects } = play([ends(1, 10_050, 'them'), ends(2, 15_000, 'them')], handing().state)
    expect(effects.filter((effect) => effect.do === 'finishCall')).toMatchObject([
      { record: { id: callId(1), endedBy: 'caller', transfer: null } },
      { record: { id: callId(2), endedBy: 'callee' } },
    ])
  })

  test('[CALL-22] two workers are never put through to each other, though they may be swapped and joined', () => {
    const two = play([...worker(1, 0), ...worker(3, 3000), on(1, 'heldByUs', 4050)], aReadySeat()).state
    expect(handOverEvent(two, at(5000))).toBeNull()
    expect(pressed(two, 'swap', 5000)).toMatchObject({ callId: callId(1) })
    const sneaked = on(1, 'handOverPressed', 5000, { toCallId: callId(3), number: '', name: null })
    expect(play([sneaked], two).effects).toEqual([])
  })

  test('[CALL-22] somebody we rang is put through to only as a department or a colleague, a worker rung back never', () => {
    const rung = (over: { listed?: boolean; internal?: boolean }): WorkEvent => ({
      type: 'dialPressed',
      callId: callId(3),
      number: '01065551234',
      internal: false,
      ...over,
      ...at(3000),
    })
    const put = (over: { listed?: boolean; internal?: boolean }) =>
      play([...worker(1, 0), rung(over), on(3, 'connected', 6000), on(1, 'heldByUs', 6010)], aReadySeat())
    expect(handOverEvent(put({}).state, at(7000))).toBeNull()
    for (const over of [{ listed: true }, { internal: true }])
      expect(handOverEvent(put(over).state, at(7000))).toMatchObject({
        callId: callId(1),
        toCallId: callId(3),
      })
  })

  test('[CALL-22] a second press while it is under way does nothing', () => {
    expect(handOverEvent(handing().state, at(10_010))).toBeNull()
  })

  test('[F27] [CALL-21] when it fails the caller is back with the agent and the one asked waits', () => {
    const { state, effects } = play([on(1, 'transferFailed', 10_200, { text: '481' })], handing().state)
    expect(effects).toEqual([
      { do: 'tell', text: 'transferFailed', detail: '481' },
      { do: 'holdCall', callId: callId(2) },
      { do: 'resumeCall', callId: callId(1) },
    ])
    expect(callOf(state, callId(1))).toMatchObject({ passing: null, transfer: null })
    expect(state.selected).toBe(callId(1))
  })

  test('[F27] [CALL-21] also when the one asked has gone with it', () => {
    const { effects } = play(
      [ends(2, 10_050, 'them'), on(1, 'transferFailed', 10_200, { text: '481' })],
      handing().state,
    )
    expect(effects).toContainEqual({ do: 'resumeCall', callId: callId(1) })
  })

  test('[CALL-22] a blind transfer is in the record as well, and a failed one is not', () => {
    const to = { number: '12333', name: '人社热线' }
    const blind = after(
      worker(1, 0),
      on(1, 'transferPressed', 4000, { ...to, noWorker: true }),
      on(1, 'transferred', 4100),
      ends(1, 4101, 'us'),
    )
    expect(blind.effects.find((effect) => effect.do === 'finishCall')).toMatchObject({
      record: { transfer: { kind: 'blind', ...to } },
    })
    const failed = after(
      worker(1, 0),
      on(1, 'transferPressed', 4000, { ...to, noWorker: true }),
      on(1, 'transferFailed', 4100, { text: '' }),
      ends(1, 6000, 'them'),
    )
    expect(failed.effects.find((effect) => effect.do === 'finishCall')).toMatchObject({
      record: { transfer: null, endedBy: 'caller' },
    })
  })

  test('[CALL-23] a worker put through by a colleague is a worker’s call: right number, guarded, written up', () => {
    const colleague = anOffer(3, { number: '1001', internal: true, queue: null, callRef: 'rig-1' })
    const { state, effects } = play(
      [
        { type: 'offered', call: colleague, ...at(0) },
        on(3, 'answerPressed', 100),
        on(3, 'connected', 110),
        on(3, 'otherSideChanged', 5000, { number: '13800008001', name: '王小明', internal: false }),
      ],
      aReadySeat(),
    )
    const call = callOf(state, callId(3))
    expect(call).toMatchObject({
      direction: 'inbound',
      number: '13800008001',
      passedBy: '1001',
      callRef: 'rig-1',
    })
    expect(call && needsGuard(call)).toBe(true)
    expect(effects.at(-1)).toMatchObject({
      do: 'journalCall',
      record: { passedBy: '1001', direction: 'inbound' },
    })
    const over = play([ends(3, 9000, 'them')], state)
    expect(over.state.seat).toMatchObject({ wrapups: [callId(3)] })
  })

  test('[CALL-22] [CALL-23] a worker put through on the line of a consultation is a second matter: guarded, written up, never joined to the first by F7', () => {
    const { state } = after(
      consulting,
      on(2, 'otherSideChanged', 12_000, { number: '13800008002', name: null, internal: false }),
    )
    const [first, second] = state.calls
    expect(second).toMatchObject({ direction: 'inbound', madeFor: null, callRef: null, passedBy: '6001' })
    expect(second && [needsGuard(second), consultFor(state, second)]).toEqual([true, null])
    expect(first && consultFor(state, first)).toBeNull()
    expect(handOverEvent(state, at(13_000))).toBeNull()
    const over = play([ends(2, 20_000, 'them')], state)
    expect(over.effects.find((effect) => effect.do === 'finishCall')).toMatchObject({
      record: { id: callId(2), madeFor: null, direction: 'inbound', endedBy: 'caller', outcome: 'answered' },
    })
    expect(over.state.seat).toMatchObject({ wrapups: [callId(2)] })
    expect(over.state.selected).toBe(callId(1))
  })
})
