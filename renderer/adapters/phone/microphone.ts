// One microphone stream, opened before the first call and kept open: opening it takes longer than answering may.
// Every call gets its own copy of the track, so that muting or ending one call touches no other. Which microphone is in
// use, and why it is another one than before, is told.
import type { Clock, Devices } from '../../../core/ports.ts'
import type { MicrophoneState, Moved, Output } from '../../../core/softphone/sound.ts'
import { isAlias } from '../audioDevices.ts'

/** Plugging in a headset announces itself several times. */
const SETTLE_MS = 300
/** A device just plugged in, or in another program's hands, may be had a little later. */
const AGAIN_MS = 5_000

export type MicrophoneListener = (microphone: MicrophoneState, label: string, moved: Moved) => void

export type Microphone = {
  /** Opens it; when it is already wanted, tries again what could not be opened. */
  warm: () => void
  rest: () => void
  useDevices: (devices: Devices) => void
  /** A copy of the open microphone, switched off; silence while there is none, so that the PBX still gets packets. */
  track: () => MediaStreamTrack
  onState: (listener: MicrophoneListener) => void
  /** Another microphone is in use: copies must be replaced. */
  onChange: (listener: () => void) => void
}

export function microphone(clock: Clock): Microphone {
  let devices: Devices = {
    microphone: null,
    speaker: null,
    echoCancellation: true,
    noiseSuppression: true,
    autoGainControl: true,
  }
  let master: MediaStreamTrack | null = null
  let inUse: Output | null = null
  let isWanted = false
  let attempt = 0
  let cancelTimer = () => {}
  let silence: MediaStreamTrack | null = null
  let told = ''
  let tellState: MicrophoneListener = () => {}
  let tellChange: () => void = () => {}

  function tell(state: MicrophoneState, moved: Moved = null) {
    const news = `${state} ${inUse?.id ?? ''}`
    if (news === told && moved === null) return
    told = news
    tellState(state, inUse?.label ?? '', moved)
  }

  /** `byHand`: the agent changed the settings; what came of it is told only if it is not what was chosen. */
  async function open(byHand: boolean) {
    attempt += 1
    const mine = attempt
    const opened = await acquire(devices, isLive())
    const next = typeof opened === 'string' ? null : await deviceOf(opened)
    if (mine !== attempt || !isWanted) {
      if (typeof opened !== 'string') opened.stop()
      return
    }
    if (typeof opened === 'string' || next === null)
      return failed(typeof opened === 'string' ? opened : 'busy', byHand)
    master?.stop()
    const moved = await whyMoved(byHand ? null : inUse, next, devices.microphone)
    master = opened
    inUse = next
    // Unplugged: the browser ends the track without asking.
    opened.addEventListener('ended', () => opened === master && look(SETTLE_MS))
    for (const type of ['mute', 'unmute'] as const)
      opened.addEventListener(type, () => opened === master && tell(heard(opened)))
    tell(heard(opened), moved)
    tellChange()
  }

  /** What is open and heard goes on; giving it up would put silence into every call. */
  async function failed(trouble: Trouble, byHand: boolean) {
    if (master === null || !isLive()) {
      master = null
      tell(trouble)
      tellChange()
      return
    }
    // What the browser refuses is asked for again when it allows it (`watchPermission`).
    if (trouble !== 'denied') look(AGAIN_MS)
    const mine = attempt
    const moved = byHand && inUse !== null ? await whyMoved(null, inUse, devices.microphone) : null
    if (mine === attempt && isLive()) tell(heard(master), moved)
  }

  const isLive = () => master?.readyState === 'live'

  const devicesChanged = () => look(SETTLE_MS)

  function look(inMs: number) {
    cancelTimer()
    cancelTimer = clock.after(inMs, () => void reopenIfBetter())
  }

  /** Opening anew is heard as a click in a live call, so only when another microphone is the right one now. */
  async function reopenIfBetter() {
    if (isWanted && (await isOtherNow(master, devices.microphone))) await open(false)
  }

  return {
    warm() {
      if (isWanted && isLive()) return
      if (!isWanted) {
        navigator.mediaDevices?.addEventListener('devicechange', devicesChanged)
        watchPermission(() => isWanted && devicesChanged())
        isWanted = true
        tell('opening')
      }
      void open(false)
    },
    rest() {
      isWanted = false
      attempt += 1
      told = ''
      cancelTimer()
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
      if (isWanted && !isSame) void open(true)
    },
    track() {
      silence ??= silentTrack()
      const copy = (master ?? silence).clone()
      copy.enabled = false
      return copy
    },
    onState: (listener) => void (tellState = listener),
    onChange: (listener) => void (tellChange = listener),
  }
}

const heard = (track: MediaStreamTrack): MicrophoneState => (track.muted ? 'muted' : 'live')

const inputs = async () =>
  (await navigator.mediaDevices.enumerateDevices()).filter(({ kind }) => kind === 'audioinput')

/** The default names itself by an alias; its group tells which device it is. */
async function deviceOf(track: MediaStreamTrack): Promise<Output> {
  const { deviceId = '', groupId } = track.getSettings()
  const real = (await inputs().catch(() => [])).find(
    (one) => !isAlias(one.deviceId) && (one.deviceId === deviceId || one.groupId === groupId),
  )
  return { id: real?.deviceId ?? deviceId, label: real?.label ?? track.label }
}

/** `wanted` chosen but another one opened, or the one before no longer plugged in: it is gone. */
async function whyMoved(before: Output | null, now: Output, wanted: string | null): Promise<Moved> {
  if (before === null) return wanted !== null && now.id !== wanted ? 'gone' : null
  if (before.id === now.id) return null
  if (now.id === wanted) return 'back'
  const present = await inputs().catch(() => [])
  return present.some(({ deviceId }) => deviceId === before.id) ? 'chosen' : 'gone'
}

/** `wanted` null: the system's default, which may have moved to another device. */
async function isOtherNow(master: MediaStreamTrack | null, wanted: string | null): Promise<boolean> {
  if (master?.readyState !== 'live') return true
  const present = await inputs()
  const { deviceId, groupId } = master.getSettings()
  if (wanted !== null) return deviceId !== wanted && present.some((one) => one.deviceId === wanted)
  const standard = present.find((one) => one.deviceId === 'default')
  return standard !== undefined && groupId !== undefined && standard.groupId !== groupId
}

type Trouble = Extract<MicrophoneState, 'denied' | 'missing' | 'busy'>

/** `hasOther`: one is open already, so that another than the chosen one need not be opened in its place. */
async function acquire(devices: Devices, hasOther: boolean): Promise<MediaStreamTrack | Trouble> {
  const { echoCancellation, noiseSuppression, autoGainControl } = devices
  const processing = { echoCancellation, noiseSuppression, autoGainControl, channelCount: 1 }
  if (devices.microphone !== null) {
    try {
      return await firstTrack({ ...processing, deviceId: { exact: devices.microphone } })
    } catch (error) {
      const trouble = troubleOf(error)
      if (hasOther || trouble === 'denied') return trouble
    }
  }
  return firstTrack(processing).catch(troubleOf)
}

async function firstTrack(audio: MediaTrackConstraints): Promise<MediaStreamTrack> {
  const stream = await navigator.mediaDevices.getUserMedia({ audio, video: false })
  const [track] = stream.getAudioTracks()
  if (!track) throw new DOMException('no audio track', 'NotFoundError')
  return track
}

function troubleOf(error: unknown): Trouble {
  const name = error instanceof Error || error instanceof DOMException ? error.name : ''
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'denied'
  return name === 'NotFoundError' || name === 'OverconstrainedError' ? 'missing' : 'busy'
}

/** Allowed at last, in the browser's own menu: no reason to wait for the next look. */
function watchPermission(changed: () => void) {
  navigator.permissions?.query({ name: 'microphone' }).then(
    (permission) => permission.addEventListener('change', changed),
    () => {},
  )
}

function silentTrack(): MediaStreamTrack {
  const [track] = new AudioContext().createMediaStreamDestination().stream.getAudioTracks()
  if (!track) throw new Error('no silent track')
  return track
}
