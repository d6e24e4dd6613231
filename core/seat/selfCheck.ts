// Can this seat really take a call? What was found of microphone, ear, ring device and voice path, and the one reason
// why not that the agent is told first. A failed check keeps the seat from being ready and lets go by itself.
import type { Effect } from '../effects.ts'
import type { Ear, MicrophoneState, Moved, RingerState, SoundEvent, VoicePath } from '../softphone/sound.ts'

export type Findings = {
  /** null: not looked yet. */
  readonly microphone: MicrophoneState | null
  readonly ear: Ear | null
  readonly ringer: RingerState | null
  readonly voicePath: VoicePath | null
}

export const nothingFound: Findings = { microphone: null, ear: null, ringer: null, voicePath: null }

/** Most pressing first: without a microphone nothing else is worth telling. */
export type Unfit =
  | 'microphoneOpening'
  | 'microphoneDenied'
  | 'microphoneMissing'
  | 'microphoneBusy'
  | 'earAsks'
  | 'earMissing'
  | 'ringerMissing'
  | 'voiceTrying'
  | 'voiceBlocked'

/** Reason code of the not-ready that a failed self-check brings about [SEAT-20]. */
export const selfCheckReason = 'ZJ'

/** null: nothing speaks against a call. A microphone muted by its own key is live: it is told in the call. */
export const unfitness = ({ microphone, ear, ringer, voicePath }: Findings): Unfit | null => {
  if (microphone === 'denied') return 'microphoneDenied'
  if (microphone === 'missing') return 'microphoneMissing'
  if (microphone === 'busy') return 'microphoneBusy'
  if (microphone === 'opening') return 'microphoneOpening'
  if (ear?.is === 'asks') return 'earAsks'
  if (ear?.is === 'missing') return 'earMissing'
  if (ringer === 'missing') return 'ringerMissing'
  if (voicePath === 'blocked') return 'voiceBlocked'
  return voicePath === 'trying' ? 'voiceTrying' : null
}

/** Nothing has failed: what still runs takes seconds, or an answer to the browser's question. */
export const isChecking = (unfit: Unfit): boolean => unfit === 'microphoneOpening' || unfit === 'voiceTrying'

/** Takes in what was found; a device that took over from another one is told [AUDIO-3] [AUDIO-5]. */
export const stepFindings = (findings: Findings, event: SoundEvent): [Findings, Effect[]] => {
  switch (event.type) {
    case 'microphoneChanged':
      return [
        { ...findings, microphone: event.microphone },
        event.microphone === 'live' ? told('microphone', event.moved, event.label) : [],
      ]
    case 'earChanged':
      return [
        { ...findings, ear: event.ear },
        event.ear.is === 'plays' ? told('ear', event.moved, event.ear.label) : [],
      ]
    case 'ringerLooked':
      return [{ ...findings, ringer: event.ringer }, ringerTold(findings.ringer, event.ringer)]
    default:
      return [{ ...findings, voicePath: event.path }, []]
  }
}

const sentences = {
  microphone: { gone: 'microphoneMoved', back: 'microphoneBack', chosen: 'microphoneBack' },
  ear: { gone: 'earMoved', back: 'earBack', chosen: 'earBack' },
} as const

const told = (what: 'microphone' | 'ear', moved: Moved, label: string): Effect[] =>
  moved === null ? [] : [{ do: 'tell', text: sentences[what][moved], detail: label }]

const ringerTold = (before: RingerState | null, now: RingerState): Effect[] => {
  if (now === 'replaced' && before !== now) return [{ do: 'tell', text: 'ringerMoved', detail: '' }]
  return now === 'there' && before === 'replaced' ? [{ do: 'tell', text: 'ringerBack', detail: '' }] : []
}
