// A TCP relay to put between a page and the PBX (or the server), so that a test can break the network in a
// known way: cut (RST), hole (bytes stop, nobody is told), refuse (no new connections), heal. No root needed.
import { connect, createServer, type Server, type Socket } from 'node:net'

export interface TcpRelay {
  host: string
  port: number
  /** The same path on the relay: relay.through(pbx.wsUrl). */
  through: (url: string) => string
  /** Resets every connection; new ones are let in. */
  cut: () => void
  /** Existing connections stay open and carry nothing; with 'all' new ones are swallowed too. */
  hole: (which?: 'existing' | 'all') => void
  /** New connections meet a closed port; existing ones go on. */
  refuse: () => Promise<void>
  /** The cable is out: cut and refuse. */
  down: () => Promise<void>
  /** All well again; what a hole swallowed arrives now, as TCP would have it. */
  heal: () => Promise<void>
  counts: () => Counts
  close: () => Promise<void>
}

export interface Counts {
  /** Connections let in since the start, and those open now. */
  accepted: number
  open: number
  bytesUp: number
  bytesDown: number
}

interface Pair {
  page: Socket
  pbx: Socket
  holed: boolean
}

export async function startTcpRelay(target: { host: string; port: number }): Promise<TcpRelay> {
  const host = '127.0.0.1'
  const pairs = new Set<Pair>()
  const counts: Counts = { accepted: 0, open: 0, bytesUp: 0, bytesDown: 0 }
  let swallowNew = false

  const carry = (pair: Pair): void => {
    const link = (from: Socket, to: Socket, count: (bytes: number) => void): void => {
      from.on('data', (bytes) => {
        count(bytes.length)
        to.write(bytes)
      })
      from.on('end', () => to.end())
      from.on('error', () => (pair.holed ? undefined : to.resetAndDestroy()))
      from.on('close', () => {
        if (pair.page.destroyed && pair.pbx.destroyed) pairs.delete(pair)
      })
    }
    link(pair.page, pair.pbx, (bytes) => (counts.bytesUp += bytes))
    link(pair.pbx, pair.page, (bytes) => (counts.bytesDown += bytes))
  }
  const stopCarrying = (pair: Pair): void => {
    pair.holed = true
    // Unread bytes and ends wait in the kernel, as on a dead link.
    pair.page.pause()
    pair.pbx.pause()
  }
  const accept = (page: Socket): void => {
    counts.accepted++
    page.setNoDelay(true)
    const pbx = connect({ ...target, allowHalfOpen: true })
    pbx.setNoDelay(true)
    const pair: Pair = { page, pbx, holed: false }
    pairs.add(pair)
    carry(pair)
    if (swallowNew) stopCarrying(pair)
  }
  const listen = (port: number): Promise<Server> =>
    new Promise((settle, fail) => {
      const made = createServer({ allowHalfOpen: true }, accept)
      made.once('error', fail)
      made.listen({ port, host }, () => settle(made))
    })

  let server: Server | null = await listen(0)
  const address = server.address()
  const port = address !== null && typeof address === 'object' ? address.port : 0
  const cut = (): void => {
    for (const pair of pairs) {
      pair.page.resetAndDestroy()
      pair.pbx.resetAndDestroy()
    }
    pairs.clear()
  }
  const refuse = async (): Promise<void> => {
    server?.close()
    server = null
  }
  return {
    host,
    port,
    through(url) {
      const moved = new URL(url)
      moved.host = `${host}:${port}`
      return moved.href
    },
    cut,
    hole(which = 'existing') {
      swallowNew = which === 'all'
      pairs.forEach(stopCarrying)
    },
    refuse,
    async down() {
      await refuse()
      cut()
    },
    async heal() {
      swallowNew = false
      for (const pair of pairs) {
        pair.holed = false
        pair.page.resume()
        pair.pbx.resume()
      }
      server ??= await listen(port)
    },
    counts: () => ({ ...counts, open: pairs.size }),
    async close() {
      await refuse()
      cut()
    },
  }
}
