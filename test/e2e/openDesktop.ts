// The desktop as it ships on the stand-in, headless, in a folder of its own.
import type { Page } from 'playwright-core'
import { browserAdvice, installedBrowser } from '../../host/installedBrowser.ts'
import { launchHost, type Host } from '../../host/launch.ts'
import { until } from '../pbx/until.ts'

export type OpenDesktop = {
  readonly host: Host
  readonly page: Page
  hasEnded(): boolean
}

export const openDesktop = async (data: string): Promise<OpenDesktop> => {
  const browser = installedBrowser()
  if (browser === null) throw new Error(browserAdvice())
  let ended = false
  const host = await launchHost({
    browser,
    data,
    headless: true,
    argv: [],
    args: [
      '--use-fake-device-for-media-stream',
      '--disable-background-networking',
      '--disable-component-update',
    ],
    ended: () => (ended = true),
  })
  if (host === null) throw new Error('another one holds this fresh folder')
  const page = await until('a window', () => host.page().catch(() => null), 60_000)
  return { host, page, hasEnded: () => ended }
}
