// The stage of the network bench: built desks on a real PBX, everything between them breakable. Signalling goes
// desk → tcpRelay → sipRelay → PBX, sound through udpRelay. One fault hits every seat, so one round is several runs.
import type { Page } from 'playwright-core'
import { callQueue, type Caller } from '../../test/pbx/caller.ts'
import type { Pbx } from '../../test/pbx/pbx.ts'
import { startSipRelay, type SipRelay } from '../../test/pbx/sipRelay.ts'
import { startTcpRelay, type TcpRelay } from '../../test/pbx/tcpRelay.ts'
import { dominantHz, durationMs } from '../../test/pbx/tones.ts'
import { startUdpRelay, type UdpRelay } from '../../test/pbx/udpRelay.ts'
import { until } from '../../test/pbx/until.ts'
import { openStage, type Stage } from '../../test/e2e/stage.ts'
import { hears, installProbe } from './probe.ts'

export const workerHz = 440
export const agentHz = 1000

export type Seat = { readonly account: string; readonly page: Page }
export type Talk = { readonly seat: Seat; readonly caller: Caller; readonly callRef: string }
export type Rig = {
  readonly stage: Stage
  readonly pbx: Pbx
  readonly tcp: TcpRelay
  readonly sip: SipRelay
  readonly udp: UdpRelay
  readonly seats: readonly Seat[]
  /** Every seat gets a caller of its own and answers; resolves when both hear each other. */
  talk(): Promise<Talk[]>
  /** Every seat is free again, whatever has happened. */
  tidy(): Promise<void>
  close(): Promise<void>
}

export async function openRig(accounts: readonly string[]): Promise<Rig> {
  const udp = startUdpRelay()
  const relays: { sip: SipRelay; tcp: TcpRelay }[] = []
  const stage = await openStage({
    // The PBX's own patience with a silent seat must be longer than ours.
    pbx: { rtpTimeoutSeconds: 40 },
    async through(pbx) {
      const sip = await startSipRelay(pbx.wsUrl, udp)
      const tcp = await startTcpRelay(sip)
      relays.push({ sip, tcp })
      return tcp.through(pbx.wsUrl)
    },
  })
  const [relay] = relays
  if (!relay) throw new Error('no relay')
  const { sip, tcp } = relay
  const { pbx } = stage
  const seats = await Promise.all(
    accounts.map(async (account) => {
      const { page } = await stage.openSeat(account, { voiceHz: agentHz, before: installProbe })
      await pbx.untilRegistered(account, 30_000)
      return { account, page }
    }),
  )

  const answered = async (seat: Seat): Promise<Talk> => {
    const { page, account } = seat
    const caller = await callQueue(pbx, { to: account })
    await page.getByRole('button', { name: /^接听/ }).first().waitFor({ timeout: 20_000 })
    await page.keyboard.press('F2')
    await page.getByRole('button', { name: /^保持/, disabled: false }).first().waitFor({ timeout: 20_000 })
    return { seat, caller, callRef: await caller.callRef }
  }

  return {
    stage,
    pbx,
    tcp,
    sip,
    udp,
    seats,
    async talk() {
      const talks = await Promise.all(seats.map(answered))
      await Promise.all(talks.map((talk) => untilBothHear(pbx, talk)))
      return talks
    },
    async tidy() {
      udp.heal()
      await tcp.heal()
      await pbx.rx('channel request hangup all').catch(() => {})
      for (const { page, account } of seats) {
        await pbx.untilRegistered(account, 30_000)
        await page.keyboard.press('F5')
        await until(`${account} to be free`, () => isFree(page), 20_000)
      }
      await pbx.untilQuiet(20_000)
    },
    async close() {
      await stage.close()
      await tcp.close()
      await sip.close()
      udp.close()
    },
  }
}

const isFree = async (page: Page): Promise<boolean> => {
  if (await page.getByRole('button', { name: /空闲/ }).first().isVisible()) return true
  // A form of the call before stands in front: ready again without filing it.
  await page.keyboard.press('F5')
  return false
}

/** The last moments of what the seat said, as the PBX recorded it for the worker. */
export const workerHears = (pbx: Pbx, callRef: string): boolean => {
  const [recording] = pbx.recordings(callRef)
  if (!recording) return false
  const length = durationMs(recording.seat)
  if (length < 600) return false
  const heard = dominantHz(recording.seat, { fromMs: length - 300 })
  return heard !== null && Math.abs(heard - agentHz) < 10
}

/** Resolves with the moment (epoch ms) at which both heard each other. */
export const untilBothHear = async (
  pbx: Pbx,
  { seat, callRef }: Talk,
  withinMs = 20_000,
): Promise<number> => {
  const seatAt = until(`${seat.account} to hear the worker`, () => hears(seat.page, workerHz), withinMs, 50)
  const workerAt = until(
    `the worker of ${seat.account} to hear the seat`,
    () => workerHears(pbx, callRef),
    withinMs,
    50,
  )
  const at = (heard: Promise<unknown>) => heard.then(() => Date.now())
  return Math.max(...(await Promise.all([at(seatAt), at(workerAt)])))
}
