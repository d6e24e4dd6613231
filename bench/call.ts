// Taking a call on one and the same PBX: our whole desk (built bundles) beside a bare SIP.js and a bare JsSIP page.
// Real SIPp callers, one page after the other, every page in a Chromium of its own.
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { callQueue } from '../test/pbx/caller.ts'
import { openStage } from '../test/e2e/stage.ts'
import type { Bench } from './main.ts'
import type { Moments } from './callProbe.ts'
import { installProbe } from './callProbe.ts'
import { bundle, openPage } from './page.ts'
import type { Row } from './rows.ts'
import { median } from './rows.ts'

declare const bench: { start(account: object): Promise<void> }
declare const callProbe: { reset(): void; answer(): void; read(): Moments }

type Spans = { shown: number; ok: number; audio: number }
type Contestant = { name: string; extension: string; page: Page; after(): Promise<void> }

/** How long a person takes to reach for the key; the prepared answer uses it. */
const reachMs = 700
/** Looked for every 50 ms: left to itself Playwright looks in every frame, and keeps pages drawing that would rest. */
const limit = { timeout: 15_000, polling: 50 }

export const call: Bench = async ({ rounds }) => {
  const stage = await openStage()
  const media = [
    '--use-fake-ui-for-media-stream',
    '--use-fake-device-for-media-stream',
    '--autoplay-policy=no-user-gesture-required',
    '--allow-loopback-in-peer-connection',
  ]
  const peer = async (
    name: string,
    file: string,
    extension: string,
  ): Promise<Contestant & { close(): Promise<void> }> => {
    const opened = await openPage(
      await bundle(fileURLToPath(new URL(file, import.meta.url))),
      media,
      installProbe,
    )
    await opened.page.evaluate((account) => bench.start(account), {
      server: stage.pbx.wsUrl,
      domain: 'pbx.test',
      extension,
      password: stage.pbx.secrets[extension] ?? '',
    })
    return { name, extension, page: opened.page, after: async () => {}, close: opened.close }
  }
  try {
    const seat = await stage.openSeat('1001', { before: installProbe })
    const ours: Contestant = {
      name: 'ours',
      extension: '1001',
      page: seat.page,
      // Leaves the form among the drafts and is ready again, as an agent in a hurry does.
      after: () => seat.page.keyboard.press('F5'),
    }
    const sipJs = await peer('SIP.js', './peers/bareSipJs.ts', '1002')
    const jsSip = await peer('JsSIP', './peers/bareJsSip.ts', '1003')
    for (const { extension } of [ours, sipJs, jsSip]) await stage.pbx.untilRegistered(extension)
    const spans: Record<string, Spans[]> = { ours: [], 'SIP.js': [], JsSIP: [] }
    for (let round = -1; round < (rounds ?? 30); round++)
      for (const contestant of [ours, sipJs, jsSip]) {
        const measured = await oneCall(stage.pbx, contestant)
        // The first round warms every page up.
        if (round >= 0) spans[contestant.name]?.push(measured)
      }
    await sipJs.close()
    await jsSip.close()
    return rowsOf(spans)
  } finally {
    await stage.close()
  }
}

const oneCall = async (
  pbx: Awaited<ReturnType<typeof openStage>>['pbx'],
  { page, extension, after }: Contestant,
): Promise<Spans> => {
  await page.evaluate(() => callProbe.reset())
  const caller = await callQueue(pbx, { to: extension })
  await page.waitForFunction(() => callProbe.read().shown > 0, undefined, limit)
  await page.waitForTimeout(reachMs)
  await page.evaluate(() => callProbe.answer())
  await page.waitForFunction(
    () => callProbe.read().audio > 0 && callProbe.read().okSent > 0,
    undefined,
    limit,
  )
  const { invite, shown, pressed, okSent, audio } = await page.evaluate(() => callProbe.read())
  await caller.hangUp()
  await pbx.untilQuiet()
  await after()
  return { shown: shown - invite, ok: okSent - pressed, audio: audio - pressed }
}

const rowsOf = (spans: Record<string, Spans[]>): Row[] => {
  const of = (name: string, what: keyof Spans) => median((spans[name] ?? []).map((span) => span[what]))
  const row = (metric: string, what: keyof Spans, peer: string, most: number, goal: string): Row => {
    const ours = of('ours', what)
    const ratio = ours / of(peer, what)
    const peers = { 'bare SIP.js': of('SIP.js', what), 'bare JsSIP': of('JsSIP', what) }
    return { metric, unit: 'ms', ours, peers, ratio, goal, met: ratio <= most, n: spans['ours']?.length ?? 0 }
  }
  return [
    row('INVITE received → ring shown', 'shown', 'JsSIP', 1.2, '≤ 1.2 × bare JsSIP'),
    row('answer pressed → 200 OK sent', 'ok', 'JsSIP', 0.1, '≤ 1/10 of bare JsSIP'),
    row('answer pressed → first audio packet', 'audio', 'JsSIP', 0.5, '≤ 1/2 of bare JsSIP'),
  ]
}
