// What a seat that cannot take calls does, and how it comes back (docs/rules/seat.md, audio.md).
import { describe, expect, test } from 'vitest'
import type { WorkEvent } from '../../../core/workstation.ts'
import { unfitOf } from '../../../core/workstation.ts'
import type { Unfit } from '../../../core/seat/selfCheck.ts'
import { nothingFound, selfCheckReason, unfitness } from '../../../core/seat/selfCheck.ts'
import type { MicrophoneState, Moved } from '../../../core/softphone/sound.ts'
import { aReadySeat, anOffer, play, registered, signedIn } from '../../makers/seats.ts'
import { at, callId } from '../../makers/stamps.ts'

const microphone = (state: MicrophoneState, ms = 0, moved: Moved = null): WorkEvent => ({
  type: 'microphoneChanged',
  microphone: state,
  label: 'Headset',
  moved,
  ...at(ms),
})
const voicePath = (path: 'trying' | 'open' | 'blocked', ms = 0): WorkEvent => ({
  type: 'voicePathTried',
  path,
  ...at(ms),
})
const words = (effects: readonly { do: string }[]) =>
  effects.flatMap((effect) => ('word' in effect ? [effect.word] : []))

describe('a seat that cannot take calls', () => {
  test('[SEAT-20] [F73] every failed check makes it not ready with its reason, the queue is told, and it comes back by itself', () => {
    const failing: readonly (readonly [WorkEvent, WorkEvent, Unfit])[] = [
      [microphone('denied', 100), microphone('live', 900), 'microphoneDenied'],
      [microphone('missing', 100), microphone('live', 900), 'microphoneMissing'],
      [microphone('busy', 100), microphone('live', 900), 'microphoneBusy'],
      [
        { type: 'earChanged', ear: { is: 'asks', id: 'a', label: 'Speakers' }, moved: null, ...at(100) },
        { type: 'earChanged', ear: { is: 'plays', id: 'a', label: 'Speakers' }, moved: null, ...at(900) },
        'earAsks',
      ],
      [
        { type: 'ringerLooked', ringer: 'missing', ...at(100) },
        { type: 'ringerLooked', ringer: 'there', ...at(900) },
        'ringerMissing',
      ],
      [voicePath('blocked', 100), voicePath('open', 900), 'voiceBlocked'],
    ]
    for (const [fails, passes, why] of failing) {
      const failed = play([fails], aReadySeat())
      expect(unfitOf(failed.state)).toBe(why)
      expect(failed.state.since).toMatchObject({ phase: 'notReady', reason: selfCheckReason })
      expect(words(failed.effects)).toEqual(['pause'])
      const passed = play([passes], failed.state)
      expect(passed.state.since).toMatchObject({ phase: 'ready', reason: null })
      expect(words(passed.effects)).toEqual(['resume'])
    }
  })

  test('[SEAT-20] [F07] [AUDIO-6] the queue never hears ready before the voice path is open', () => {
    const { effects, state } = play([signedIn, voicePath('trying'), microphone('opening'), registered])
    expect(words(effects)).toEqual(['signIn', 'pause'])
    const open = play([microphone('live', 50), voicePath('open', 300)], state)
    expect(words(open.effects)).toEqual(['resume'])
    expect(words(play([microphone('live', 50), voicePath('blocked', 300)], state).effects)).toEqual([])
  })

  test('[SEAT-21] ready pressed meanwhile is told and kept: with the microphone back the seat is ready', () => {
    const resting = play(
      [{ type: 'notReadyPressed', reason: 'XX', ...at(10) }, microphone('missing', 20)],
      aReadySeat(),
    ).state
    expect(resting.since).toMatchObject({ phase: 'notReady', reason: 'XX' })
    const pressed = play([{ type: 'readyPressed', ...at(30) }], resting)
    expect(pressed.effects).toContainEqual({ do: 'tell', text: 'selfCheckFailed', detail: '' })
    expect(pressed.state.since).toMatchObject({ phase: 'notReady', reason: selfCheckReason })
    expect(words(pressed.effects)).toEqual([])
    const back = play([microphone('live', 40)], pressed.state)
    expect(back.state.since.phase).toBe('ready')
    expect(words(back.effects)).toEqual(['resume'])
  })

  test.each([
    ['the voice path', voicePath('trying', 20), voicePath('open', 40)],
    ['the microphone', microphone('opening', 20), microphone('live', 40)],
  ])(
    '[SEAT-21] ready pressed while %s is only being checked: told as that, and ready when it passes',
    (_what, runs, passes) => {
      const resting = play([{ type: 'notReadyPressed', reason: 'XX', ...at(10) }, runs], aReadySeat()).state
      const pressed = play([{ type: 'readyPressed', ...at(30) }], resting)
      expect(pressed.effects.filter((effect) => effect.do === 'tell')).toEqual([
        { do: 'tell', text: 'selfCheckRuns', detail: '' },
      ])
      const passed = play([passes], pressed.state)
      expect(passed.state.since.phase).toBe('ready')
      expect(words(passed.effects)).toEqual(['resume'])
    },
  )

  test('[SEAT-20] [SEAT-5] a check that fails in a call says nothing to the queue until the call and its form are done', () => {
    const { state, effects } = play(
      [
        { type: 'offered', call: anOffer(1), ...at(0) },
        { type: 'answerPressed', callId: callId(1), ...at(10) },
        { type: 'connected', callId: callId(1), ...at(20) },
        microphone('missing', 30),
      ],
      aReadySeat(),
    )
    expect(state.since.phase).toBe('onCall')
    expect(words(effects)).toEqual([])
    const over = play(
      [
        { type: 'ended', callId: callId(1), by: 'them', cause: null, ...at(40) },
        { type: 'formFiled', callId: callId(1), ...at(50) },
      ],
      state,
    )
    expect(words(over.effects)).toEqual(['pause'])
    expect(over.state.since.reason).toBe(selfCheckReason)
  })

  test('[SEAT-22] in practice nothing is barred', () => {
    const practising: WorkEvent = {
      ...(signedIn as Extract<WorkEvent, { type: 'signedIn' }>),
      holder: { agent: '1001', seat: '1001', practice: true } as never,
    }
    const { state } = play([practising, registered, microphone('denied', 20)])
    expect(state.findings.microphone).toBe('denied')
    expect(state.since.phase).toBe('ready')
  })

  test('[F74] a microphone muted by its own key is live all the same: told in the call, no reason to bar it', () => {
    expect(unfitness({ ...nothingFound, microphone: 'muted' })).toBeNull()
  })

  test('[AUDIO-3] [F72] a device that took over is told by its name, one that opened as expected is not', () => {
    const told = (moved: Moved) => play([microphone('live', 10, moved)], aReadySeat()).effects
    expect(told('gone')).toEqual([{ do: 'tell', text: 'microphoneMoved', detail: 'Headset' }])
    expect(told('back')).toEqual([{ do: 'tell', text: 'microphoneBack', detail: 'Headset' }])
    expect(told(null)).toEqual([])
  })
})
