// One stand-in per data folder, as Electron's lock has it. The first listens at an address made from the folder;
// whoever comes later hands over its command line and goes.
import { createHash } from 'node:crypto'
import { rmSync } from 'node:fs'
import { connect, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

function addressOf(data: string): string {
  const name = `hotline-seat-${createHash('sha256').update(data).digest('hex').slice(0, 16)}`
  return process.platform === 'win32' ? `\\\\.\\pipe\\${name}` : join(tmpdir(), `${name}.sock`)
}

const reach = (address: string): Promise<Socket | null> =>
  new Promise((resolve) => {
    const socket = connect(address)
    socket.once('connect', () => resolve(socket))
    socket.once('error', () => resolve(null))
  })

/** True: this is the first, and `later` hears of every other. False: the first has been told. */
export async function claimInstance(
  data: string,
  argv: readonly string[],
  later: (argv: readonly string[]) => void,
): Promise<boolean> {
  const address = addressOf(data)
  const first = await reach(address)
  if (first !== null) {
    await new Promise<void>((resolve) => first.end(JSON.stringify(argv), () => resolve()))
    return false
  }
  // Left behind by one that was killed: nobody answered there.
  if (process.platform !== 'win32') rmSync(address, { force: true })
  const server = createServer((socket) => {
    let text = ''
    socket.setEncoding('utf8')
    socket.on('data', (part: string) => {
      text += part
      if (text.length > 65_536) socket.destroy()
    })
    socket.on('end', () => {
      try {
        const words: unknown = JSON.parse(text)
        if (Array.isArray(words)) later(words.map(String))
      } catch {
        // Not one of ours.
      }
    })
    socket.on('error', () => undefined)
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(address, () => resolve())
  })
  server.unref()
  return true
}
