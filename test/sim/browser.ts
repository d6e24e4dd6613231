// The two browser classes the seat's code makes for itself, without threads or timers of their own: a Blob that holds
// its bytes, and a BroadcastChannel nobody else listens to (a seat has one window, renderer/adapters/seatLock.ts).

export class SimBlob {
  readonly text: string
  constructor(parts: readonly Uint8Array[]) {
    this.text = parts.map((part) => new TextDecoder().decode(part)).join('')
  }
}

class SimChannel extends EventTarget {
  readonly name: string
  constructor(name: string) {
    super()
    this.name = name
  }
  postMessage(): void {
    // Nobody is there.
  }
  close(): void {
    // Nothing to close.
  }
}

/** Puts them in place of Node's for the whole process. */
export const useSimBrowser = (): void => {
  Object.assign(globalThis, { Blob: SimBlob, BroadcastChannel: SimChannel })
}
