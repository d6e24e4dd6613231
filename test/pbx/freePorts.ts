// Ports nobody listens on, outside the range the system hands to outgoing connections, so that one found free
// a moment ago is still free when the PBX binds it.
import { createSocket } from 'node:dgram'
import { createServer } from 'node:net'

export interface Wanted {
  kind: 'tcp' | 'udp'
  host: string
}

export async function freePorts(wanted: readonly Wanted[]): Promise<number[]> {
  const found: number[] = []
  for (const want of wanted) {
    let port = anyPort()
    while (found.includes(port) || !(await isFree(want, port))) port = anyPort()
    found.push(port)
  }
  return found
}

const anyPort = (): number => 10_000 + Math.floor(Math.random() * 9_000)

export const isFree = (want: Wanted, port: number): Promise<boolean> =>
  new Promise((settle) => {
    if (want.kind === 'udp') {
      const socket = createSocket('udp4')
      socket.once('error', () => settle(false))
      socket.bind({ port, address: want.host, exclusive: true }, () => socket.close(() => settle(true)))
    } else {
      const server = createServer()
      server.once('error', () => settle(false))
      server.listen({ port, host: want.host, exclusive: true }, () => server.close(() => settle(true)))
    }
  })
