// A call put through without asking first: to whom, one at a time, and what the keys say meanwhile.
import { describe, expect, test } from 'vitest'
import { commands } from '../../../core/commands.ts'
import { passingOf } from '../../../core/softphone/lines.ts'
import type { WorkEvent } from '../../../core/workstation.ts'
import { aReadySeat, anOffer, play } from '../../makers/seats.ts'
import { at, callId } from '../../makers/stamps.ts'

const id = callId(1)
const talking = play(
  [
    { type: 'offered', call: anOffer(1), ...at(0) },
    { type: 'answerPressed', callId: id, ...at(100) },
    { type: 'connected', callId: id, ...at(200) },
  ],
  aReadySeat(),
).state
const passTo = (number: string, noWorker: boolean, ms: number): WorkEvent => ({
  type: 'transferPressed',
  callId: id,
  number,
  name: null,
  noWorker,
  ...at(ms),
})
const transferring = play([passTo('12333', true, 1_000)], talking)

describe('without a consultation', () => {
  test('[CALL-22] a caller goes to whom is known to be no worker; of any other number it is told to ask first', () => {
    expect(transferring.effects).toEqual([{ do: 'transferCall', callId: id, number: '12333' }])
    const stranger = play([passTo('13900002002', false, 1_000)], talking)
    expect(stranger.effects).toEqual([{ do: 'tell', text: 'consultFirst', detail: '' }])
    expect(stranger.state.calls).toEqual(talking.calls)
  })

  test('[CALL-22] while it rings there the key is off, and a second try is told to wait', () => {
    const [call] = transferring.state.calls
    expect(call && passingOf(transferring.state, call)).toMatchObject({ kind: 'blind', number: '12333' })
    expect(commands.transfer.may(talking)).toBe(true)
    expect(commands.transfer.may(transferring.state)).toBe(false)
    const again = play([passTo('12348', true, 2_000)], transferring.state)
    expect(again.effects).toEqual([{ do: 'tell', text: 'transferRuns', detail: '' }])
    expect(again.state.calls).toEqual(transferring.state.calls)
  })

  test('[CALL-22] when it failed it can be tried again', () => {
    const failed = play(
      [{ type: 'transferFailed', callId: id, text: '', ...at(3_000) }],
      transferring.state,
    ).state
    expect(commands.transfer.may(failed)).toBe(true)
    expect(play([passTo('12348', true, 4_000)], failed).effects).toEqual([
      { do: 'transferCall', callId: id, number: '12348' },
    ])
  })
})
