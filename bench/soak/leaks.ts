// What a page still holds on to: read over the DevTools protocol after a garbage collection, so that only what is
// really kept counts. Timers are counted by a probe in the page, because the protocol does not know them.
import type { CDPSession, Page } from 'playwright-core'

/** Everything counted while no call is going on. */
export type Holdings = {
  readonly heapMb: number
  /** RTCPeerConnection objects alive, and those among them not closed. */
  readonly peers: number
  readonly openPeers: number
  /** MediaStreamTrack objects alive, and those among them still live. */
  readonly tracks: number
  readonly liveTracks: number
  readonly audioElements: number
  readonly openContexts: number
  readonly sockets: number
  readonly listeners: number
  readonly nodes: number
  readonly timers: number
}

declare global {
  interface Window {
    soakProbe: {
      timers(): number
      rejections: string[]
      /** Steps of a peer connection that were begun and have not come to an end: their names and ages in ms. */
      underWay(): string[]
    }
  }
}

/** Runs in the page before its own code; must not refer to anything outside itself. */
export function installProbe(): void {
  const pending = new Set<number>()
  const rejections: string[] = []
  const { setTimeout: later, setInterval: often, clearTimeout: forget } = window
  window.setTimeout = ((run: (...all: unknown[]) => void, ms?: number, ...rest: unknown[]) => {
    const id = later(() => {
      pending.delete(id)
      run(...rest)
    }, ms)
    pending.add(id)
    return id
  }) as typeof window.setTimeout
  window.setInterval = ((run: () => void, ms?: number, ...rest: unknown[]) => {
    const id = often(run, ms, ...rest)
    pending.add(id)
    return id
  }) as typeof window.setInterval
  const clear = ((id?: number) => {
    if (id === undefined) return
    pending.delete(id)
    forget(id)
  }) as typeof window.clearTimeout
  window.clearTimeout = clear
  window.clearInterval = clear
  window.addEventListener('unhandledrejection', (event) => rejections.push(String(event.reason)))
  const steps = new Set<{ name: string; since: number }>()
  for (const name of [
    'createOffer',
    'createAnswer',
    'setLocalDescription',
    'setRemoteDescription',
  ] as const) {
    const real = RTCPeerConnection.prototype[name] as (...all: unknown[]) => Promise<unknown>
    Object.defineProperty(RTCPeerConnection.prototype, name, {
      value(this: RTCPeerConnection, ...all: unknown[]) {
        const step = { name, since: performance.now() }
        steps.add(step)
        return real.apply(this, all).finally(() => steps.delete(step))
      },
    })
  }
  const underWay = () =>
    [...steps].map(({ name, since }) => `${name} ${Math.round(performance.now() - since)} ms`)
  window.soakProbe = { timers: () => pending.size, rejections, underWay }
}

export type LeakMeter = { read(): Promise<Holdings>; rejections(): Promise<readonly string[]> }

export async function leakMeter(page: Page): Promise<LeakMeter> {
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable')
  await session.send('HeapProfiler.enable')
  return {
    rejections: () => page.evaluate(() => window.soakProbe.rejections),
    async read() {
      // The second collection takes what finalizers of the first one let go.
      for (let round = 0; round < 3; round += 1) await session.send('HeapProfiler.collectGarbage')
      const { metrics } = await session.send('Performance.getMetrics')
      const metric = (name: string) => metrics.find((one) => one.name === name)?.value ?? Number.NaN
      const { usedSize } = await session.send('Runtime.getHeapUsage')
      const peers = await alive(session, 'RTCPeerConnection', 'one.connectionState !== "closed"')
      const tracks = await alive(session, 'MediaStreamTrack', 'one.readyState === "live"')
      const contexts = await alive(session, 'AudioContext', 'one.state !== "closed"')
      const sockets = await alive(session, 'WebSocket', 'one.readyState < 2')
      const audio = await alive(session, 'HTMLAudioElement', 'true')
      return {
        heapMb: usedSize / 2 ** 20,
        peers: peers.all,
        openPeers: peers.such,
        tracks: tracks.all,
        liveTracks: tracks.such,
        audioElements: audio.all,
        openContexts: contexts.such,
        sockets: sockets.such,
        listeners: metric('JSEventListeners'),
        nodes: metric('Nodes'),
        timers: await page.evaluate(() => window.soakProbe.timers()),
      }
    },
  }
}

/** How many objects of this kind there are, and how many of them are `such`. */
async function alive(
  session: CDPSession,
  kind: string,
  such: string,
): Promise<{ all: number; such: number }> {
  const objectGroup = 'soak'
  const prototype = await session.send('Runtime.evaluate', { expression: `${kind}.prototype`, objectGroup })
  const { objectId: prototypeObjectId = '' } = prototype.result
  const { objects } = await session.send('Runtime.queryObjects', { prototypeObjectId, objectGroup })
  const counted = await session.send('Runtime.callFunctionOn', {
    objectId: objects.objectId ?? '',
    functionDeclaration: `function () { return [this.length, [...this].filter((one) => ${such}).length] }`,
    returnByValue: true,
  })
  await session.send('Runtime.releaseObjectGroup', { objectGroup })
  const [all = 0, some = 0] = counted.result.value as number[]
  return { all, such: some }
}
