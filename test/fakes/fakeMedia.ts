// Sound without sound, for the telephone's signalling in Node: made-up descriptions, and switches to break them.
import type { CallMedia, Media } from '../../renderer/adapters/phone/media.ts'
import type { Ear, MicrophoneState, Moved } from '../../core/softphone/sound.ts'
import type { MicrophoneListener } from '../../renderer/adapters/phone/microphone.ts'
import { SDP } from './sipPeer.ts'

export type FakeCallMedia = CallMedia & {
  readonly voice: () => { speaks: boolean; hears: boolean }
  /** Directions of every offer and answer made, in order; "+restart" where ICE begins anew. */
  readonly agreed: readonly string[]
  readonly digits: () => string
  readonly isClosed: () => boolean
  /** The path between the ends breaks or comes back. */
  path(path: 'found' | 'lost'): void
}

export type FakeMedia = Media & {
  readonly calls: readonly FakeCallMedia[]
  /** Packets that arrive between two samples; 0: nothing is heard. */
  arriving: number
  /** Pairs joined so far, and which of them still are. */
  readonly joins: readonly { readonly of: readonly CallMedia[]; isOn: boolean }[]
  /** What happens next time two calls are to be joined. */
  joining: 'works' | 'fails'
  /** Any description is refused, as one without a common format would be. */
  refuses: boolean
  /** So many of the next descriptions never come: neither made nor refused. */
  stuck: number
  /** The two ends of new calls never find each other. */
  pathless: boolean
  /** The microphone changes as a device would make it. */
  microphone(state: MicrophoneState, label?: string, moved?: Moved): void
  ear(ear: Ear, moved?: Moved): void
  readonly agreed: readonly string[]
}

export function fakeMedia(tick: () => number): FakeMedia {
  const calls: FakeCallMedia[] = []
  let tellMicrophone: MicrophoneListener = () => {}
  let tellEar: (ear: Ear, moved: Moved) => void = () => {}
  const agreed: string[] = []

  function open(): FakeCallMedia {
    let voice = { speaks: false, hears: false }
    let digits = ''
    let received = 0
    let isClosed = false
    let ready = ''
    let tellPath: (path: 'found' | 'lost') => void = () => {}
    const agreed: string[] = []
    const made = (direction: string): Promise<string> => {
      if (media.refuses) return Promise.reject(new Error('no common format'))
      agreed.push(direction)
      if (media.stuck > 0) {
        media.stuck -= 1
        return new Promise(() => {})
      }
      ready = `${SDP}a=${direction.replace('+restart', '')}\r\n`
      return Promise.resolve(ready)
    }
    const call: FakeCallMedia = {
      agreed,
      voice: () => voice,
      digits: () => digits,
      isClosed: () => isClosed,
      path: (path) => tellPath(path),
      offer: (direction, restart) => made(restart ? `${direction}+restart` : direction),
      answer: (_offer, direction) => made(direction),
      accept: () => (media.refuses ? Promise.reject(new Error('no common format')) : Promise.resolve()),
      described: () => ready,
      beginAnew: () => void agreed.push('anew'),
      rollback: () => Promise.resolve(),
      setVoice: (next) => void (voice = next),
      setRingback: () => {},
      sendDigits: (more) => void (digits += more),
      sample() {
        received += media.arriving
        return Promise.resolve({
          tick: tick(),
          received,
          lost: 0,
          jitterMs: 2,
          roundTripMs: 10,
          ours: null,
          theirs: null,
        })
      },
      onPath(listener) {
        tellPath = listener
        if (!media.pathless) listener('found')
      },
      close: () => void (isClosed = true),
    }
    calls.push(call)
    return call
  }

  const joins: { of: CallMedia[]; isOn: boolean }[] = []
  const media: FakeMedia = {
    calls,
    joins,
    joining: 'works',
    arriving: 50,
    refuses: false,
    stuck: 0,
    pathless: false,
    microphone: (state, label = 'Headset', moved = null) => tellMicrophone(state, label, moved),
    ear: (ear, moved = null) => tellEar(ear, moved),
    agreed,
    warm() {
      tellMicrophone('opening', '', null)
      tellMicrophone('live', 'Headset', null)
    },
    rest: () => {},
    useDevices: () => {},
    onMicrophone: (listener) => void (tellMicrophone = listener),
    onEar: (listener) => void (tellEar = listener),
    hearOn: (device) => void agreed.push(device),
    open,
    join(first, second) {
      if (media.joining === 'fails') return Promise.reject(new Error('no mixer'))
      const join = { of: [first, second], isOn: true }
      joins.push(join)
      return Promise.resolve(() => void (join.isOn = false))
    },
  }
  return media
}
