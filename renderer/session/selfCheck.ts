// Looks, at sign-in and every minute, whether the seat can really take a call: microphone and ear, something that rings,
// a voice path to the exchange. What is found goes to core, which decides whether the seat may be ready.
import type { Clock, Phone } from '../../core/ports.ts'
import type { Stamp } from '../../core/softphone/phoneEvent.ts'
import type { RingerState, VoicePath } from '../../core/softphone/sound.ts'
import { liveCalls, phoneIsUp } from '../../core/workstation.ts'
import type { Store } from '../store.ts'

const EVERY_MS = 60_000

export type SelfCheck = {
  /** A person asks: look at everything now. */
  now(): void
  stop(): void
}

export const startSelfCheck = (deps: {
  readonly clock: Clock
  readonly phone: Pick<Phone, 'checkSound' | 'tryVoicePath'>
  readonly store: Store
  stamp(): Stamp
  /** null: the exchange has none, or its callers are simulated. */
  readonly echoNumber: string | null
  lookForRinger(): Promise<RingerState>
  watchDevices(listener: () => void): () => void
}): SelfCheck => {
  const { clock, phone, store, stamp, echoNumber } = deps
  let stopped = false
  let trying = false
  let wasUp = false
  /** A trial is due as soon as there is no call. */
  let owed = false
  let cancel = (): void => undefined

  const lookForRinger = async (): Promise<void> => {
    const ringer = await deps.lookForRinger()
    if (!stopped && store.read().findings.ringer !== ringer)
      store.dispatch({ type: 'ringerLooked', ringer, ...stamp() })
  }
  const found = (path: VoicePath): void => {
    if (store.read().findings.voicePath !== path) store.dispatch({ type: 'voicePathTried', path, ...stamp() })
  }
  const mayTry = (): boolean => !stopped && phoneIsUp(store.read()) && liveCalls(store.read()).length === 0
  const tryVoice = async (): Promise<void> => {
    if (echoNumber === null || trying || !mayTry()) return
    trying = true
    owed = false
    let path = await phone.tryVoicePath(echoNumber)
    // A computer that is very busy is too slow now and then: nobody is kept from calls on one word.
    if (path === 'blocked' && mayTry()) path = await phone.tryVoicePath(echoNumber)
    else if (path === 'blocked') owed = true
    trying = false
    // Another line since, or a call: what was found is no longer asked.
    if (owed) return tryVoice()
    // A call that could not be made says nothing new about a path that was known.
    if (!stopped && (path !== 'untried' || store.read().findings.voicePath === 'trying')) found(path)
  }
  const look = (): void => {
    phone.checkSound()
    void lookForRinger()
    if (store.read().findings.voicePath !== 'open') void tryVoice()
  }
  const again = (): void => {
    cancel = clock.after(EVERY_MS, () => {
      look()
      again()
    })
  }

  // [AUDIO-6] Known before the queue hears that the seat is ready.
  if (echoNumber !== null) found('trying')
  void lookForRinger()
  again()
  const leaveStore = store.subscribe(() => {
    const isUp = phoneIsUp(store.read())
    // Another line, perhaps another network.
    if (isUp && !wasUp) owed = true
    wasUp = isUp
    if (owed) void tryVoice()
  })
  const leaveDevices = deps.watchDevices(() => void lookForRinger())
  return {
    now: look,
    stop() {
      stopped = true
      cancel()
      leaveStore()
      leaveDevices()
    },
  }
}
