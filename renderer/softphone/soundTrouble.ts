// Which trouble with sound the bar tells beside a line in hand: first what keeps the agent from hearing by our own
// doing, then what keeps the other side from hearing, then what the network keeps from us.
import type { Findings } from '../../core/seat/selfCheck.ts'
import type { Call } from '../../core/softphone/call.ts'
import type { Output } from '../../core/softphone/sound.ts'

export type SoundTrouble =
  | ({ readonly is: 'earAsks' } & Output)
  | { readonly is: 'earMissing' | 'unheard' }
  /** The other side hears nothing of us. */
  | { readonly is: 'muted' | 'silent' | 'missing' | 'denied' | 'busy' }

/** [AUDIO-1] [AUDIO-2] null: nothing is wrong, or nothing should be heard now (hold, muted by the agent). */
export const soundTrouble = (call: Call, findings: Findings): SoundTrouble | null => {
  if (call.phase.is !== 'talking') return null
  const { ear, microphone } = findings
  if (ear?.is === 'asks') return { ...ear, is: 'earAsks' }
  if (ear?.is === 'missing') return { is: 'earMissing' }
  if (!call.muted) {
    if (microphone !== null && microphone !== 'live' && microphone !== 'opening') return { is: microphone }
    if (call.quality?.said === false) return { is: 'silent' }
  }
  return call.quality?.heard === false ? { is: 'unheard' } : null
}

export const theyHearNothing = ({ is }: SoundTrouble): boolean =>
  is !== 'earAsks' && is !== 'earMissing' && is !== 'unheard'
