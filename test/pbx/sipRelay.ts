// A SIP relay between the seats' WebSockets and the PBX: passes every message on and puts the UDP relay's addresses
// into the descriptions, so that the sound goes through it too. Decides nothing; breaking is udpRelay's and tcpRelay's.
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { WebSocket, WebSocketServer } from 'ws'
import type { Address, UdpRelay } from './udpRelay.ts'

export interface SipRelay {
  host: string
  port: number
  url: string
  /** The newest addresses of both ends of a call, by its SIP Call-ID. */
  ends: (callId: string) => { seat: Address | null; pbx: Address | null }
  /** SIP Call-IDs seen with a description, oldest first. */
  calls: () => string[]
  close: () => Promise<void>
}

export async function startSipRelay(target: string, udp: UdpRelay): Promise<SipRelay> {
  const host = '127.0.0.1'
  const ends = new Map<string, { seat: Address | null; pbx: Address | null }>()
  const http = createServer()
  const sockets = new WebSocketServer({ noServer: true, handleProtocols: () => 'sip' })
  const open = new Set<WebSocket>()

  http.on('upgrade', (request, socket, head) => {
    socket.on('error', () => {})
    const up = new WebSocket(target, 'sip')
    // The seat gets its connection when the PBX has given one, and is refused when the PBX refuses.
    up.once('error', () => socket.destroy())
    up.once('open', () =>
      sockets.handleUpgrade(request, socket, head, (down) => {
        open.add(down).add(up)
        join(down, up, 'seat')
        join(up, down, 'pbx')
      }),
    )
  })

  const join = (from: WebSocket, to: WebSocket, side: 'seat' | 'pbx'): void => {
    // One after the other: a message may not overtake the one before it.
    let turn: Promise<void> = Promise.resolve()
    from.on('message', (data: Buffer) => {
      turn = turn
        .then(() => rewritten(data.toString('utf8'), side))
        .then((text) => {
          if (to.readyState === WebSocket.OPEN) to.send(text)
        })
    })
    from.on('error', () => {})
    from.on('close', () => {
      open.delete(from)
      to.terminate()
    })
  }

  const rewritten = async (text: string, side: 'seat' | 'pbx'): Promise<string> => {
    const end = text.indexOf('\r\n\r\n')
    const body = text.slice(end + 4)
    if (end < 0 || !body.startsWith('v=0')) return text
    const callId = /^(?:Call-ID|i) *: *(.*?)\r?$/im.exec(text)?.[1] ?? ''
    const lines: string[] = []
    // Where voice goes until ICE has found something, and for ever when it finds nothing.
    const host = /^c=IN IP4 (\d\S*)\r?$/m.exec(body)?.[1] ?? '0.0.0.0'
    const port = /^m=audio (\d+) /m.exec(body)?.[1] ?? '9'
    const isPlace = host !== '0.0.0.0' && Number(port) > 9
    const [placeHost = '', placePort = ''] = isPlace ? (await udp.standIn(`${host}:${port}`)).split(':') : []
    for (const original of body.split('\r\n')) {
      const line = isPlace
        ? original
            .replace(/^c=IN IP4 .*$/, `c=IN IP4 ${placeHost}`)
            .replace(/^m=audio \d+ /, `m=audio ${placePort} `)
            .replace(/^a=rtcp:\d+ .*$/, `a=rtcp:${placePort} IN IP4 ${placeHost}`)
        : original
      const [, before = '', address = '', port = '', after = ''] =
        /^(a=candidate:\S+ \d+ udp \d+ )(\S+) (\d+)( typ host.*)$/i.exec(line) ?? []
      if (address === '') {
        lines.push(line)
        continue
      }
      const own = `${address}:${port}`
      const known = ends.get(callId) ?? { seat: null, pbx: null }
      ends.set(callId, { ...known, [side]: own })
      const [standHost = '', standPort = ''] = (await udp.standIn(own)).split(':')
      lines.push(`${before}${standHost} ${standPort}${after}`)
    }
    const moved = lines.join('\r\n')
    const head = text
      .slice(0, end)
      .replace(/^(Content-Length|l) *:.*$/im, `Content-Length: ${Buffer.byteLength(moved)}`)
    return `${head}\r\n\r\n${moved}`
  }

  http.listen(0, host)
  await once(http, 'listening')
  const { port } = http.address() as AddressInfo
  return {
    host,
    port,
    url: `ws://${host}:${port}${new URL(target).pathname}`,
    ends: (callId) => ends.get(callId) ?? { seat: null, pbx: null },
    calls: () => [...ends.keys()],
    async close() {
      for (const socket of open) socket.terminate()
      await new Promise((resolve) => http.close(resolve))
    },
  }
}
