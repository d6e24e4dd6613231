// The desktop as a process of its own, to be ended with kill -9: main and preload bundles in the stand-in, with the page of
// the bench in place of the agent's hands. What it is asked and what was told saved go over the channel to the bench.
import { installedBrowser } from '../../host/installedBrowser.ts'
import { launchHost } from '../../host/launch.ts'
import type { ChaosOnPage, ToldSaved } from '../pages/chaosPage.ts'
import type { Asked, Said } from './seats.ts'

declare const bench: ChaosOnPage

const [data = '', out = ''] = process.argv.slice(2)
const browser = installedBrowser()
if (browser === null) throw new Error('no browser is installed')
const say = (said: Said): void => void process.send?.(said)

const host = await launchHost({
  browser,
  data,
  out,
  headless: true,
  argv: [],
  args: ['--disable-gpu', '--disable-background-networking', '--disable-component-update'],
  ended: (code) => process.exit(code),
})
if (host === null) throw new Error('another one holds this folder')
const window = async () => {
  for (;;) {
    const page = await host.page().catch(() => null)
    if (page) return page
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
const page = await window()
await page.exposeFunction('toldSaved', (told: ToldSaved) => say({ told }))
await page.waitForFunction(() => 'bench' in globalThis)
process.on('message', ({ n, what, args }: Asked) => {
  const asking = page.evaluate(
    async ([name, [account = '', password = '']]): Promise<unknown> => {
      if (name === 'work') return bench.work(account, password)
      const found = bench[name]
      return typeof found === 'function' ? found() : found
    },
    [what, args] as const,
  )
  asking.then(
    (value) => say({ n, value: value ?? null }),
    // The page is going: so is this process.
    () => undefined,
  )
})
say({ ready: true })
