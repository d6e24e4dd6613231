// A relay between a seat and the real centre that spoils requests as the test says: it loses answers after the
// centre has stored them, cuts them, answers itself, or is simply not there. Its address never changes.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export type Spoil =
  | { readonly how: 'pass' }
  /** The centre hears and answers, the seat never learns of it. */
  | { readonly how: 'loseAnswer' }
  /** The seat gets so many bytes of the answer. */
  | { readonly how: 'cutAnswer'; readonly after: number }
  /** The request dies on its way. */
  | { readonly how: 'loseRequest' }
  /** The centre gets it twice; the seat gets the second answer. */
  | { readonly how: 'double' }
  /** Somebody in between answers. */
  | {
      readonly how: 'say'
      readonly status: number
      readonly headers?: Readonly<Record<string, string>>
      readonly body?: string
    }

export type Relay = {
  readonly url: string
  /** Requests that came through, in order: path, number of items pushed, instant. */
  readonly seen: readonly { readonly path: string; readonly items: number; readonly at: number }[]
  aimAt(target: string): void
  close(): Promise<void>
}

type Whole = { status: number; headers: Headers; body: Buffer }

const bodyOf = async (request: IncomingMessage): Promise<Buffer> => {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return Buffer.concat(parts)
}

const itemsOf = (body: string): number => {
  const parsed: unknown = body === '' ? null : JSON.parse(body)
  return typeof parsed === 'object' && parsed && 'items' in parsed && Array.isArray(parsed.items)
    ? parsed.items.length
    : 0
}

/** `spoil` is asked for every request. */
export const startRelay = async (
  target: string,
  spoil: (path: string, body: string) => Spoil = () => ({ how: 'pass' }),
): Promise<Relay> => {
  let aim = target
  const seen: { path: string; items: number; at: number }[] = []

  const forward = async (request: IncomingMessage, body: Buffer): Promise<Whole> => {
    const { authorization } = request.headers
    const answer = await fetch(aim + (request.url ?? ''), {
      method: request.method ?? 'GET',
      headers: {
        ...(request.method === 'POST' ? { 'content-type': 'application/json' } : {}),
        ...(authorization === undefined ? {} : { authorization }),
      },
      ...(request.method === 'POST' ? { body: new Uint8Array(body) } : {}),
    })
    return { status: answer.status, headers: answer.headers, body: Buffer.from(await answer.arrayBuffer()) }
  }
  const reply = (response: ServerResponse, { status, headers, body }: Whole, cutAfter?: number): void => {
    const passed = ['content-type', 'x-hotline-centre', 'retry-after'].flatMap((name) => {
      const value = headers.get(name)
      return value === null ? [] : [[name, value] as const]
    })
    response.writeHead(status, { ...Object.fromEntries(passed), 'content-length': body.length })
    if (cutAfter === undefined) response.end(body)
    else response.write(body.subarray(0, cutAfter), () => response.socket?.resetAndDestroy())
  }
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await bodyOf(request)
    const path = request.url ?? ''
    seen.push({ path, items: itemsOf(body.toString()), at: performance.now() })
    const fate = spoil(path, body.toString())
    if (fate.how === 'say') {
      response.writeHead(fate.status, fate.headers).end(fate.body ?? '')
      return
    }
    if (fate.how === 'loseRequest') return void response.socket?.resetAndDestroy()
    if (fate.how === 'double') await forward(request, body)
    const answer = await forward(request, body)
    if (fate.how === 'loseAnswer') response.socket?.resetAndDestroy()
    else reply(response, answer, fate.how === 'cutAnswer' ? fate.after : undefined)
  }
  const server = createServer((request, response) => {
    // The centre behind is away: the connection breaks, as it would without a relay.
    handle(request, response).catch(() => response.socket?.resetAndDestroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    aimAt(next) {
      aim = next
    },
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
