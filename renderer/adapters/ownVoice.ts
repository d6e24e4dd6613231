// Lets one hear oneself without any exchange: takes three seconds from the microphone and plays them where callers are
// heard. First the one, then the other, so that a loudspeaker cannot howl.
import type { Settings } from '../../contract/settings.ts'
import type { MicrophoneProblem } from './audioDevices.ts'
import { microphoneProblemOf } from './audioDevices.ts'
import { route } from './phone/speakerRoute.ts'

export const TAKE_MS = 3_000

export type OwnVoice =
  | { readonly ok: true; readonly peak: number }
  | { readonly ok: false; readonly problem: MicrophoneProblem }

/** Resolves when all has been played; `peak`: the loudest moment, 0–1. `stage` tells what goes on. */
export const hearOwnVoice = async (
  settings: Pick<
    Settings,
    'microphone' | 'speaker' | 'echoCancellation' | 'noiseSuppression' | 'autoGainControl'
  >,
  stage: (now: 'taking' | 'playing') => void,
): Promise<OwnVoice> => {
  const { microphone, speaker, echoCancellation, noiseSuppression, autoGainControl } = settings
  let stream: MediaStream
  try {
    if (!navigator.mediaDevices) return { ok: false, problem: 'denied' }
    const device = microphone === null ? {} : { deviceId: { exact: microphone } }
    const processing = { echoCancellation, noiseSuppression, autoGainControl }
    stream = await navigator.mediaDevices.getUserMedia({ audio: { ...processing, ...device } })
  } catch (fault) {
    return { ok: false, problem: microphoneProblemOf(fault) }
  }
  const context = new AudioContext()
  try {
    stage('taking')
    const taken = await take(stream)
    const sound = await context.decodeAudioData(taken)
    stage('playing')
    route(context, speaker)
    await played(context, sound)
    return { ok: true, peak: peakOf(sound) }
  } catch {
    return { ok: false, problem: 'failed' }
  } finally {
    for (const track of stream.getTracks()) track.stop()
    context.close().catch(() => {})
  }
}

const take = (stream: MediaStream): Promise<ArrayBuffer> =>
  new Promise((resolve, reject) => {
    const recorder = new MediaRecorder(stream)
    const parts: Blob[] = []
    recorder.addEventListener('dataavailable', ({ data }) => void parts.push(data))
    recorder.addEventListener('stop', () => resolve(new Blob(parts).arrayBuffer()))
    recorder.addEventListener('error', () => reject(new Error('not recorded')))
    recorder.start()
    setTimeout(() => recorder.state === 'recording' && recorder.stop(), TAKE_MS)
  })

const played = (context: AudioContext, buffer: AudioBuffer): Promise<void> =>
  new Promise((resolve) => {
    const source = new AudioBufferSourceNode(context, { buffer })
    source.addEventListener('ended', () => resolve())
    source.connect(context.destination)
    source.start()
    context.resume().catch(() => {})
  })

const peakOf = (sound: AudioBuffer): number =>
  sound.getChannelData(0).reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 0)
