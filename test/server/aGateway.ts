// A message gateway for tests: a real HTTP server that acts once per key and can be told to behave badly.
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { OutwardMessage } from '../../contract/outward.ts'

/** What it does with the next requests; when the list is used up it behaves. */
export type Behaviour =
  | 'answersTwice'
  | 'actsAndDies'
  | 'diesFirst'
  | 'portal'
  | 'strangerKey'
  | { readonly status: number; readonly retryAfter?: number }

export interface TestGateway {
  readonly url: string
  /** Messages in the order they took effect: one per key. */
  readonly effects: OutwardMessage[]
  /** Every request's key and secret, in the order they came. */
  readonly asked: { readonly key: string; readonly secret: string | undefined }[]
  next(...behaviours: Behaviour[]): void
  close(): Promise<void>
}

export const startGateway = async (): Promise<TestGateway> => {
  const effects: OutwardMessage[] = []
  const asked: { key: string; secret: string | undefined }[] = []
  const coming: Behaviour[] = []
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const message = OutwardMessage.parse(JSON.parse(Buffer.concat(chunks).toString()))
      asked.push({ key: String(request.headers['idempotency-key']), secret: request.headers.authorization })
      const how = coming.shift() ?? 'good'
      const act = (): void => {
        if (!effects.some(({ key }) => key === message.key)) effects.push(message)
      }
      const good = JSON.stringify({ key: message.key })
      if (how === 'diesFirst') return void request.socket.destroy()
      if (how === 'actsAndDies') {
        act()
        return void request.socket.destroy()
      }
      if (how === 'portal')
        return void response.writeHead(200, { 'content-type': 'text/html' }).end('<p>请先登录</p>')
      if (how === 'strangerKey') return void response.writeHead(200).end(JSON.stringify({ key: 'another' }))
      if (typeof how === 'object')
        return void response
          .writeHead(
            how.status,
            how.retryAfter === undefined ? {} : { 'retry-after': String(how.retryAfter) },
          )
          .end('{}')
      act()
      if (how === 'answersTwice') {
        const whole = `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${good.length}\r\n\r\n${good}`
        return void request.socket.end(whole + whole)
      }
      response.writeHead(200, { 'content-type': 'application/json' }).end(good)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/messages`,
    effects,
    asked,
    next: (...behaviours) => void coming.push(...behaviours),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
