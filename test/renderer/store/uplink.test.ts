// The way to the centre: the suite of the Uplink port on fake and real, and every way an answer may not be one.
import { afterEach, describe, expect, test } from 'vitest'
import { done, failed } from '../../../contract/answer.ts'
import { connectCentre } from '../../../renderer/adapters/centreClient.ts'
import { openLine } from '../../../renderer/adapters/centreLine.ts'
import { keepSession } from '../../../renderer/adapters/session.ts'
import { systemClock } from '../../../renderer/adapters/systemClock.ts'
import { openUplink } from '../../../renderer/adapters/uplink.ts'
import type { HttpAsk, HttpCentre, HttpSay } from '../../fakes/httpCentre.ts'
import { ours, startHttpCentre } from '../../fakes/httpCentre.ts'
import type { ManualClock } from '../../fakes/manualClock.ts'
import { manualClock } from '../../fakes/manualClock.ts'
import { scriptedUplink } from '../../fakes/scriptedUplink.ts'
import { nothingSealed } from '../../fakes/nothingSealed.ts'
import { aRow } from '../../makers/rows.ts'
import { callId, morning } from '../../makers/stamps.ts'
import { aPage, aSession, centreId } from '../../makers/traffic.ts'
import { uplinkSuite } from '../../suites/uplinkSuite.ts'

const text = (n: number) => aRow(n).text
const words = (n: number) => new TextDecoder().decode(text(n))
const nobody = { keep: () => undefined, recall: async () => null, forget: () => undefined }
const health = { ok: true, centre: centreId, protocol: 1, serverNow: morning, practice: true, pbx: [] }

/** Signed in at a centre that answers what the test says, once the sign-in itself is done. */
const signedIn = async (answer: (ask: HttpAsk) => HttpSay, clock = systemClock) => {
  const centre = await startHttpCentre((ask) => {
    if (ask.path === '/api/session/open') return ours(done(aSession()))
    if (ask.path === '/api/session/refresh') return ours(done(aSession({ token: 'token-2' })))
    return answer(ask)
  })
  const line = openLine(centre.url, clock)
  const session = keepSession(line, clock, nothingSealed, nobody)
  await session.signIn({ account: '1001', password: 'made-up' })
  return { centre, session, uplink: openUplink(line, session, clock), client: connectCentre(line, session) }
}

/** The fake answers by a manual clock: it runs by itself here. */
const running = (clock: ManualClock) => {
  const timer = setInterval(() => clock.advance(1_000), 1)
  return () => clearInterval(timer)
}

uplinkSuite('scripted', async () => {
  const clock = manualClock(morning)
  const stop = running(clock)
  const { uplink, centre } = scriptedUplink(clock, () => 'none')
  return {
    uplink,
    refuse: (id) => centre.refuses.add(id),
    async goAway() {
      centre.away = true
    },
    async close() {
      stop()
    },
  }
})

uplinkSuite('over HTTP', async () => {
  const clock = manualClock(morning)
  const stop = running(clock)
  // What the scripted centre says, said by a real server.
  const behind = scriptedUplink(clock, () => 'none')
  const centre = await startHttpCentre(async ({ path, body }) => {
    if (path === '/api/session/open') return ours(done(aSession()))
    if (path === '/health') return ours(done(health))
    if (path === '/api/sync/pull') return ours(done(aPage()))
    const { items } = JSON.parse(body) as { items: unknown[] }
    const answer = await behind.uplink.push(
      items.map((item) => new TextEncoder().encode(JSON.stringify(item))),
    )
    return ours(answer.ok ? done({ ...answer.value, centre: centreId }) : answer)
  })
  const line = openLine(centre.url, systemClock)
  const session = keepSession(line, systemClock, nothingSealed, nobody)
  await session.signIn({ account: '1001', password: 'made-up' })
  return {
    uplink: openUplink(line, session, systemClock),
    refuse: (id) => behind.centre.refuses.add(id),
    goAway: () => centre.close(),
    async close() {
      stop()
      await centre.close()
    },
  }
})

describe('an answer', () => {
  let centre: HttpCentre | null = null
  afterEach(() => centre?.close())
  const pushing = async (say: HttpSay) => {
    const opened = await signedIn(() => say)
    centre = opened.centre
    return opened.uplink.push([text(1)])
  }
  const pushed = (over: object) =>
    ours(done({ centre: centreId, epoch: 0, serverNow: morning, verdicts: [], ...over }))
  const html = '<html><title>请登录上网</title></html>'
  const stored = [{ id: callId(1), verdict: 'stored' }]

  test.each<[string, HttpSay]>([
    ['200 and a page of HTML', { body: html, headers: { 'content-type': 'text/html' } }],
    ['200 and what looks like our JSON', { body: pushed({ verdicts: stored }).body ?? '' }],
    ['a redirect to a sign-in page', { status: 302, headers: { location: 'http://127.0.0.1:9/login' } }],
    ['a redirect that keeps the body', { status: 307, headers: { location: 'http://127.0.0.1:9/login' } }],
    ['511 network authentication required', { status: 511, body: html }],
    ['another centre by its header', { ...pushed({}), headers: { 'x-hotline-centre': 'another' } }],
    ['another centre by its body', pushed({ centre: 'another', verdicts: stored })],
  ])('[SYNC-7] [F09] from a stranger acknowledges nothing: %s', async (_, say) => {
    expect(await pushing(say)).toMatchObject({ ok: false, problem: { code: 'not_ours' } })
  })

  test.each([0, 1, 20, 60])('[F11] cut after %i bytes is no answer at all', async (cutAfter) => {
    const say = { ...pushed({ verdicts: stored }), cutAfter }
    expect(await pushing(say)).toMatchObject({ ok: false, problem: { code: 'unreachable' } })
  })

  test('[F11] whose length is a lie is no answer at all', async () => {
    const whole = pushed({ verdicts: stored })
    const short = { ...whole, body: (whole.body ?? '').slice(0, 40) }
    expect(await pushing(short)).toMatchObject({ ok: false, problem: { code: 'unreachable' } })
  })

  test('that never comes is given up after the time limit', async () => {
    const clock = manualClock(morning)
    const silent = await startHttpCentre(() => ({ silent: true }))
    centre = silent
    const stop = running(clock)
    const line = openLine(silent.url, clock)
    expect(await line.send('health', { body: '', token: null, centre: null })).toMatchObject({
      ok: false,
      problem: { code: 'unreachable' },
    })
    stop()
  })

  test.each<[string, HttpSay, object]>([
    [
      'a problem of ours with its wait',
      ours(failed('busy', '稍后', { retryAfterMs: 3000 }), 503),
      { code: 'busy', text: '稍后', retryAfterMs: 3000 },
    ],
    [
      '503 of a proxy with Retry-After in seconds',
      { status: 503, headers: { 'retry-after': '120' }, body: 'busy' },
      { code: 'busy', retryAfterMs: 120_000 },
    ],
    [
      '429 of a proxy',
      { status: 429, headers: { 'retry-after': '7' } },
      { code: 'too_many', retryAfterMs: 7000 },
    ],
    ['413 of a proxy', { status: 413, body: 'too large' }, { code: 'too_large' }],
    ['502 of a proxy: the centre behind it is away', { status: 502 }, { code: 'unreachable' }],
    ['504 of a proxy', { status: 504 }, { code: 'unreachable' }],
    ['500 of ours without a word', { ...ours(done(null), 500), body: 'oops' }, { code: 'failed' }],
    ['413 of ours', { ...ours(done(null), 413), body: '' }, { code: 'too_large' }],
    [
      'a problem code of a newer centre',
      ours({ ok: false, problem: { code: 'new' as never, text: '新' } }),
      { code: 'failed' },
    ],
    ['a value that is none', ours(done({ verdicts: 3 })), { code: 'failed' }],
  ])('[F32] says what is wrong: %s', async (_, say, problem) => {
    expect(await pushing(say)).toMatchObject({ ok: false, problem })
  })

  test('Retry-After may be a date', async () => {
    const clock = { ...systemClock, now: () => morning }
    const opened = await signedIn(
      () => ({ status: 503, headers: { 'retry-after': new Date(morning + 90_000).toUTCString() } }),
      clock,
    )
    centre = opened.centre
    expect(await opened.uplink.push([text(1)])).toMatchObject({ problem: { retryAfterMs: 90_000 } })
  })

  test('verdicts of a newer centre leave their rows waiting and the others settled', async () => {
    const verdicts = [
      { id: callId(1), verdict: 'postponed' },
      ...stored.map((each) => ({ ...each, id: callId(2) })),
    ]
    expect(await pushing(pushed({ verdicts }))).toMatchObject({
      ok: true,
      value: { verdicts: [{ id: callId(2), verdict: 'stored' }] },
    })
  })
})

describe('what is sent', () => {
  test('is the rows’ own text, and nothing is read again', async () => {
    const { centre, uplink } = await signedIn(() => ({ silent: false, status: 502 }))
    await uplink.push([text(1), text(2)])
    const sent = centre.asked.find((ask) => ask.path === '/api/sync/push')
    expect(sent?.body).toContain(`"items":[${words(1)},${words(2)}]}`)
    expect(JSON.parse(sent?.body ?? '')).toMatchObject({ clientNow: expect.any(Number) })
    await centre.close()
  })

  test('goes by name of the table, and what comes back is parsed', async () => {
    const { centre, client } = await signedIn((ask) =>
      ask.path === '/api/tickets/list'
        ? ours(done({ tickets: [], total: 0, serverNow: morning }))
        : ours(done([{ wrong: true }])),
    )
    expect(await client.call('tickets.list', { states: [], before: null, limit: 10 })).toEqual({
      ok: true,
      value: { tickets: [], total: 0, serverNow: morning },
    })
    expect(await client.call('practice.callers', {})).toMatchObject({
      ok: false,
      problem: { code: 'failed' },
    })
    expect(centre.asked.at(-1)).toMatchObject({ method: 'GET', path: '/api/practice/callers', body: '' })
    await centre.close()
  })
})

test('[SYNC-6] [F11] [F32] a wait the centre asks for is kept although the rest of its answer was cut', async () => {
  const cut = Object.assign(
    new Response(null, { status: 429, headers: { 'x-hotline-centre': centreId, 'retry-after': '7' } }),
    {
      text: () => Promise.reject(new TypeError('terminated')),
    },
  )
  const line = openLine('http://centre.invalid', manualClock(morning), async () => cut)
  const answer = await line.send('health', { body: '', token: null, centre: centreId })
  expect(answer).toMatchObject({ ok: false, problem: { code: 'too_many', retryAfterMs: 7_000 } })
  // What says 200 and is cut is no answer at all.
  const half = Object.assign(new Response(null, { status: 200, headers: { 'x-hotline-centre': centreId } }), {
    text: () => Promise.reject(new TypeError('terminated')),
  })
  const other = openLine('http://centre.invalid', manualClock(morning), async () => half)
  expect(await other.send('health', { body: '', token: null, centre: centreId })).toMatchObject({
    problem: { code: 'unreachable' },
  })
})

describe('[DESK-27] why nobody answers', () => {
  const broken: typeof fetch = () => Promise.reject(new TypeError('Failed to fetch'))
  const asking = { body: '', token: null, centre: null, limitMs: 3_000 }

  test.each([
    ['untrusted', '中心的证书不可信（如自签名），没有连接'],
    ['expired', '中心的证书已过期，或电脑的时间不对，没有连接'],
    ['wrongHost', '中心的证书不是这个地址的，没有连接'],
  ] as const)('%s: the one who may know says it, and what it means is said', async (trouble, words) => {
    const line = openLine('https://centre.invalid', systemClock, broken, async () => done(trouble))
    const answer = await line.send('health', asking)
    expect(answer).toMatchObject({ ok: false, problem: { code: 'not_ours' } })
    expect(answer.ok || answer.problem.text).toMatch(new RegExp(`^${words}`))
  })

  test.each([
    ['nothing wrong with the certificate', done(null)],
    ['a browser, which cannot tell', failed('unsupported', '浏览器里没有')],
  ])('%s: the centre is away', async (_, told) => {
    const line = openLine('https://centre.invalid', systemClock, broken, async () => told)
    expect(await line.send('health', asking)).toMatchObject({ problem: { code: 'unreachable' } })
  })

  test('a reason that does not come keeps nobody waiting beyond the limit', async () => {
    const clock = manualClock(morning)
    const line = openLine('https://centre.invalid', clock, broken, () => new Promise(() => undefined))
    const stop = running(clock)
    expect(await line.send('health', asking)).toMatchObject({ problem: { code: 'unreachable' } })
    expect(clock.now() - morning).toBeLessThanOrEqual(5_000)
    stop()
  })

  test('nobody is asked for one who only kept silent until the time was up', async () => {
    const clock = manualClock(morning)
    const silent = await startHttpCentre(() => ({ silent: true }))
    const line = openLine(silent.url, clock, fetch, async () => done('expired'))
    const stop = running(clock)
    expect(await line.send('health', asking)).toMatchObject({ problem: { code: 'unreachable' } })
    stop()
    await silent.close()
  })
})
