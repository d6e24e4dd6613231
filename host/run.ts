// Command line of the stand-in: node host/run.ts [--data DIR] [--headless] [tel:12351]. `npm start` uses it.
import { parseArgs } from 'node:util'
import { browserAdvice, installedBrowser } from './installedBrowser.ts'
import { defaultData, launchHost } from './launch.ts'

const { values, positionals } = parseArgs({
  options: { data: { type: 'string' }, headless: { type: 'boolean', default: false } },
  allowPositionals: true,
})
const browser = installedBrowser()
if (browser === null) {
  process.stderr.write(`${browserAdvice()}\n`)
  process.exit(1)
}
const host = await launchHost({
  browser,
  data: values.data ?? defaultData(),
  headless: values.headless,
  argv: positionals,
  args: [],
  ended: (code) => process.exit(code),
})
if (host === null) {
  process.stdout.write('坐席工作站已经打开，已转到那个窗口。\n')
  process.exit(0)
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => host.quit())
