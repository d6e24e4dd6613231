// One microphone stream, opened before the first call and kept open: opening it takes longer than answering may.
// Every call gets its own copy of the track, so that muting or ending one call touches no other.
import type { Devices } from '../../../core/ports.ts'
import { phoneTexts } from './phoneTexts.ts'

/** Plugging in a headset announces itself several times. */
const SETTLE_MS = 300

export type Microphone = {
  warm: () => void
  rest: () => void
  useDevices: (devices: Devices) => void
  /** A copy of the open microphone, switched off; silence while there is none, so that the PBX still gets packets. */
  track: () => MediaStreamTrack
  onFault: (listener: (text: string) => void) => void
  /** Another microphone is in use: copies must be replaced. */
  onChange: (listener: () => void) => void
}

export function microphone(): Microphone {
  let devices: Devices = {
    microphone: null,
    speaker: null,
    echoCancellation: true,
    noiseSuppression: true,
    autoGainControl: true,
  }
  let master: MediaStreamTrack | null = null
  let isWanted = false
  let attempt = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  let silence: MediaStreamTrack | null = null
  let tellFault: (text: string) => void = () => {}
  let tellChange: () => void = () => {}

  async function open() {
    attempt += 1
    const mine = attempt
    const opened = await acquire(devices, (text) => mine === attempt && tellFault(text))
    if (mine !== attempt || !isWanted) {
      opened?.stop()
      return
    }
    master?.stop()
    master = opened
    // Unplugged: the browser ends the track without asking.
    master?.addEventListener('ended', () => mine === attempt && devicesChanged())
    tellChange()
  }

  function devicesChanged() {
    clearTimeout(timer)
    timer = setTimeout(() => void reopenIfBetter(), SETTLE_MS)
  }

  /** Opening anew is heard as a click in a live call, so only when another microphone is the right one now. */
  async function reopenIfBetter() {
    if (isWanted && (await isOtherNow(master, devices.microphone))) await open()
  }

  return {
    warm() {
      if (isWanted && master?.readyState === 'live') return
      if (!isWanted) navigator.mediaDevices?.addEventListener('devicechange', devicesChanged)
      isWanted = true
      void open()
    },
    rest() {
      isWanted = false
      attempt += 1
      clearTimeout(timer)
      navigator.mediaDevices?.removeEventListener('devicechange', devicesChanged)
      master?.stop()
      master = null
    },
    useDevices(next) {
      const isSame =
        next.microphone === devices.microphone &&
        next.echoCancellation === devices.echoCancellation &&
        next.noiseSuppression === devices.noiseSuppression &&
        next.autoGainControl === devices.autoGainControl
      devices = next
      if (isWanted && !isSame) void open()
    },
    track() {
      silence ??= silentTrack()
      const copy = (master ?? silence).clone()
      copy.enabled = false
      return copy
    },
    onFault: (listener) => void (tellFault = listener),
    onChange: (listener) => void (tellChange = listener),
  }
}

/** `wanted` null: the system's default, which may have moved to another device. */
async function isOtherNow(master: MediaStreamTrack | null, wanted: string | null): Promise<boolean> {
  if (master?.readyState !== 'live') return true
  const present = (await navigator.mediaDevices.enumerateDevices()).filter(
    ({ kind }) => kind === 'audioinput',
  )
  const { deviceId, groupId } = master.getSettings()
  if (wanted !== null) return deviceId !== wanted && present.some((one) => one.deviceId === wanted)
  const standard = present.find((one) => one.deviceId === 'default')
  return standard !== undefined && groupId !== undefined && standard.groupId !== groupId
}

async function acquire(devices: Devices, fault: (text: string) => void): Promise<MediaStreamTrack | null> {
  const { echoCancellation, noiseSuppression, autoGainControl } = devices
  const processing = { echoCancellation, noiseSuppression, autoGainControl, channelCount: 1 }
  if (devices.microphone !== null) {
    try {
      return await firstTrack({ ...processing, deviceId: { exact: devices.microphone } })
    } catch (error) {
      if (nameOf(error) === 'NotAllowedError') return failed(error, fault)
    }
  }
  try {
    const track = await firstTrack(processing)
    if (devices.microphone !== null) fault(phoneTexts.microphoneReplaced)
    return track
  } catch (error) {
    return failed(error, fault)
  }
}

async function firstTrack(audio: MediaTrackConstraints): Promise<MediaStreamTrack> {
  const stream = await navigator.mediaDevices.getUserMedia({ audio, video: false })
  const [track] = stream.getAudioTracks()
  if (!track) throw new DOMException('no audio track', 'NotFoundError')
  return track
}

function failed(error: unknown, fault: (text: string) => void): null {
  const name = nameOf(error)
  if (name === 'NotAllowedError' || name === 'SecurityError') fault(phoneTexts.microphoneDenied)
  else if (name === 'NotFoundError' || name === 'OverconstrainedError') fault(phoneTexts.microphoneMissing)
  else fault(phoneTexts.microphoneBusy)
  return null
}

const nameOf = (error: unknown) => (error instanceof Error || error instanceof DOMException ? error.name : '')

function silentTrack(): MediaStreamTrack {
  const [track] = new AudioContext().createMediaStreamDestination().stream.getAudioTracks()
  if (!track) throw new Error('no silent track')
  return track
}
