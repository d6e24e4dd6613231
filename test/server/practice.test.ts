// A practice centre: the exchange in its own process, seats for newcomers, simulated callers on request.
import { execFileSync } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { PROTOCOL } from '../../contract/version.ts'
import { aCallOf, items, startTestCentre, type TestCentre } from './aCentre.ts'
import { bothDatabases, type Place } from './databases.ts'
import { until } from './until.ts'

describe.each(bothDatabases)('a practice centre on %s', (_name, make) => {
  const kind = make()
  let place: Place
  let centre: TestCentre
  beforeAll(async () => {
    place = await kind.newPlace()
    centre = await startTestCentre(place, { practice: true, pbx: null })
  })
  afterAll(async () => {
    await centre.stop()
    await place.remove()
    await kind.stop()
  })

  test('[SERVER-32] each newcomer gets a seat of their own, and it is free again after them', async () => {
    const first = await centre.get('session.practise', {})
    const second = await centre.get('session.practise', {})
    expect([first.account.id, second.account.id]).toEqual(['1901', '1902'])
    expect(first).toMatchObject({
      account: { name: '新同事', role: 'agent' },
      centre: { practice: true },
      sip: { extension: '1901', practice: true },
    })
    expect(new URL(first.sip?.servers[0] ?? '').hostname).toBe('127.0.0.1')
    expect(first.sip?.password).not.toBe(second.sip?.password)

    const socket = new WebSocket(`${centre.running.address.replace('http', 'ws')}/feed`)
    let welcome = false
    socket.on('open', () => {
      socket.send(JSON.stringify({ type: 'hello', token: first.token, protocol: PROTOCOL }))
    })
    socket.on('message', () => {
      welcome = true
    })
    await until(() => welcome, 'the first newcomer is at work')
    centre.clock.advance(60_000)
    expect((await centre.get('session.practise', {})).account.id).toBe('1902')
    centre.clock.advance(60_000)
    socket.close()
    await until(
      async () => (await centre.get('session.practise', {})).account.id === '1901',
      'the first seat is free again',
    )
  })

  test('[SERVER-32] an exchange that dies is started again at the same address, its seats keep their secrets', async () => {
    const before = (await centre.signIn('1002')).sip
    const children = (): string[] => {
      try {
        return execFileSync('pgrep', ['-P', String(process.pid), '-f', 'practice/main'], { encoding: 'utf8' })
          .trim()
          .split('\n')
      } catch {
        return []
      }
    }
    const [pid] = children()
    expect(pid).toBeDefined()
    process.kill(Number(pid), 'SIGKILL')
    const server = before?.servers[0] ?? ''
    const answers = (): Promise<boolean> =>
      new Promise((resolve) => {
        const socket = new WebSocket(server, 'sip')
        socket.on('open', () => {
          socket.close()
          resolve(true)
        })
        socket.on('error', () => resolve(false))
      })
    await until(
      async () => !children().includes(pid ?? '') && (await answers()),
      'the exchange is back',
      20_000,
    )
    expect((await centre.signIn('1002')).sip).toEqual(before)
  })

  test('[SERVER-8] it takes practice records only', async () => {
    const { token } = await centre.signIn('1001')
    const answer = await centre.get(
      'sync.push',
      items({ call: aCallOf('1001', { practice: true }) }, { call: aCallOf('1001') }),
      token,
    )
    expect(answer.verdicts.map(({ verdict, field }) => [verdict, field])).toEqual([
      ['stored', undefined],
      ['refused', 'practice'],
    ])
  })

  test('[SERVER-32] callers are shown, and ringing a seat that is not there says so', async () => {
    const callers = await centre.get('practice.callers', {})
    expect(callers.length).toBeGreaterThan(3)
    const caller = callers[0]?.code ?? ''
    expect((await centre.ask('practice.order', { do: 'ring', caller })).status).toBe(401)
    const { token } = await centre.signIn('1001')
    expect((await centre.ask('practice.order', { do: 'ring', caller }, token)).answer).toMatchObject({
      ok: false,
      problem: { code: 'conflict' },
    })
    expect((await centre.ask('practice.order', { do: 'ring', caller: 'nobody' }, token)).status).toBe(404)
    const handler = await centre.signIn('3001')
    expect((await centre.ask('practice.order', { do: 'ring', caller }, handler.token)).status).toBe(403)
  })
})
