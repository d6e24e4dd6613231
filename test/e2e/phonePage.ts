// Opens the telephone page in a Chromium of its own, one per seat, because each seat speaks with its own voice: a tone
// played as its microphone. Drives it and asks what it heard.
import { createServer } from 'node:http'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Page } from 'playwright-core'
import { Extension } from '../../contract/ids.ts'
import type { SipAccount } from '../../contract/softphone.ts'
import type { PhoneEvent } from '../../core/softphone/phoneEvent.ts'
import { anAccount } from '../makers/anAccount.ts'
import type { Pbx } from '../pbx/pbx.ts'
import { tone, writeWav } from '../pbx/tones.ts'
import { until } from '../pbx/until.ts'
import { wholeBrowser } from './browser.ts'
import { pageFiles } from './pageBundle.ts'
import type { SeatOnPage } from './phonePage/main.ts'

export type SeatPage = {
  readonly page: Page
  readonly account: SipAccount
  run<T>(work: (seat: SeatOnPage, argument: string) => T | Promise<T>, argument?: string): Promise<T>
  events(): Promise<PhoneEvent[]>
  /** The first event of this type after the `after`th event, waiting for it. */
  next<T extends PhoneEvent['type']>(
    type: T,
    options?: { after?: number; withinMs?: number },
  ): Promise<Extract<PhoneEvent, { type: T }>>
  count(): Promise<number>
  register(): Promise<void>
  /** Waits until this tone is what arrives (on the nth call). */
  untilHears(hz: number, nth?: number): Promise<void>
  close(): Promise<void>
}

export function accountOf(pbx: Pbx, extension: string, servers?: readonly string[]): SipAccount {
  return anAccount(servers ?? [pbx.wsUrl], {
    extension: Extension.parse(extension),
    password: pbx.secrets[extension] ?? '',
  })
}

export async function openSeatPage(
  account: SipAccount,
  voiceHz: number,
  pinned: string[] = [],
  allows: { microphone: 'granted' | 'denied' } = { microphone: 'granted' },
): Promise<SeatPage> {
  const files = await pageFiles('phonePage/main.ts')
  const dir = mkdtempSync(join(tmpdir(), 'seat-'))
  const voice = writeWav(join(dir, 'voice.wav'), tone(voiceHz, 10_000, 0.3, 48_000))
  const server = createServer((request, response) => {
    const script = files.get(request.url ?? '')
    const kind = script === undefined ? 'text/html' : 'text/javascript'
    response.setHeader('content-type', `${kind}; charset=utf-8`)
    if (script !== undefined) response.setHeader('cache-control', 'max-age=3600')
    response.end(script ?? '<!doctype html><title>seat</title><script type="module" src="/page.js"></script>')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = address !== null && typeof address === 'object' ? address.port : 0
  const browser = await chromium.launch({
    executablePath: wholeBrowser,
    args: [
      '--no-sandbox',
      ...(allows.microphone === 'granted' ? ['--use-fake-ui-for-media-stream'] : []),
      '--use-fake-device-for-media-stream',
      `--use-file-for-fake-audio-capture=${voice}`,
      '--autoplay-policy=no-user-gesture-required',
      '--allow-loopback-in-peer-connection',
      ...(pinned.length > 0 ? [`--ignore-certificate-errors-spki-list=${pinned.join(',')}`] : []),
    ],
  })
  const page = await browser.newPage()
  await page.goto(`http://127.0.0.1:${port}/`)

  const run: SeatPage['run'] = (work, argument = '') =>
    page.evaluate(`(${work.toString()})(window.seat, ${JSON.stringify(argument)})`)
  const events = () => run((seat) => seat.events)
  return {
    page,
    account,
    run,
    events,
    next: (type, { after = 0, withinMs = 10_000 } = {}) =>
      until(
        `the event ${type}`,
        async () => (await events()).slice(after).find((event) => event.type === type) as never,
        withinMs,
      ),
    count: async () => (await events()).length,
    async register() {
      // Level tests need the tone as it is: noise suppression takes it for noise.
      await run((seat) =>
        seat.phone.useDevices({
          microphone: null,
          speaker: null,
          echoCancellation: false,
          noiseSuppression: false,
          autoGainControl: false,
        }),
      )
      await run((seat, account) => seat.phone.connect(JSON.parse(account)), JSON.stringify(account))
      await until('the seat to register', async () => lastLink(await events()) === 'registered')
    },
    async untilHears(hz, nth = -1) {
      let heard = { hz: 0, rms: 0 }
      await until(
        () => `${hz} Hz to arrive, heard ${heard.hz} Hz of ${heard.rms}`,
        async () => {
          heard = await run((seat, at) => seat.hears(Number(at)), String(nth))
          return Math.abs(heard.hz - hz) <= 8 && heard.rms > 0.01
        },
        10_000,
      )
    },
    async close() {
      await browser.close()
      await new Promise((resolve) => server.close(resolve))
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

export function lastLink(events: PhoneEvent[]): string {
  const change = events.findLast((event) => event.type === 'linkChanged')
  return change?.link.link ?? 'off'
}
