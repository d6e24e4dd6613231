// What the peers replicate to, over the same PostgreSQL as ours: one insert a batch, dedup by id, as little else as
// their protocols allow. /null takes bytes and forgets them: the ceiling of the browser's upload path.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import pg from 'pg'
import { listen } from './page.ts'

type Doc = { readonly id?: string; readonly _id?: string }

export const startPeerServer = async (
  databaseUrl: string,
): Promise<{ url: string; count(): Promise<number>; empty(): Promise<void>; close(): Promise<void> }> => {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 4 })
  await pool.query('create table if not exists peer_rows (id text primary key, body jsonb not null)')
  const store = (docs: readonly Doc[]) =>
    pool.query(
      `insert into peer_rows select coalesce(d->>'id', d->>'_id'), d from jsonb_array_elements($1::jsonb) d on conflict do nothing`,
      [JSON.stringify(docs)],
    )
  const answer = async (request: IncomingMessage, body: string): Promise<unknown> => {
    const path = new URL(request.url ?? '/', 'http://x').pathname
    if (path === '/null') return { ok: true }
    if (path === '/rows') return store(JSON.parse(body) as Doc[]).then(() => ({ ok: true }))
    if (path.endsWith('/_revs_diff'))
      return Object.fromEntries(
        Object.entries(JSON.parse(body) as Record<string, string[]>).map(([id, missing]) => [
          id,
          { missing },
        ]),
      )
    if (path.endsWith('/_bulk_docs')) return store((JSON.parse(body) as { docs: Doc[] }).docs).then(() => [])
    return {
      db_name: 'bench',
      instance_start_time: '0',
      update_seq: 0,
      doc_count: 0,
      couchdb: 'Welcome',
      version: '3.3.3',
    }
  }
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    response.setHeader('access-control-allow-origin', request.headers.origin ?? '*')
    response.setHeader('access-control-allow-credentials', 'true')
    response.setHeader('access-control-allow-headers', 'content-type, accept')
    response.setHeader('access-control-allow-methods', 'GET, POST, PUT, HEAD')
    response.setHeader('access-control-max-age', '600')
    response.setHeader('content-type', 'application/json')
    if (request.method === 'OPTIONS') response.end()
    else if ((request.url ?? '').includes('/_local/') && request.method === 'GET')
      response.writeHead(404).end('{"error":"not_found"}')
    else response.end(JSON.stringify(await answer(request, Buffer.concat(chunks).toString('utf8'))))
  }
  const server = createServer((request, response) => {
    handle(request, response).catch((error: Error) =>
      response.writeHead(500).end(JSON.stringify({ error: error.message })),
    )
  })
  const url = `http://127.0.0.1:${await listen(server)}`
  return {
    url,
    count: async () => Number((await pool.query('select count(*) from peer_rows')).rows[0].count),
    empty: async () => void (await pool.query('truncate peer_rows')),
    async close() {
      server.closeAllConnections()
      server.close()
      await pool.end()
    },
  }
}
