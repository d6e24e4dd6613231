// A real HTTP server on a free port that answers what the test says: for everything between the seat and the centre.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Answer } from '../../contract/answer.ts'
import { centreId } from '../makers/traffic.ts'

export type HttpAsk = {
  readonly method: string
  readonly path: string
  readonly body: string
  readonly token: string | null
}
export type HttpSay = {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  /** The connection breaks after so many bytes of the body. */
  readonly cutAfter?: number
  /** Nothing ever comes. */
  readonly silent?: boolean
}

export type HttpCentre = {
  readonly url: string
  readonly asked: readonly HttpAsk[]
  close(): Promise<void>
}

/** An Answer as our own centre sends it. */
export const ours = (answer: Answer<unknown>, status = answer.ok ? 200 : 500): HttpSay => ({
  status,
  headers: { 'x-hotline-centre': centreId, 'content-type': 'application/json' },
  body: JSON.stringify(answer),
})

export const startHttpCentre = async (
  answer: (ask: HttpAsk) => HttpSay | Promise<HttpSay>,
): Promise<HttpCentre> => {
  const asked: HttpAsk[] = []
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part as Buffer)
    const ask: HttpAsk = {
      method: request.method ?? '',
      path: request.url ?? '',
      body: Buffer.concat(parts).toString(),
      token: request.headers.authorization?.replace('Bearer ', '') ?? null,
    }
    asked.push(ask)
    const say = await answer(ask)
    if (say.silent) return
    const body = Buffer.from(say.body ?? '')
    response.writeHead(say.status ?? 200, { 'content-length': body.length, ...say.headers })
    if (say.cutAfter === undefined) response.end(body)
    else response.write(body.subarray(0, say.cutAfter), () => response.socket?.resetAndDestroy())
  }
  const server = createServer((request, response) => {
    handle(request, response).catch(() => response.socket?.resetAndDestroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
