// Microphones and loudspeakers of this computer, for the settings page: what there is, when that changes, and how loud
// a microphone hears. The telephone opens its own microphone (adapters/phone); this one is only for looking.
import type { RingerState } from '../../core/softphone/sound.ts'

export type AudioDevice = { readonly id: string; readonly label: string }

export type AudioDevices = {
  readonly microphones: readonly AudioDevice[]
  readonly speakers: readonly AudioDevice[]
}

export type MicrophoneProblem = 'denied' | 'missing' | 'busy' | 'failed'

export type Meter =
  | { readonly ok: true; readonly stop: () => void }
  | { readonly ok: false; readonly problem: MicrophoneProblem }

/** Browsers list the system's choice twice more under these ids. */
const aliases = ['default', 'communications', '']

export const isAlias = (id: string): boolean => aliases.includes(id)

/** Labels stay empty until the microphone was allowed once. Never throws: without the right it is an empty list. */
export const listAudioDevices = async (): Promise<AudioDevices> => {
  const all = await (navigator.mediaDevices?.enumerateDevices() ?? Promise.resolve([])).catch(() => [])
  const of = (kind: MediaDeviceKind) =>
    all
      .filter((device) => device.kind === kind && !isAlias(device.deviceId))
      .map((device) => ({ id: device.deviceId, label: device.label }))
  return { microphones: of('audioinput'), speakers: of('audiooutput') }
}

/** Can anything here ring, and is it what was chosen? `chosen` null: whatever the system takes. */
export const lookForRinger = async (chosen: string | null): Promise<RingerState> => {
  const all = await (navigator.mediaDevices?.enumerateDevices() ?? Promise.resolve([])).catch(() => [])
  const ids = all.filter(({ kind }) => kind === 'audiooutput').map(({ deviceId }) => deviceId)
  if (ids.length === 0) return 'missing'
  // Before the microphone was allowed they have no ids: nothing speaks against the chosen one.
  return chosen === null || ids.includes('') || ids.includes(chosen) ? 'there' : 'replaced'
}

/** Tells when something was plugged in or out, until the answer is called. */
export const watchAudioDevices = (listener: () => void): (() => void) => {
  navigator.mediaDevices?.addEventListener('devicechange', listener)
  return () => navigator.mediaDevices?.removeEventListener('devicechange', listener)
}

export const microphoneProblemOf = (fault: unknown): MicrophoneProblem => {
  const name = fault instanceof DOMException ? fault.name : ''
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'denied'
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return 'missing'
  return name === 'NotReadableError' || name === 'AbortError' ? 'busy' : 'failed'
}

const everyMs = 80
/** Speech lies between −60 dB (a quiet room) and 0 dB (the loudest there is). */
const floorDb = -60

/** Opens the microphone and tells its loudness, 0–1, about twelve times a second. `device` null: the system's choice. */
export const openMeter = async (device: string | null, onLevel: (level: number) => void): Promise<Meter> => {
  let stream: MediaStream
  try {
    if (!navigator.mediaDevices) return { ok: false, problem: 'denied' }
    stream = await navigator.mediaDevices.getUserMedia({
      audio: device === null ? true : { deviceId: { exact: device } },
    })
  } catch (fault) {
    return { ok: false, problem: microphoneProblemOf(fault) }
  }
  const context = new AudioContext()
  const analyser = new AnalyserNode(context, { fftSize: 2048 })
  context.createMediaStreamSource(stream).connect(analyser)
  const samples = new Float32Array(analyser.fftSize)
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples)
    const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length
    const db = power === 0 ? floorDb : 10 * Math.log10(power)
    onLevel(Math.min(1, Math.max(0, 1 - db / floorDb)))
  }, everyMs)
  return {
    ok: true,
    stop: () => {
      clearInterval(timer)
      for (const track of stream.getTracks()) track.stop()
      context.close().catch(() => {})
    },
  }
}
