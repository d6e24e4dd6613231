// Which trouble with sound stands beside the line, and when it goes.
import { expect, test } from 'vitest'
import { nothingFound } from '../../../core/seat/selfCheck.ts'
import type { Call } from '../../../core/softphone/call.ts'
import { newCall } from '../../../core/softphone/call.ts'
import { soundTrouble, theyHearNothing } from '../../../renderer/softphone/soundTrouble.ts'
import { anOffer } from '../../makers/seats.ts'
import { at } from '../../makers/stamps.ts'

const spans = { answeredAt: 0, talkMs: 0, holdMs: 0, sinceTick: 0 }
const talking = (over: Partial<Call> = {}): Call => ({
  ...newCall(anOffer(1), 'inbound', at(0), { is: 'talking', ...spans }),
  ...over,
})
const quality = { loss: 0, jitterMs: 1, roundTripMs: 1, mos: 4.3, heard: true, said: true }

test('[AUDIO-1] [F75] [F74] a microphone that is not heard is told with its cause, and gone when it is live again', () => {
  for (const microphone of ['muted', 'missing', 'denied', 'busy'] as const) {
    const trouble = soundTrouble(talking(), { ...nothingFound, microphone })
    expect(trouble).toEqual({ is: microphone })
    expect(trouble && theyHearNothing(trouble)).toBe(true)
  }
  expect(soundTrouble(talking(), { ...nothingFound, microphone: 'live' })).toBeNull()
  const silent = talking({ quality: { ...quality, said: false } })
  expect(soundTrouble(silent, { ...nothingFound, microphone: 'live' })).toEqual({ is: 'silent' })
  expect(soundTrouble(talking({ quality }), nothingFound)).toBeNull()
})

test('[AUDIO-1] muted by the agent, or on hold, is no trouble', () => {
  const findings = { ...nothingFound, microphone: 'muted' } as const
  expect(soundTrouble(talking({ muted: true }), findings)).toBeNull()
  expect(soundTrouble(talking({ phase: { is: 'held', ...spans } }), findings)).toBeNull()
})

test('[AUDIO-2] [AUDIO-4] not hearing them is told; a voice that waits for the agent’s word comes first', () => {
  const deaf = talking({ quality: { ...quality, heard: false } })
  expect(soundTrouble(deaf, nothingFound)).toEqual({ is: 'unheard' })
  const ear = { is: 'asks', id: 'b', label: 'Speakers' } as const
  expect(soundTrouble(deaf, { ...nothingFound, ear })).toEqual({ ...ear, is: 'earAsks' })
})
