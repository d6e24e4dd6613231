// What a seat's page tells about its line and its ears, for a bench that breaks the network around it. Installed before
// the page's own code; the product knows nothing of it.
import type { Page } from 'playwright-core'

declare global {
  interface Window {
    networkProbe: {
      registeredAt: number[]
      /** First line and sequence of every SIP message, and every change of path, with its moment; no bodies, no names. */
      trace: string[]
      hears(): Promise<{ hz: number; rms: number }>
      openPeers(): number
      received(): Promise<number>
    }
  }
}

/** Runs in the page; must not refer to anything outside itself. */
export function installProbe(): void {
  const peers: RTCPeerConnection[] = []
  const registeredAt: number[] = []
  const trace: string[] = []
  const note = (what: string) => void trace.push(`${new Date().toISOString().slice(14, 23)} ${what}`)
  let sockets = 0
  const noteMessage = (way: string, text: string) =>
    note(
      `${way} ${(text.split('\r\n')[0] ?? '').replace(/sips?:\S+/, '')} ${/^CSeq: *(.*?)\r?$/im.exec(text)?.[1] ?? ''}`,
    )
  const RealPeer = window.RTCPeerConnection
  window.RTCPeerConnection = class extends RealPeer {
    constructor(configuration?: RTCConfiguration) {
      super(configuration)
      peers.push(this)
      const nth = peers.length
      this.addEventListener('connectionstatechange', () => note(`path ${nth} ${this.connectionState}`))
    }
  }
  const RealSocket = window.WebSocket
  window.WebSocket = class extends RealSocket {
    /** Which of the telephone's; 0: another one. */
    nth = 0
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols)
      if (protocols !== 'sip') return
      sockets += 1
      const nth = sockets
      this.nth = nth
      note(`socket ${nth}`)
      this.addEventListener('close', () => note(`socket ${nth} closed`))
      this.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
        const text = data instanceof ArrayBuffer ? new TextDecoder().decode(data) : String(data)
        noteMessage(`${nth} <`, text)
        if (text.startsWith('SIP/2.0 200') && /^CSeq: *\d+ REGISTER/im.test(text))
          registeredAt.push(Date.now())
      })
    }
    override send(data: string | ArrayBufferLike | Blob | ArrayBufferView<ArrayBuffer>) {
      if (typeof data === 'string' && this.nth > 0) noteMessage(`${this.nth} >`, data)
      super.send(data as string)
    }
  }
  const open = () => peers.filter((peer) => peer.connectionState !== 'closed')
  let context: AudioContext | null = null
  window.networkProbe = {
    registeredAt,
    trace,
    openPeers: () => open().length,
    async received() {
      const stats = await open().at(-1)?.getStats()
      let packets = 0
      stats?.forEach((row: { type: string; packetsReceived?: number }) => {
        if (row.type === 'inbound-rtp') packets = row.packetsReceived ?? 0
      })
      return packets
    },
    /** The loudest frequency that arrives on the newest call, over a sixth of a second. */
    async hears() {
      const tracks = open().at(-1)?.getReceivers() ?? []
      if (tracks.length === 0) return { hz: 0, rms: 0 }
      context ??= new AudioContext()
      await context.resume()
      const source = context.createMediaStreamSource(new MediaStream(tracks.map(({ track }) => track)))
      const analyser = new AnalyserNode(context, { fftSize: 8192, smoothingTimeConstant: 0 })
      source.connect(analyser)
      await new Promise((resolve) =>
        setTimeout(resolve, (8192 / (context?.sampleRate ?? 48_000)) * 1000 + 50),
      )
      const bins = new Float32Array(analyser.frequencyBinCount)
      const samples = new Float32Array(analyser.fftSize)
      analyser.getFloatFrequencyData(bins)
      analyser.getFloatTimeDomainData(samples)
      source.disconnect()
      let best = 0
      for (let index = 1; index < bins.length; index += 1)
        if ((bins[index] ?? -999) > (bins[best] ?? -999)) best = index
      const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length
      return { hz: (best * context.sampleRate) / analyser.fftSize, rms: Math.sqrt(power) }
    },
  }
}

export const hears = async (page: Page, hz: number): Promise<boolean> => {
  const heard = await page.evaluate(() => window.networkProbe.hears())
  return Math.abs(heard.hz - hz) <= 10 && heard.rms > 0.01
}

/** When the seat was registered first after `since` (epoch ms); null: not yet. */
export const registeredAfter = async (page: Page, since: number): Promise<number | null> => {
  const times = await page.evaluate(() => window.networkProbe.registeredAt)
  return times.find((at) => at > since) ?? null
}
