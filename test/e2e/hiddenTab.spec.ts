// A tab nobody sees: the browser holds the page's own timers back by up to a minute. Done here by the page's setTimeout
// itself, because a browser without a screen hides nothing. The line is pinged and the call's timer runs all the same.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startSipPeer, type SipPeer } from '../fakes/sipPeer.ts'
import { until } from '../pbx/until.ts'
import { openStage, type Stage } from './stage.ts'

declare global {
  interface Window {
    heldBack: boolean
  }
}

let peer: SipPeer
let stage: Stage

beforeAll(async () => {
  peer = await startSipPeer()
  peer.answer('INVITE', (request) => request.reply(603))
  stage = await openStage({ through: async () => peer.url })
})
afterAll(async () => {
  await stage.close()
  await peer.stop()
})

/** Runs in the page before its own code: from `heldBack` on nothing runs for a minute that the page's own timers keep. */
function holdBack(): void {
  const real = window.setTimeout
  window.heldBack = false
  const late = (run: TimerHandler, ms = 0, ...more: unknown[]) =>
    real(run, window.heldBack && ms >= 1 ? Math.max(60_000, ms) : ms, ...more)
  window.setTimeout = late as typeof window.setTimeout
}

test('[F19] [F57] [PHONE-17] [PHONE-20] with the page’s timers held back the line is pinged every five seconds and lives', async () => {
  const seat = await stage.openSeat('1001', { before: holdBack })
  await seat.page.getByRole('button', { name: /话路正常/ }).waitFor()
  await seat.page.evaluate(() => void (window.heldBack = true))
  // What was set before is over by then.
  await new Promise((resolve) => setTimeout(resolve, 6_000))
  const pings = () => peer.heard.filter(({ what }) => what === 'OPTIONS').length
  const before = pings()
  await until('three more pings', () => pings() - before >= 3, 16_000)
  expect(peer.connections()).toBe(1)
  // One that keeps time; the other keeps the second journal.
  expect(seat.page.workers().filter((each) => each.url().includes('timer.worker'))).toHaveLength(1)
  expect(seat.faults).toEqual([])
  await seat.close()
})
