// The wire between seat and centre, cut at a byte: up to it and no further, in either direction, and every connection reset.
import { connect, createServer, type Socket } from 'node:net'
import type { AddressInfo } from 'node:net'

export type Wire = {
  readonly url: string
  /** Resets every connection when so many more bytes have gone, up or down. */
  cutAfter(bytes: number): void
  onCut(listener: (bytes: number) => void): void
  close(): Promise<void>
}

export const openWire = async (target: string): Promise<Wire> => {
  const { hostname: host, port } = new URL(target)
  const open = new Set<Socket>()
  let wanted = 0
  let left = Infinity
  let hear = (_bytes: number): void => undefined
  const server = createServer((page) => {
    const centre = connect({ host, port: Number(port) })
    for (const socket of [page, centre]) {
      open.add(socket)
      socket.on('error', () => undefined)
      socket.on('close', () => {
        open.delete(socket)
        page.destroy()
        centre.destroy()
      })
    }
    const carry = (from: Socket, to: Socket): void => {
      from.on('data', (bytes) => {
        if (bytes.length < left) {
          left -= bytes.length
          to.write(bytes)
          return
        }
        const last = bytes.subarray(0, left)
        left = Infinity
        let isCut = false
        const cut = (): void => {
          if (isCut) return
          isCut = true
          for (const socket of open) socket.resetAndDestroy()
          hear(wanted)
        }
        to.write(last, cut)
        // The other end may have gone just now.
        to.once('close', cut)
        setTimeout(cut, 1_000)
      })
    }
    carry(page, centre)
    carry(centre, page)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cutAfter(bytes) {
      wanted = bytes
      left = bytes
    },
    onCut(listener) {
      hear = listener
    },
    close: () =>
      new Promise((resolve) => {
        for (const socket of open) socket.destroy()
        server.close(() => resolve())
      }),
  }
}
