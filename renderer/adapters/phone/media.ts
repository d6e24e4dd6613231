// What the telephone needs of sound. The browser gives it with WebRTC (browserMedia.ts); the signalling knows
// only this, so it also runs where there is no sound at all.
import type { Devices } from '../../../core/ports.ts'
import type { VoiceSample } from '../../../core/softphone/quality.ts'
import type { Ear, Moved } from '../../../core/softphone/sound.ts'
import type { MicrophoneListener } from './microphone.ts'

export interface Media {
  /** Opens the microphone and keeps it open, so that no call has to wait for it. Again: tries what could not be opened. */
  warm(): void
  /** Lets the microphone go. */
  rest(): void
  /** Takes effect on open calls too. */
  useDevices(devices: Devices): void
  /** How the microphone is, from `warm` on and whenever it changes. */
  onMicrophone(listener: MicrophoneListener): void
  /** Where callers are heard, whenever that changes. */
  onEar(listener: (ear: Ear, moved: Moved) => void): void
  /** The agent agrees to hear callers on this device. */
  hearOn(device: string): void
  /** `mute`: a call nobody speaks on (queue codes); it never touches the microphone. */
  open(kind: 'voice' | 'mute'): CallMedia
  /**
   * Three-way: each side hears the other and us, as far as its call hears at all. The answer ends it. Rejects when
   * this machine cannot mix them.
   */
  join(first: CallMedia, second: CallMedia): Promise<() => void>
}

/** ours: what we want to do; the other side may allow less. */
export type MediaDirection = 'sendrecv' | 'sendonly' | 'recvonly'

/** One call's sound. Every description is SDP. Promises reject when the description cannot be used. */
export interface CallMedia {
  offer(direction: MediaDirection, restart: boolean): Promise<string>
  /** `early`: an announcement before the answer; the final answer may still differ. */
  accept(answer: string, early: boolean): Promise<void>
  /** Takes an offer and makes our answer; resolves when the answer can be sent. Nothing is heard or said yet. */
  answer(offer: string, direction: MediaDirection): Promise<string>
  /** Our present description, with whatever addresses of ours have been found by now. */
  described(): string
  /** What was begun does not come to an end: all of it is given up, and the next description begins with a new path. */
  beginAnew(): void
  /** Our offer was refused: back to what was agreed before. */
  rollback(): Promise<void>
  /** At once, without asking the other side. */
  setVoice(voice: { readonly speaks: boolean; readonly hears: boolean }): void
  /** The tone of a phone ringing far away, for when the PBX sends none. */
  setRingback(on: boolean): void
  sendDigits(digits: string): void
  /** Running totals; null: the call is closed. */
  sample(): Promise<VoiceSample | null>
  /** `lost`: the path between the two ends broke; it may come back by itself. */
  onPath(listener: (path: 'found' | 'lost') => void): void
  close(): void
}
