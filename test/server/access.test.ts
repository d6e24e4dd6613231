// The door of the centre: who gets in where, what a wrong request is told, and the headers of every answer.
import { request } from 'node:http'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { api, type ApiName } from '../../contract/api.ts'
import { maxPushBytes } from '../../contract/sync.ts'
import { apiNames } from '../../server/centre.ts'
import { startTestCentre, testPassword, type TestCentre } from './aCentre.ts'
import { bothDatabases, type Place } from './databases.ts'

/** 'in': not turned away at the door, whatever comes of it. Columns: nobody, agent, lead, handler, duty, admin. */
const doors: Record<ApiName, string> = {
  'session.open': 'in in in in in in',
  'session.practise': '403 403 403 403 403 403',
  'session.refresh': 'in in in in in in',
  'session.close': '401 in in in in in',
  'sync.push': '401 in in in in in',
  'handover.push': '401 in in 403 403 403',
  'handover.begin': '401 in in 403 403 403',
  'handover.chunk': '401 in in 403 403 403',
  'sync.pull': '401 in in in in in',
  'knowledge.pull': '401 in in in in in',
  'calls.ofNumber': '401 in in 403 403 403',
  'calls.read': '401 in in 403 403 403',
  'tickets.list': '401 in in in 403 in',
  'tickets.waiting': '401 403 in in 403 in',
  'tickets.read': '401 in in in 403 in',
  'tickets.act': '401 403 in in 403 in',
  'tickets.reveal': '401 in in in 403 in',
  'attachments.begin': '401 in in in in in',
  'attachments.chunk': '401 in in in in in',
  'attachments.list': '401 in in in 403 in',
  'attachments.read': '401 in in in 403 in',
  'warnings.list': '401 403 in 403 in in',
  'warnings.read': '401 403 in 403 in in',
  'warnings.act': '401 403 403 403 in in',
  'warnings.reveal': '401 403 in 403 in in',
  'outward.list': '401 403 in 403 403 in',
  'outward.decide': '401 403 in 403 403 in',
  'practice.callers': '403 403 403 403 403 403',
  'practice.order': '403 403 403 403 403 403',
  'keeping.read': '401 403 in 403 403 in',
  health: 'in in in in in in',
}

const Answered = z.object({ ok: z.boolean() })

describe.each(bothDatabases)('the door, on %s', (_name, make) => {
  const kind = make()
  let place: Place
  let centre: TestCentre
  const tokens: (string | undefined)[] = [undefined]
  beforeAll(async () => {
    place = await kind.newPlace()
    const web = join(place.folder, 'web')
    mkdirSync(join(web, 'assets'), { recursive: true })
    writeFileSync(join(web, 'index.html'), '<!doctype html><title>坐席</title>')
    writeFileSync(join(web, 'assets', 'a.js'), 'export {}')
    centre = await startTestCentre(place, { web, origins: ['http://localhost:5173'] })
    for (const account of ['1001', '2001', '3001', '4001', '9001'])
      tokens.push((await centre.signIn(account)).token)
  })
  afterAll(async () => {
    await centre.stop()
    await place.remove()
    await kind.stop()
  })

  const knock = async (
    name: ApiName,
    token: string | undefined,
    body = '{"nonsense":1}',
  ): Promise<Response> =>
    fetch(centre.running.address + api[name].path, {
      method: api[name].method,
      headers: {
        'content-type': 'application/json',
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
      ...(api[name].method === 'POST' ? { body } : {}),
    })

  test('[SERVER-19] every address of the table lets in exactly the roles it should', async () => {
    const found: Record<string, string> = {}
    for (const name of apiNames) {
      const row = []
      for (const token of tokens) {
        const response = await knock(name, token)
        const turnedAway = response.status === 403 || (response.status === 401 && name !== 'session.open')
        row.push(turnedAway ? response.status : 'in')
      }
      found[name] = row.join(' ')
    }
    expect(found).toEqual(doors)
  })

  test('[SERVER-19] a made-up, cut or borrowed token opens nothing', async () => {
    const token = tokens[1] ?? ''
    for (const wrong of ['x', token.slice(0, -1), `${token}x`, token.toUpperCase(), "' or 1=1 --"])
      expect((await knock('sync.pull', wrong)).status).toBe(401)
  })

  test('[SERVER-20] bad input is answered with the field, never with what was sent', async () => {
    const canary = 'KANARIENVOGEL-13800138000'
    const bodies: [ApiName, unknown, string | undefined][] = [
      ['session.open', { account: '1001' }, 'password'],
      ['session.open', { account: canary.repeat(5), password: 'x' }, 'account'],
      ['session.open', { account: '1001', password: 'x', [canary]: 1 }, undefined],
      ['tickets.read', { id: canary }, 'id'],
      ['tickets.list', { states: [canary], before: null, limit: 1 }, 'states.0'],
      ['sync.pull', { cursor: -1, reference: 0, limit: 1 }, 'cursor'],
      ['session.open', { account: 'a\0b', password: canary }, undefined],
    ]
    for (const [name, body, field] of bodies) {
      const response = await knock(name, tokens[1], JSON.stringify(body))
      const text = await response.text()
      expect([name, response.status]).toEqual([name, 422])
      expect(text).not.toContain(canary)
      const said: { problem?: { field?: string } } = JSON.parse(text)
      expect(said.problem?.field).toBe(field)
    }
  })

  test('[SERVER-20] nonsense of every kind gets an Answer, and no word about the inside', async () => {
    const token = tokens[1]
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
    const bodies = [
      '',
      '{',
      'null',
      '[]',
      '1',
      '"x"',
      '{"__proto__":{"a":1}}',
      '{"constructor":{"prototype":{}}}',
      deep,
    ]
    for (const body of bodies)
      for (const name of ['session.open', 'sync.push', 'tickets.list'] as const) {
        const response = await knock(name, token, body)
        const text = await response.text()
        expect(response.status).toBe(422)
        expect(Answered.parse(JSON.parse(text)).ok).toBe(false)
        expect(text).not.toMatch(/stack|node_modules|select |\.ts\b|zod|Error/i)
      }
  })

  test('[F56] [SERVER-20] a body said to be a gigabyte is refused before a byte of it is sent', async () => {
    const status = await new Promise((resolve, reject) => {
      const { hostname, port } = new URL(centre.running.address)
      const headers = {
        'content-type': 'application/json',
        'content-length': String(1024 ** 3),
        authorization: `Bearer ${tokens[1]}`,
      }
      const asking = request(
        { hostname, port, path: api['sync.push'].path, method: 'POST', headers },
        (reply) => {
          resolve(reply.statusCode)
          asking.destroy()
        },
      )
      asking.on('error', reject)
      asking.flushHeaders()
    })
    expect(status).toBe(413)
  })

  test('[SERVER-20] a body too large is refused before it is read, another format is not read', async () => {
    expect((await knock('sync.push', tokens[1], `"${'x'.repeat(maxPushBytes)}"`)).status).toBe(413)
    const form = await fetch(`${centre.running.address}/api/session/open`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'account=1001',
    })
    expect(form.status).toBe(415)
    expect((await centre.askRaw('/api/no/such', '{}')).status).toBe(404)
  })

  test('[SERVER-21] openapi.json describes every address', async () => {
    const response = await fetch(`${centre.running.address}/openapi.json`)
    const Described = z.object({
      openapi: z.literal('3.1.0'),
      paths: z.record(z.string(), z.record(z.string(), z.object({ operationId: z.string() }))),
    })
    const { paths } = Described.parse(await response.json())
    const described = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(
        ([method, { operationId }]) => `${operationId} ${method.toUpperCase()} ${path}`,
      ),
    )
    expect(described.sort()).toEqual(
      apiNames.map((name) => `${name} ${api[name].method} ${api[name].path}`).sort(),
    )
  })

  test('[SERVER-22] every answer names the centre and closes the page to the world', async () => {
    const { address, identity } = centre.running
    for (const path of ['/', '/deep/page?x=1', '/assets/a.js', '/health', '/api/no/such', '/openapi.json']) {
      const { headers } = await fetch(address + path)
      expect(headers.get('x-hotline-centre')).toBe(identity.id)
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('referrer-policy')).toBe('no-referrer')
      expect(headers.get('permissions-policy')).toContain('microphone=(self)')
      const policy = headers.get('content-security-policy') ?? ''
      expect(policy).toContain("default-src 'none'")
      expect(policy).toContain("script-src 'self';")
      expect(policy).toContain(
        `connect-src 'self' ${address.replace('http', 'ws')} ${address.replace('http', 'wss')} ws://127.0.0.1:8088;`,
      )
      expect(policy).toContain("frame-ancestors 'none'")
    }
    const page = await fetch(`${address}/deep/page`)
    expect(await page.text()).toContain('坐席')
    expect((await fetch(`${address}/assets/none.js`)).status).toBe(404)
  })

  test('[SERVER-70] a browser keeps the files named after their contents and nothing else', async () => {
    const kept = async (path: string) =>
      (await fetch(centre.running.address + path)).headers.get('cache-control')
    expect(await kept('/assets/a.js')).toBe('public, max-age=31536000, immutable')
    for (const path of ['/', '/index.html', '/deep/page', '/assets/none.js', '/health', '/api/no/such'])
      expect([path, await kept(path)]).toEqual([path, 'no-store'])
  })

  test('[SERVER-22] a path out of the folder finds nothing', async () => {
    for (const path of [
      '/../database.ready',
      '/..%2fdatabase.ready',
      '/%2e%2e/server.log',
      '/..%5cserver.log',
      '/a%00',
    ])
      expect([path, await rawStatus(centre.running.address, path)]).not.toEqual([path, 200])
  })

  test('[SERVER-22] pages from elsewhere are turned away, the desktop is let in', async () => {
    const { address } = centre.running
    const from = (origin: string, method = 'POST') =>
      fetch(`${address}/api/session/open`, {
        method,
        headers: { origin, 'content-type': 'application/json' },
        ...(method === 'POST' ? { body: JSON.stringify({ account: '1001', password: testPassword }) } : {}),
      })
    for (const origin of ['https://evil.example', 'app://workstation.evil', 'null', 'http://127.0.0.1:1'])
      expect([origin, (await from(origin)).status]).toEqual([origin, 403])
    for (const origin of ['app://workstation', 'http://localhost:5173']) {
      const response = await from(origin)
      expect([origin, response.status]).toEqual([origin, 200])
      expect(response.headers.get('access-control-allow-origin')).toBe(origin)
      expect((await from(origin, 'OPTIONS')).status).toBe(204)
    }
    const own = await from(address)
    expect(own.status).toBe(200)
    expect(own.headers.has('access-control-allow-origin')).toBe(false)
  })
})

/** fetch tidies paths up before sending them: this sends what it is given. */
const rawStatus = (address: string, path: string): Promise<number> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(address)
    request({ hostname, port, path }, (response) => {
      response.resume()
      // The page itself answers deep links; only what is not the page counts as found.
      let text = ''
      response.on('data', (chunk: Buffer) => {
        text += chunk.toString()
      })
      response.on('end', () => resolve(text.includes('<title>') ? 404 : (response.statusCode ?? 0)))
    })
      .on('error', reject)
      .end()
  })
