// The first frame of a ring: the row drawn beforehand shows who calls, and the bar's own row takes its place.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { seriousOf } from './accessibility.ts'
import { callQueue } from '../pbx/caller.ts'
import type { Desk, DeskStage } from './deskPage.ts'
import { openDeskStage } from './deskPage.ts'
import { openStage } from './stage.ts'

let stage: DeskStage
beforeAll(async () => {
  stage = await openDeskStage()
})
afterAll(() => stage.close())

type Frame = { readonly first: string | null; readonly own: boolean }

/** In every frame from now on: what the row drawn beforehand shows, null while it is out of sight; whether the bar rings. */
const watchFrames = ({ page }: Pick<Desk, 'page'>) =>
  page.evaluate(() => {
    const frames: Frame[] = []
    Object.assign(globalThis, { frames })
    const look = () => {
      const layer = document.querySelector('[inert]')
      const isSeen = layer !== null && layer.getBoundingClientRect().bottom > 0
      const buttons = [...document.querySelectorAll('button')].filter((each) => !each.closest('[inert]'))
      frames.push({
        first: isSeen ? layer.textContent : null,
        own: buttons.some((each) => each.textContent?.includes('接听')),
      })
      requestAnimationFrame(look)
    }
    requestAnimationFrame(look)
  })
const framesOf = ({ page }: Pick<Desk, 'page'>) =>
  page.evaluate(() => (globalThis as unknown as { frames: Frame[] }).frames)
const ring = (desk: Desk, number: string) =>
  desk.ring({ number, name: '王建平', queue: '维权咨询', queuedMs: 21_000, recording: null })

const expectOneRowFrom = (frames: readonly Frame[]) => {
  const begun = frames.findIndex(({ first }) => first !== null)
  expect(begun).toBeGreaterThanOrEqual(0)
  expect(frames.slice(begun).every(({ first, own }) => own === (first === null))).toBe(true)
}
const wordsLeft = ({ page }: Pick<Desk, 'page'>) =>
  page.evaluate(() => document.querySelector('[inert]')?.textContent ?? '')

// A machine that draws no frame for 60 ms shows the bar's own row at once (renderer/afterPaint.ts): then it rings again.
const again = { retry: 2 }

test(
  '[BAR-8] who calls is seen in the first frame, then the bar has it, and no word of it stays behind',
  again,
  async () => {
    const desk = await stage.open()
    await watchFrames(desk)
    await ring(desk, '13800008000')
    await desk.page.getByRole('button', { name: /^接听/ }).waitFor()
    const frames = await framesOf(desk)
    const shown = frames.filter(({ first }) => first !== null)
    const [frame] = shown
    for (const word of ['138****8000', '王建平', '维权咨询', '已排队 00:21', '拒接', '接听'])
      expect(frame?.first).toContain(word)
    // Never both, never neither.
    expectOneRowFrom(frames)
    expect(frames.at(-1)?.own).toBe(true)
    const left = await wordsLeft(desk)
    for (const word of ['138', '王建平', '维权咨询']) expect(left).not.toContain(word)
    expect(await seriousOf(desk.page)).toEqual([])
  },
)

test('[BAR-8] [BAR-2] a second ring beside a call in hand is the bar’s own from the first frame', async () => {
  const desk = await stage.open()
  await ring(desk, '13800008000')
  await desk.page.getByRole('button', { name: /^接听/ }).waitFor()
  await desk.page.keyboard.press('F2')
  await desk.page.getByRole('button', { name: /保持/ }).first().waitFor()
  await watchFrames(desk)
  await ring(desk, '13800008001')
  await desk.page.getByText('138****8001').first().waitFor()
  expect((await framesOf(desk)).every(({ first }) => first === null)).toBe(true)
})

test('[BAR-15] who was shown before the INVITE was read, and it was no call, is gone with the next frame', async () => {
  const desk = await stage.open()
  await watchFrames(desk)
  const isShown = await desk.run(({ store, newCallId }) => {
    const about = { number: '13800008000', name: '王建平', queue: '维权咨询', queuedMs: null, place: null }
    const call = { ...about, callId: newCallId(), callRef: null, legId: null, internal: false }
    return store.foretell({ type: 'offered', call, at: Date.now(), tick: performance.now() })
  })
  expect(isShown).toBe(true)
  await expect
    .poll(async () => (await framesOf(desk)).slice(-3).map(({ first }) => first))
    .toEqual([null, null, null])
  const frames = await framesOf(desk)
  expect(frames.some(({ first }) => first?.includes('138****8000'))).toBe(true)
  expect(frames.every(({ own }) => !own)).toBe(true)
  expect(await wordsLeft(desk)).not.toContain('王建平')
  expect((await desk.state()).calls).toEqual([])
})

test(
  '[BAR-15] [BAR-8] a worker calls through the real PBX: one row from the first frame on, and keys answer it',
  again,
  async () => {
    const real = await openStage()
    try {
      const seat = await real.openSeat('1001')
      await real.pbx.untilRegistered('1001')
      await watchFrames(seat)
      const caller = await callQueue(real.pbx, { to: '1001' })
      await seat.page.getByRole('button', { name: /^接听/ }).waitFor()
      const frames = await framesOf(seat)
      expectOneRowFrom(frames)
      // Once before the INVITE was read, once more when it had been.
      expect(frames.filter(({ first }) => first !== null).length).toBeGreaterThan(1)
      await seat.page.keyboard.press('F2')
      await seat.page.getByRole('button', { name: /保持/ }).first().waitFor()
      await caller.hangUp()
    } finally {
      await real.close()
    }
  },
)
