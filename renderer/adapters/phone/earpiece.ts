// Where callers are heard: follows what is plugged in and out, and keeps the voice to itself while the only device left
// may be a loudspeaker. Where it may go without asking is core's to say (core/softphone/sound.ts).
import type { Ear, Hearing, Moved, Output } from '../../../core/softphone/sound.ts'
import { chooseEar } from '../../../core/softphone/sound.ts'
import { isAlias } from '../audioDevices.ts'

/** Plugging in a headset announces itself several times. */
const SETTLE_MS = 300

export type Earpiece = {
  start(): void
  stop(): void
  useSpeaker(wanted: string | null): void
  /** The agent agrees to hear callers on this device. */
  allow(id: string): void
  /** Device to play on, '' the system's default; null: nothing may be played now. */
  sink(): string | null
  onSink(listener: () => void): void
  onEar(listener: (ear: Ear, moved: Moved) => void): void
}

export function earpiece(): Earpiece {
  let wanted: string | null = null
  let ear: Ear | null = null
  let last: Output | null = null
  let isOn = false
  let look = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  const agreed: string[] = []
  let tellSink: () => void = () => {}
  let tellEar: (ear: Ear, moved: Moved) => void = () => {}

  /** `byHand`: chosen or agreed to by the agent, who need not be told. */
  async function choose(byHand: boolean) {
    look += 1
    const mine = look
    const found = await plugged()
    if (!isOn || mine !== look || found === null) return
    const { outputs, standard } = found
    const next = chooseEar({ wanted, outputs, standard, last, agreed })
    const isSame = ear?.is === next.is && idOf(ear) === idOf(next)
    const moved = byHand ? null : whyMoved(last, next, wanted, outputs)
    if (next.is === 'plays') last = { id: next.id, label: next.label }
    if (isSame) return
    ear = next
    tellSink()
    tellEar(next, moved)
  }

  function devicesChanged() {
    clearTimeout(timer)
    timer = setTimeout(() => void choose(false), SETTLE_MS)
  }

  return {
    start() {
      if (!isOn) navigator.mediaDevices?.addEventListener('devicechange', devicesChanged)
      isOn = true
      void choose(false)
    },
    stop() {
      isOn = false
      clearTimeout(timer)
      navigator.mediaDevices?.removeEventListener('devicechange', devicesChanged)
    },
    useSpeaker(next) {
      if (next === wanted) return
      wanted = next
      // What was heard before plays no part when the agent chooses anew.
      last = null
      if (isOn) void choose(true)
    },
    allow(id) {
      agreed.push(id)
      void choose(true)
    },
    sink: () => (ear === null ? (wanted ?? '') : ear.is === 'plays' ? ear.id : null),
    onSink: (listener) => void (tellSink = listener),
    onEar: (listener) => void (tellEar = listener),
  }
}

const idOf = (ear: Ear | null) => (ear === null || ear.is === 'missing' ? '' : ear.id)

function whyMoved(last: Output | null, ear: Ear, wanted: string | null, outputs: readonly Output[]): Moved {
  if (ear.is !== 'plays' || last === null) return null
  if (ear.id === wanted || ear.id === last.id) return 'back'
  return outputs.some(({ id }) => id === last.id) ? 'chosen' : 'gone'
}

/** null: the browser does not name devices before the microphone is allowed; then it plays where it plays. */
async function plugged(): Promise<Pick<Hearing, 'outputs' | 'standard'> | null> {
  const all = (await navigator.mediaDevices?.enumerateDevices().catch(() => [])) ?? []
  const found = all.filter(({ kind }) => kind === 'audiooutput')
  if (found.some(({ deviceId }) => deviceId === '')) return null
  const real = found.filter(({ deviceId }) => !isAlias(deviceId))
  const alias = found.find(({ deviceId }) => deviceId === 'default')
  const standard = real.find(({ groupId, label }) =>
    alias ? alias.label.endsWith(label) || (label === '' && groupId === alias.groupId) : false,
  )
  const outputOf = ({ deviceId, label }: MediaDeviceInfo): Output => ({ id: deviceId, label })
  return { outputs: real.map(outputOf), standard: standard ? outputOf(standard) : null }
}
