// Stands between any telephone page and the browser and notes when things happen, the same for ours and the peers:
// INVITE on the wire, 接听 painted, answer pressed, 200 OK on the wire, first audio packet. Runs before the page's code.
export type Moments = { invite: number; shown: number; pressed: number; okSent: number; audio: number }

export const installProbe = (): void => {
  const moments: Moments = { invite: 0, shown: 0, pressed: 0, okSent: 0, audio: 0 }
  const connections = new Set<RTCPeerConnection>()
  const Peer = globalThis.RTCPeerConnection
  globalThis.RTCPeerConnection = class extends Peer {
    constructor(configuration?: RTCConfiguration) {
      super(configuration)
      connections.add(this)
    }
  }
  const Socket = globalThis.WebSocket
  globalThis.WebSocket = class extends Socket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols)
      this.addEventListener('message', (event) => {
        if (String(event.data).startsWith('INVITE ')) {
          moments.invite = performance.now()
          watchForButton()
        }
      })
    }
    override send(data: Parameters<WebSocket['send']>[0]): void {
      if (moments.pressed > 0 && moments.okSent === 0)
        if (/^SIP\/2\.0 200[\s\S]*\r\nCSeq: *\d+ INVITE/i.test(String(data)))
          moments.okSent = performance.now()
      super.send(data)
    }
  }
  const button = () =>
    [...document.querySelectorAll('button')].find(
      (each) =>
        each.textContent?.includes('接听') && !each.disabled && each.getBoundingClientRect().bottom > 0,
    )
  // A frame's callbacks run before it is painted; a message posted from one arrives right after. What looking costs on a
  // page with many buttons is not the page's.
  let lookMs = 0
  const painted = new MessageChannel()
  painted.port1.addEventListener('message', () => (moments.shown ||= performance.now() - lookMs))
  painted.port1.start()
  const watchForButton = () => {
    const look = () => {
      if (moments.shown > 0) return
      const began = performance.now()
      const there = button()
      lookMs = performance.now() - began
      if (there) painted.port2.postMessage(null)
      else requestAnimationFrame(look)
    }
    requestAnimationFrame(look)
  }
  const watchForAudio = () => {
    const hears = [...connections].some((connection) =>
      connection
        .getReceivers()
        .some((receiver) =>
          receiver
            .getSynchronizationSources()
            .some(
              (source) =>
                source.timestamp > performance.timeOrigin + moments.pressed ||
                source.timestamp > moments.pressed,
            ),
        ),
    )
    if (hears) moments.audio = performance.now()
    else setTimeout(watchForAudio, 1)
  }
  Object.assign(globalThis, {
    callProbe: {
      reset: () => {
        for (const connection of connections)
          if (connection.connectionState === 'closed') connections.delete(connection)
        Object.assign(moments, { invite: 0, shown: 0, pressed: 0, okSent: 0, audio: 0 })
      },
      answer: () => {
        moments.pressed = performance.now()
        watchForAudio()
        button()?.click()
      },
      read: () => moments,
    },
  })
}
