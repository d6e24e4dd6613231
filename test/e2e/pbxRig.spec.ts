// The rig proves itself, without the product: what later tests blame on the workstation must not be the PBX's, the
// callers' or the relay's fault.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { awaitCall } from '../pbx/callee.ts'
import { callQueue } from '../pbx/caller.ts'
import { HOLD_MUSIC_HZ } from '../pbx/configure.ts'
import { callWithEar } from '../pbx/ear.ts'
import { startPbx, type Pbx } from '../pbx/pbx.ts'
import { startTcpRelay, type TcpRelay } from '../pbx/tcpRelay.ts'
import { dominantHz, durationMs, rmsAt, speech, tone } from '../pbx/tones.ts'
import { until } from '../pbx/until.ts'

let pbx: Pbx

beforeAll(async () => {
  pbx = await startPbx()
})
afterAll(() => pbx.stop())

describe('the PBX', () => {
  it('has the queue 12351 with its three seats signed in and nobody registered', async () => {
    expect((await pbx.members()).map(({ number, paused, state }) => ({ number, paused, state }))).toEqual([
      { number: '1001', paused: false, state: 'unavailable' },
      { number: '1002', paused: false, state: 'unavailable' },
      { number: '1003', paused: false, state: 'unavailable' },
    ])
    expect(await pbx.isRegistered('1001')).toBe(false)
    expect(await pbx.waiting()).toBe(0)
  })

  it('gives each run ports and secrets of its own', async () => {
    const other = await startPbx({ numbers: ['1001'], members: [] })
    try {
      expect(other.secrets['1001']).not.toBe(pbx.secrets['1001'])
      expect(other.wssUrl).not.toBe(pbx.wssUrl)
      expect(other.spkiPin).not.toBe(pbx.spkiPin)
      expect(await other.members()).toEqual([])
    } finally {
      await other.stop()
    }
  })

  it('says nothing it would rather warn about while it starts', () => {
    expect(
      pbx
        .log()
        .split('\n')
        .filter((line) => /\] (WARNING|ERROR)\[/.test(line)),
    ).toEqual([])
  })
})

describe('callers', () => {
  /** The files are begun a moment after the answer. */
  const untilMusic = (callRef: string) =>
    until('some music', () => pbx.recordings(callRef).some(({ seat }) => durationMs(seat) > 1000))

  it('speak and are heard: the echo gives a caller the tone he made', async () => {
    const caller = await callQueue(pbx, { to: '600', sound: tone(620, 2000), hangUpAfterMs: 1500 })
    expect(await caller.ended).toEqual({ by: 'us', code: 200, reason: '' })
    const { caller: heard, seat: spoken } = await pbx.recordingOf(await caller.callRef)
    expect(dominantHz(spoken)).toBe(620)
    expect(dominantHz(heard)).toBe(620)
    expect(durationMs(heard)).toBeGreaterThan(1000)
  })

  it('keep their own voices when they call together, and one may be mute', async () => {
    const [low, high, mute] = await Promise.all([
      callQueue(pbx, { to: '600', sound: tone(500, 2000), hangUpAfterMs: 1500 }),
      callQueue(pbx, { to: '600', sound: tone(1500, 2000), hangUpAfterMs: 1500 }),
      callQueue(pbx, { to: '600', mute: true, hangUpAfterMs: 1500 }),
    ])
    await Promise.all([low.ended, high.ended, mute.ended])
    expect(dominantHz((await pbx.recordingOf(await low.callRef)).caller)).toBe(500)
    expect(dominantHz((await pbx.recordingOf(await high.callRef)).caller)).toBe(1500)
    expect(durationMs((await pbx.recordingOf(await mute.callRef)).caller)).toBe(0)
  })

  it('speak Chinese, which is no tone', async () => {
    const sound = speech('ni3 hao3, wo3 yao4 tou2 su4')
    expect(durationMs(sound)).toBeGreaterThan(1000)
    const caller = await callQueue(pbx, { to: '600', name: '王建国', sound, hangUpAfterMs: 1500 })
    await caller.ended
    const { caller: heard } = await pbx.recordingOf(await caller.callRef)
    const hz = dominantHz(heard) ?? 0
    expect(hz).toBeGreaterThan(0)
    expect(rmsAt(heard, 620)).toBeLessThan(0.05)
  })

  it('wait in the queue with hold music until they hang up', async () => {
    const caller = await callQueue(pbx)
    await caller.answered()
    await until('the caller to wait', async () => (await pbx.waiting()) === 1)
    await untilMusic(await caller.callRef)
    expect((await caller.hangUp()).by).toBe('us')
    await pbx.untilQuiet()
    const { caller: spoken, seat: music } = await pbx.recordingOf(await caller.callRef)
    expect(dominantHz(spoken)).toBe(440)
    expect(dominantHz(music)).toBe(HOLD_MUSIC_HZ)
  })

  it('have an ear: what one of them hears is on file', async () => {
    const caller = await callWithEar(pbx, { sound: tone(520, 10_000) })
    await caller.answered()
    await untilMusic(await caller.callRef)
    await caller.hangUp()
    expect(dominantHz(caller.heard())).toBe(HOLD_MUSIC_HZ)
    expect(dominantHz((await pbx.recordingOf(await caller.callRef)).caller)).toBe(520)
  })

  it('give up while it rings', async () => {
    const caller = await callQueue(pbx, { to: '12352' })
    await caller.ringing()
    expect((await caller.hangUp()).code).toBe(487)
    await pbx.untilQuiet()
  })

  it('are told when a number is busy or does not exist', async () => {
    const [busy, unknown] = await Promise.all([callQueue(pbx, { to: '604' }), callQueue(pbx, { to: '4444' })])
    expect(await busy.ended).toMatchObject({ by: 'pbx', code: 486 })
    expect(await unknown.ended).toMatchObject({ by: 'pbx', code: 404 })
  })
})

describe('people called', () => {
  const dialOut = (number: string): Promise<unknown> =>
    pbx.ami('Originate', {
      Channel: `Local/${number}@outside`,
      Exten: '600',
      Context: 'inside',
      Priority: 1,
      Async: 'true',
    })

  it('answer, and hang up when they like', async () => {
    const callee = await awaitCall(pbx)
    await dialOut('13900000001')
    expect(await callee.called()).toBe('13900000001')
    expect(await callee.shownNumber()).toBe('12351')
    await until('the call to be up', async () =>
      (await pbx.channels()).some((one) => one.endpoint === 'trunk' && one.state === 'Up'),
    )
    expect((await callee.hangUp()).by).toBe('us')
    await pbx.untilQuiet()
  })

  it('refuse', async () => {
    const callee = await awaitCall(pbx, { does: { refuses: '486 Busy Here' } })
    await dialOut('913900000002')
    expect(await callee.called()).toBe('13900000002')
    expect(await callee.ended).toMatchObject({ by: 'us', code: 486 })
    await pbx.untilQuiet()
  })
})

describe('the relay', () => {
  let relay: TcpRelay
  beforeAll(async () => {
    relay = await startTcpRelay({ host: pbx.host, port: pbx.wsPort })
  })
  afterAll(() => relay.close())

  interface Line {
    socket: WebSocket
    heard: string[]
    isClosed: () => boolean
    ask: () => void
  }
  const dial = (): Promise<Line> =>
    new Promise((settle, fail) => {
      const socket = new WebSocket(relay.through(pbx.wsUrl), 'sip')
      const heard: string[] = []
      let closed = false
      socket.on('error', fail)
      socket.on('close', () => (closed = true))
      socket.on('message', (data: Buffer) => heard.push(data.toString()))
      const ask = (): void => socket.send(options())
      socket.on('open', () => settle({ socket, heard, isClosed: () => closed, ask }))
    })

  it('carries what both sides say', async () => {
    const line = await dial()
    line.ask()
    await until('an answer', () => line.heard.length === 1)
    expect(line.heard[0]).toMatch(/^SIP\/2.0 \d/)
    expect(relay.counts()).toMatchObject({ accepted: 1, open: 1 })
    line.socket.close()
    await until('the line to close', line.isClosed)
  })

  it('cuts what is open and lets the next one in', async () => {
    const line = await dial()
    relay.cut()
    await until('the line to break', line.isClosed)
    const next = await dial()
    next.ask()
    await until('an answer', () => next.heard.length === 1)
    expect(line.heard).toEqual([])
    next.socket.terminate()
  })

  it('is a hole in which nothing arrives and nothing breaks, until it is healed', async () => {
    const line = await dial()
    relay.hole()
    line.ask()
    const other = await dial()
    other.ask()
    await until('an answer past the hole', () => other.heard.length === 1)
    expect(line.heard).toEqual([])
    expect(line.isClosed()).toBe(false)
    await relay.heal()
    await until('the late answer', () => line.heard.length === 1)
    line.socket.terminate()
    other.socket.terminate()
  })

  it('refuses the new and keeps the old', async () => {
    const line = await dial()
    await relay.refuse()
    await expect(dial()).rejects.toThrow('ECONNREFUSED')
    line.ask()
    await until('an answer', () => line.heard.length === 1)
    await relay.heal()
    const next = await dial()
    next.socket.terminate()
    line.socket.terminate()
  })
})

describe('the PBX, killed', () => {
  it('comes back with the same ports and its members', async () => {
    const caller = await callQueue(pbx)
    await caller.answered()
    const before = pbx.pid()
    await pbx.kill()
    expect(pbx.pid()).toBe(0)
    await pbx.restart()
    expect(pbx.pid()).not.toBe(before)
    expect(await pbx.channels()).toEqual([])
    expect((await pbx.members()).map((member) => member.number)).toEqual(['1001', '1002', '1003'])
  })
})

let asked = 0
const options = (): string =>
  [
    'OPTIONS sip:pbx.test SIP/2.0',
    `Via: SIP/2.0/WS rig.invalid;branch=z9hG4bKrig${++asked}`,
    'Max-Forwards: 70',
    'From: <sip:1001@pbx.test>;tag=rig',
    'To: <sip:pbx.test>',
    `Call-ID: rig${asked}`,
    'CSeq: 1 OPTIONS',
    'Content-Length: 0',
    '',
    '',
  ].join('\r\n')
