// Whoever is at the other end of a seat's line. A leg pulls 20 ms from its party and hands it 20 ms, so
// callers, departments, echoes and other seats are all fed by one clock and one numbering per leg.
import { FRAME, mixFrames, type Frame } from './audio.ts'

export type Party = {
  /** The next 20 ms it says; null for silence. Not asked while the seat holds the call. */
  speak: () => Frame | null
  /** 20 ms that the seat said. */
  hear: (frame: Frame) => void
}

/** Frames kept between two clocks: enough for timer jitter, little enough to talk through. */
const MAX_QUEUED = 10

type FrameQueue = { put: (sound: Uint8Array) => void; take: () => Frame | null }

/** Cuts incoming sound into frames and lets the oldest go when nobody takes them. */
export function frameQueue(limit = MAX_QUEUED): FrameQueue {
  const frames: Frame[] = []
  let rest = new Uint8Array(0)
  return {
    put(sound) {
      const all = rest.length === 0 ? sound : Buffer.concat([rest, sound])
      let at = 0
      for (; at + FRAME <= all.length; at += FRAME) frames.push(new Uint8Array(all.subarray(at, at + FRAME)))
      rest = new Uint8Array(all.subarray(at))
      while (frames.length > limit) frames.shift()
    },
    take: () => frames.shift() ?? null,
  }
}

/** Two seats talking through this machine: what one party hears is what the other says. */
export function bridge(): [Party, Party] {
  const [toFirst, toSecond] = [frameQueue(), frameQueue()]
  return [
    { speak: toFirst.take, hear: toSecond.put },
    { speak: toSecond.take, hear: toFirst.put },
  ]
}

/** Says back what it hears, a moment later, so that one can tell the echo from oneself. */
export function echo(delayFrames = 15): Party {
  const queue = frameQueue(delayFrames + MAX_QUEUED)
  let waited = 0
  return {
    hear: queue.put,
    speak() {
      waited += 1
      return waited > delayFrames ? queue.take() : null
    },
  }
}

/** Says these sounds first, then lets the other party take over. */
export function after(sounds: readonly Uint8Array[], then: Party): Party {
  const opening = Buffer.concat(sounds)
  let position = 0
  return {
    hear(frame) {
      if (position >= opening.length) then.hear(frame)
    },
    speak() {
      if (position >= opening.length) return then.speak()
      const frame = opening.subarray(position, position + FRAME)
      position += FRAME
      return frame.length === FRAME ? frame : null
    },
  }
}

export type Room = { enter: () => { party: Party; leave: () => void } }

/** A conference: everyone hears all the others. Advanced by whoever is asked to speak. */
export function room(): Room {
  const guests = new Set<Map<object, FrameQueue>>()
  return {
    enter() {
      // One queue per other guest: mixing happens on taking, so clocks of legs need not agree.
      const inbox = new Map<object, FrameQueue>()
      const self = {}
      guests.add(inbox)
      return {
        leave: () => void guests.delete(inbox),
        party: {
          hear(frame) {
            for (const guest of guests) {
              if (guest === inbox) continue
              const queue = guest.get(self) ?? frameQueue()
              guest.set(self, queue)
              queue.put(frame)
            }
          },
          speak() {
            const heard = [...inbox.values()].map((queue) => queue.take()).filter((frame) => frame !== null)
            return heard.length === 0 ? null : mixFrames(heard)
          },
        },
      }
    },
  }
}
