// The sound of a seat as facts: its microphone, where callers are heard, whether voice gets through to the exchange.
// And the one decision about hearing: on which device the caller's voice may come out without asking.
import type { Stamp } from './phoneEvent.ts'

/** Only `live` is heard by the other side; `muted`: by the device's own key. */
export type MicrophoneState = 'opening' | 'live' | 'muted' | 'denied' | 'missing' | 'busy'

export type Output = { readonly id: string; readonly label: string }

/** Where callers are heard. `asks`: only on this device, which may be a loudspeaker, and nobody has agreed yet. */
export type Ear =
  | ({ readonly is: 'plays' } & Output)
  | ({ readonly is: 'asks' } & Output)
  | { readonly is: 'missing' }

/** Why another device is used now: the one before is gone, is back, or the computer's default was changed. */
export type Moved = 'gone' | 'back' | 'chosen' | null

/** `untried`: the exchange has no echo number, or did not take the call. */
export type VoicePath = 'trying' | 'open' | 'blocked' | 'untried'

/** What rings: the device chosen, the system's while that one is gone, or nothing on this computer. */
export type RingerState = 'there' | 'replaced' | 'missing'

export type SoundEvent = Stamp &
  (
    | {
        readonly type: 'microphoneChanged'
        readonly microphone: MicrophoneState
        /** Name of the device as the system gives it; '' unknown. */
        readonly label: string
        readonly moved: Moved
      }
    | { readonly type: 'earChanged'; readonly ear: Ear; readonly moved: Moved }
    | { readonly type: 'ringerLooked'; readonly ringer: RingerState }
    | { readonly type: 'voicePathTried'; readonly path: VoicePath }
  )

/** Names of things worn on the head or held to it; everything else may be heard by the whole room. */
const WORN =
  /headset|headphone|earphone|earpiece|handset|hands-?free|airpods|buds|jabra|plantronics|\bpoly\b|\bepos\b|sennheiser|\bh\d{3}\b|耳机|耳麦|头戴|听筒/i

export const isWorn = (label: string): boolean => WORN.test(label)

export type Hearing = {
  /** Chosen in the settings; null: the system's default. */
  readonly wanted: string | null
  /** What is plugged in, without the system's aliases. */
  readonly outputs: readonly Output[]
  /** What the system's default is just now; null: unknown. */
  readonly standard: Output | null
  /** Where callers were heard so far. */
  readonly last: Output | null
  /** Devices the agent has agreed to. */
  readonly agreed: readonly string[]
}

/**
 * [AUDIO-4] The device one has chosen, else the system's default. When the device in use disappears, what is left
 * takes over by itself only if it is worn; a loudspeaker waits for the agent's word.
 */
export const chooseEar = ({ wanted, outputs, standard, last, agreed }: Hearing): Ear => {
  const chosen = outputs.find(({ id }) => id === wanted)
  if (chosen) return { is: 'plays', ...chosen }
  const next = standard ?? outputs[0]
  if (!next) return { is: 'missing' }
  const isThere = (id: string) => outputs.some((output) => output.id === id)
  // The default was moved by hand while the old one is still plugged in: that is the agent's own wish.
  const follows = wanted === null && (last === null || last.id === next.id || isThere(last.id))
  const may = follows || isWorn(next.label) || agreed.includes(next.id)
  return { is: may ? 'plays' : 'asks', ...next }
}
