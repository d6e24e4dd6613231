// One WebSocket to the PBX, for as long as it lasts. Decides nothing: when to open, ping or drop is core's
// (core/softphone/reconnect.ts). Dropping does not wait for the close handshake, which takes a minute on a dead line.
import { frameText } from './sipFrames.ts'

export type SipSocket = {
  /** False: not open, nothing was sent. */
  send(text: string): boolean
  drop(): void
}

export function openSipSocket(
  server: string,
  on: { opened(): void; closed(): void; received(text: string): void },
): SipSocket {
  let isDropped = false
  const socket = create(server)
  if (socket === null) {
    // Told later, not inside the caller's own step.
    queueMicrotask(() => !isDropped && on.closed())
    return { send: () => false, drop: () => void (isDropped = true) }
  }
  socket.binaryType = 'arraybuffer'
  socket.addEventListener('open', () => !isDropped && on.opened())
  socket.addEventListener('close', () => {
    if (isDropped) return
    isDropped = true
    on.closed()
  })
  socket.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (isDropped) return
    if (typeof data === 'string') on.received(data)
    else if (data instanceof ArrayBuffer) on.received(frameText(data))
  })
  return {
    send(text) {
      if (isDropped || socket.readyState !== WebSocket.OPEN) return false
      socket.send(text)
      return true
    },
    drop() {
      isDropped = true
      socket.close()
    },
  }
}

/** null: the address cannot be used at all. */
function create(server: string): WebSocket | null {
  try {
    return new WebSocket(server, 'sip')
  } catch {
    return null
  }
}
