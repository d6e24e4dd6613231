// The whole desk on the real PBX through relays: who hears whom, told by tone in both directions, for everything an agent
// does with a call; and how each ends in the record. The worker speaks 440 Hz, the agent 1000, a called one 880.
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { hears } from '../../bench/network/probe.ts'
import {
  openRig,
  untilBothHear,
  workerHears,
  workerHz,
  type Rig,
  type Talk,
} from '../../bench/network/rig.ts'
import { awaitCall, type CalleeOptions } from '../pbx/callee.ts'
import { callQueue } from '../pbx/caller.ts'
import { HOLD_MUSIC_HZ } from '../pbx/configure.ts'
import { durationMs, rms, rmsAt, tone } from '../pbx/tones.ts'
import { until } from '../pbx/until.ts'

const OTHER = 620
const CALLEE = 880

let rig: Rig
let page: Page

beforeAll(async () => {
  rig = await openRig(['1001'])
  const [seat] = rig.seats
  if (!seat) throw new Error('no seat')
  page = seat.page
})
afterAll(() => rig.close())
afterEach(() => rig.tidy())

const talk = async (): Promise<Talk> => {
  const [one] = await rig.talk()
  if (!one) throw new Error('no call')
  return one
}
const says = (text: string | RegExp) => page.getByText(text).first().waitFor({ timeout: 15_000 })
const untilHears = (hz: number) => until(`${hz} Hz at the desk`, () => hears(page, hz), 15_000, 50)
const recordOf = (number: string) =>
  until('the record at the centre', async () => {
    const [row] = await rig.stage.query<{
      outcome: string
      ended_by: string
      body: { endCause: { code: number } | null }
    }>('select outcome, ended_by, body from call_records where number = $1', [number])
    return row && { outcome: row.outcome, by: row.ended_by, code: row.body.endCause?.code ?? null }
  })
const lastMoments = (file: string) => ({ fromMs: durationMs(file) - 300 })
const recordingOf = (callRef: string) => {
  const [recording] = rig.pbx.recordings(callRef)
  if (!recording) throw new Error('no recording')
  return recording
}
const dial = async (number: string) => {
  await page.keyboard.press('F6')
  await page.getByRole('textbox', { name: '号码' }).fill(number)
  await page.keyboard.press('Enter')
}

describe('a worker calls', () => {
  test('[PHONE-2] [PHONE-3] both hear each other; the worker hangs up', async () => {
    const { caller } = await talk()
    await caller.hangUp()
    await says('对方已挂断')
    expect(await recordOf(caller.number)).toMatchObject({ outcome: 'answered', by: 'caller', code: 16 })
  })

  test('[PHONE-3] [CALL-3] both hear each other; the agent ends it with the key held', async () => {
    const { caller } = await talk()
    await page.keyboard.down('F12')
    expect(await caller.ended).toMatchObject({ by: 'pbx', code: 200 })
    await page.keyboard.up('F12')
    expect(await recordOf(caller.number)).toMatchObject({ outcome: 'answered', by: 'agent' })
  })

  test('[PHONE-16] on hold the worker hears music and not the agent; afterwards both hear each other', async () => {
    const one = await talk()
    await page.keyboard.press('F4')
    await says('职工在听音乐')
    const { mixed } = recordingOf(one.callRef)
    // Its first notes share their moment with the agent's last.
    await until(
      'music and no agent for the worker',
      () => rmsAt(mixed, HOLD_MUSIC_HZ, lastMoments(mixed)) > 0.01 && !workerHears(rig.pbx, one.callRef),
    )
    await page.keyboard.press('F4')
    await untilBothHear(rig.pbx, one)
    await one.caller.hangUp()
    await says('对方已挂断')
  })

  test('[PHONE-15] muted the worker hears silence and is heard; then both again', async () => {
    const one = await talk()
    await page.keyboard.press('F3')
    const { seat } = recordingOf(one.callRef)
    await until('silence for the worker', () => rms(seat, lastMoments(seat)) < 0.001)
    await untilHears(workerHz)
    await page.keyboard.press('F3')
    await untilBothHear(rig.pbx, one)
    await one.caller.hangUp()
    await says('对方已挂断')
  })

  test('[PHONE-7] [CALL-8] a second call is answered beside the first: only the second is heard and spoken to', async () => {
    const first = await talk()
    const second = await callQueue(rig.pbx, { to: '1001', sound: tone(OTHER, 2_000) })
    await page.getByRole('button', { name: /^接听/ }).first().waitFor()
    await page.keyboard.press('F2')
    await untilHears(OTHER)
    const secondRef = await second.callRef
    await until('the second to hear the agent', () => workerHears(rig.pbx, secondRef), 15_000, 50)
    const { mixed } = recordingOf(first.callRef)
    await until('music for the first', () => rmsAt(mixed, HOLD_MUSIC_HZ, lastMoments(mixed)) > 0.01)
    await second.hangUp()
    expect(await recordOf(second.number)).toMatchObject({ outcome: 'answered', by: 'caller' })
    await first.caller.hangUp()
    expect(await recordOf(first.caller.number)).toMatchObject({ outcome: 'answered', by: 'caller' })
  })

  test('[F21] given up while it rings (CANCEL): gone at once, kept as given up', async () => {
    const caller = await callQueue(rig.pbx, { to: '1001' })
    const answer = page.getByRole('button', { name: /^接听/ }).first()
    await answer.waitFor()
    await caller.ringing()
    await caller.hangUp()
    await answer.waitFor({ state: 'detached' })
    expect(await recordOf(caller.number)).toMatchObject({ outcome: 'abandoned', by: 'caller' })
  })
})

describe('the agent calls', () => {
  test('[PHONE-6] an announcement is heard before the answer (183), then the one who was called, who hangs up', async () => {
    const callee = await awaitCall(rig.pbx, { announcement: tone(700, 2_000), ringMs: 3_000 })
    await dial('13900003001')
    await says('正在播放提示音')
    await untilHears(700)
    await untilHears(CALLEE)
    await callee.hangUp()
    expect(await recordOf('13900003001')).toMatchObject({ outcome: 'answered', by: 'callee' })
  })

  const refusals: readonly [string, CalleeOptions['does'], string, { outcome: string; by: string }][] = [
    ['busy', { refuses: '486 Busy Here' }, '13900003002', { outcome: 'busy', by: 'callee' }],
    ['no such number', { refuses: '404 Not Found' }, '13900003003', { outcome: 'failed', by: 'system' }],
    ['declined', { refuses: '603 Decline' }, '13900003004', { outcome: 'failed', by: 'system' }],
  ]
  test.each(refusals)(
    '[PHONE-6] %s: told and kept with who and why',
    async (_what, does, number, expected) => {
      await awaitCall(rig.pbx, { does: does ?? 'answers' })
      await dial(number)
      const kept = await recordOf(number)
      expect(kept).toMatchObject(expected)
      expect(kept.code).not.toBeNull()
    },
  )

  test('[PHONE-6] nobody answers: the agent gives up, and it is kept as not answered', async () => {
    const callee = await awaitCall(rig.pbx, { does: 'never answers' })
    await dial('13900003005')
    await says('对方振铃中')
    await page.keyboard.press('F12')
    await callee.ended
    expect(await recordOf('13900003005')).toMatchObject({ outcome: 'noAnswer', by: 'agent' })
  })
})
