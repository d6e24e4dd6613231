// What is broken and what is measured: each scenario breaks the network or the PBX once under every seat's call and
// says, seat by seat, how long it took to be well again. Goals are the issue's; a broken promise throws.
import { setTimeout as pause } from 'node:timers/promises'
import { WebSocket } from 'ws'
import { until } from '../../test/pbx/until.ts'
import { registeredAfter } from './probe.ts'
import { untilBothHear, type Rig, type Talk } from './rig.ts'

export type Measure = {
  readonly what: string
  readonly unit: 'ms'
  readonly most: number
  readonly share: number
}
/** One seat's figures, by measure; or what went wrong. */
export type Run = Readonly<Record<string, number>>
export type Scenario = {
  readonly title: string
  readonly measures: Readonly<Record<string, Measure>>
  run(rig: Rig, talks: readonly Talk[]): Promise<readonly PromiseSettledResult<Run>[]>
}

const ms = (what: string, most: number, share = 1): Measure => ({ what, unit: 'ms', most, share })
const each = (talks: readonly Talk[], work: (talk: Talk) => Promise<Run>) =>
  Promise.allSettled(talks.map(work))

const registeredIn = async ({ seat }: Talk, since: number): Promise<number> => {
  const at = await until(
    `${seat.account} to be registered again`,
    () => registeredAfter(seat.page, since),
    20_000,
  )
  return at - since
}

/** The worker hangs up: how long until the desk says so. */
const goodbyeIn = async ({ seat, caller }: Talk): Promise<number> => {
  const at = Date.now()
  await caller.hangUp()
  await seat.page
    .getByText('对方已挂断')
    .first()
    .waitFor({ timeout: 10_000 })
    .catch(async () => {
      const shown = await seat.page.getByRole('region', { name: '通话条' }).innerText()
      throw new Error(`${seat.account}: the worker's hang-up is not told: ${shown.replaceAll('\n', ' ')}`)
    })
  return Date.now() - at
}

const stillTalks = async ({ seat }: Talk): Promise<void> => {
  if (!(await seat.page.getByText('通话中').first().isVisible()))
    throw new Error(`${seat.account}: the call is gone`)
}

const recordOf = async (rig: Rig, { caller }: Talk) =>
  until(
    'the record at the centre',
    async () => {
      const rows = await rig.stage.query<{
        ended_by: string
        outcome: string
        body: { endCause: { text: string } | null }
      }>('select ended_by, outcome, body from call_records where number = $1', [caller.number])
      if (rows.length > 1) throw new Error('two records of one call')
      return rows[0]
    },
    15_000,
  )

/** Ended by nobody: said in words, nothing left open, one record, and the worker can be called back with one key. */
const endedCleanly = async (rig: Rig, talk: Talk, since: number, withinMs: number): Promise<number> => {
  const { page } = talk.seat
  await page.getByText('线路断了').first().waitFor({ timeout: withinMs })
  const endedIn = Date.now() - since
  const record = await recordOf(rig, talk)
  if (record.ended_by !== 'system' || record.outcome !== 'answered' || !record.body.endCause?.text)
    throw new Error(`the record says ${JSON.stringify(record)}`)
  // The word to the queue may be under way, and two trials of the voice path of six seconds each: calls of their own.
  const openPeers = () => page.evaluate(() => window.networkProbe.openPeers())
  await until('every connection to be closed', async () => (await openPeers()) === 0, 20_000)
  return endedIn
}

const callBackOffered = ({ seat }: Talk) =>
  seat.page.getByRole('button', { name: /^回拨/, disabled: false }).first().waitFor({ timeout: 15_000 })

const pathCut = (seconds: number): Scenario => ({
  title: `media path cut for ${seconds} s`,
  measures: { back: ms('two-way sound after the path is back', 5_000, 0.95) },
  async run(rig, talks) {
    rig.udp.block()
    await pause(seconds * 1000)
    rig.udp.heal()
    const healedAt = Date.now()
    return each(talks, async (talk) => {
      const back = (await untilBothHear(rig.pbx, talk)) - healedAt
      await stillTalks(talk)
      await goodbyeIn(talk)
      return { back }
    })
  },
})

export const scenarios: Readonly<Record<string, Scenario>> = {
  reset: {
    title: 'WebSocket reset in a call',
    measures: {
      registered: ms('registered again', 2_000),
      pause: ms('longest pause between two voice packets, either way', 400),
      goodbye: ms('the worker’s later hang-up reaches the desk', 2_000),
    },
    async run(rig, talks) {
      const known = new Set(rig.sip.calls())
      // The words to the queue are calls too, but nobody speaks on them.
      const speaks = (callId: string) => rig.udp.voiceFrom(rig.sip.ends(callId).pbx ?? '').packets > 0
      const mine = rig.sip.calls().filter(speaks).slice(-talks.length)
      rig.udp.forgetPauses()
      const cutAt = Date.now()
      rig.tcp.cut()
      const registered = await Promise.allSettled(talks.map((talk) => registeredIn(talk, cutAt)))
      // Long enough for the repair of the call and a while after it.
      await pause(2_500)
      const pauses = mine.map((callId) => {
        const end = rig.sip.ends(callId).pbx ?? ''
        const ways = [rig.udp.voiceTo(end), rig.udp.voiceFrom(end)]
        // One that has stopped has paused until now.
        const now = performance.now()
        return Math.max(...ways.map(({ longestPauseMs, lastAt }) => Math.max(longestPauseMs, now - lastAt)))
      })
      if (rig.sip.calls().some((callId) => !known.has(callId)))
        throw new Error('another call came in between')
      const byes = await each(talks, async (talk) => {
        await untilBothHear(rig.pbx, talk)
        await stillTalks(talk)
        return { goodbye: await goodbyeIn(talk) }
      })
      return talks.map((_, index) => {
        const one = registered[index]
        const bye = byes[index]
        if (one?.status !== 'fulfilled') return { status: 'rejected', reason: one?.reason }
        if (bye?.status !== 'fulfilled') return { status: 'rejected', reason: bye?.reason }
        return {
          status: 'fulfilled',
          value: { registered: one.value, pause: pauses[index] ?? Number.NaN, ...bye.value },
        }
      })
    },
  },
  hole: {
    title: 'black hole under the WebSocket in a call',
    measures: {
      registered: ms('registered again, after the hole began', 3_000),
      goodbye: ms('the worker’s later hang-up reaches the desk', 2_000),
    },
    async run(rig, talks) {
      const holedAt = Date.now()
      rig.tcp.hole('existing')
      return each(talks, async (talk) => {
        const registered = await registeredIn(talk, holedAt)
        await untilBothHear(rig.pbx, talk)
        await pause(1_500)
        await stillTalks(talk)
        return { registered, goodbye: await goodbyeIn(talk) }
      })
    },
  },
  path5: pathCut(5),
  path15: pathCut(15),
  path60: {
    title: 'media path cut for 60 s',
    measures: {
      ended: ms('ended in words, record at the centre, after the cut', 30_000),
      offered: ms('call back offered, after the end', 2_000),
    },
    async run(rig, talks) {
      const cutAt = Date.now()
      rig.udp.block()
      const runs = await each(talks, async (talk) => {
        const ended = await endedCleanly(rig, talk, cutAt, 58_000)
        const endedAt = Date.now()
        await callBackOffered(talk)
        await talk.caller.ended
        return { ended, offered: Date.now() - endedAt }
      })
      await pause(Math.max(0, cutAt + 60_000 - Date.now()))
      rig.udp.heal()
      return runs
    },
  },
  kill: {
    title: 'PBX kill -9 in a call, and restart',
    measures: {
      registered: ms('registered, after the PBX listens', 2_000),
      ended: ms('the dead call ended in words, after the kill', 15_000),
    },
    async run(rig, talks) {
      const killedAt = Date.now()
      await rig.pbx.kill()
      const listening = untilListening(rig.pbx.wsUrl)
      await rig.pbx.restart()
      const listensAt = await listening
      return each(talks, async (talk) => {
        const registered = (await registeredIn(talk, killedAt)) + killedAt - listensAt
        const ended = await endedCleanly(rig, talk, killedAt, 20_000)
        await callBackOffered(talk)
        await talk.caller.hangUp().catch(() => {})
        return { registered: Math.max(0, registered), ended }
      })
    },
  },
  reload: {
    title: 'page reloaded in a call',
    measures: {
      goodbye: ms('the worker is told (BYE) instead of left in silence', 3_000),
      record: ms('back with the record in words (程序中断) and a call back', 20_000),
    },
    async run(rig, talks) {
      return each(talks, async (talk) => {
        const { page } = talk.seat
        const at = Date.now()
        const reloading = page.reload()
        const end = await talk.caller.ended
        const goodbye = Date.now() - at
        if (end.by !== 'pbx') throw new Error(`the worker saw ${JSON.stringify(end)}`)
        await reloading
        await page.getByRole('button', { name: /空闲/ }).first().waitFor({ timeout: 20_000 })
        const found = await recordOf(rig, talk)
        if (found.outcome !== 'interrupted' || found.ended_by !== 'system')
          throw new Error(`the record says ${JSON.stringify(found)}`)
        await page.getByText('程序中断').first().waitFor({ timeout: 5_000 })
        return { goodbye, record: Date.now() - at }
      })
    },
  },
}

/** When the PBX first accepts a SIP connection again, epoch ms. */
async function untilListening(url: string): Promise<number> {
  for (;;) {
    const isOpen = await new Promise<boolean>((resolve) => {
      const socket = new WebSocket(url, 'sip')
      socket.once('open', () => {
        socket.terminate()
        resolve(true)
      })
      socket.once('error', () => resolve(false))
    })
    if (isOpen) return Date.now()
    await pause(20)
  }
}
