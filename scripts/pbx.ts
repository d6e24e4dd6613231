// npm run pbx -- start | stop | status | call | rx "CLI command": a test PBX left running in .cache/pbx/run, to try
// the workstation by hand. Prints one JSON object; the seats' SIP secrets are in the file it names.
import { rmSync } from 'node:fs'
import { resolve } from 'node:path'
import { callQueue } from '../test/pbx/caller.ts'
import { TRUNK_HOST } from '../test/pbx/configure.ts'
import { findPbx, startPbx, type Pbx } from '../test/pbx/pbx.ts'
import { speech } from '../test/pbx/tones.ts'

const dir = resolve(import.meta.dirname, '../.cache/pbx/run')
const STORY =
  'ni3 hao3, wo3 shi4 jian4 zhu4 gong1 di4 de5 gong1 ren2, lao3 ban3 tuo1 qian4 wo3 san1 ge4 yue4 gong1 zi1.'

const describe = (pbx: Pbx): object => ({
  running: true,
  wsUrl: pbx.wsUrl,
  wssUrl: pbx.wssUrl,
  spkiPin: pbx.spkiPin,
  numbers: Object.keys(pbx.secrets),
  secretsFile: pbx.secretsFile,
  sip: { host: pbx.host, port: pbx.sipPort },
  trunk: { host: TRUNK_HOST, port: pbx.trunkPort },
  amiPort: pbx.amiPort,
  version: pbx.version,
  pid: pbx.pid(),
  dir,
})

async function start(): Promise<object> {
  const running = await findPbx(dir)
  if (running) return describe(running)
  rmSync(dir, { recursive: true, force: true })
  return describe(await startPbx({ dir, detached: true }))
}

/** Rings the queue with a worker who tells his story until one side hangs up. */
async function call(pbx: Pbx): Promise<object> {
  const caller = await callQueue(pbx, { name: '王建国', sound: speech(STORY) })
  console.error(`${caller.number} is calling 12351; hang up at the seat, or with Ctrl+C here.`)
  process.once('SIGINT', () => void caller.hangUp())
  return { callRef: await caller.callRef, ended: await caller.ended }
}

async function answer(command: string, rest: string): Promise<object | string> {
  if (command === 'start') return start()
  const pbx = await findPbx(dir)
  if (command === 'status') return pbx ? describe(pbx) : { running: false }
  if (command === 'stop') {
    await pbx?.stop()
    return { running: false }
  }
  if (!pbx) throw new Error('No test PBX runs here; start one with: npm run pbx -- start')
  if (command === 'call') return call(pbx)
  if (command === 'rx') return pbx.rx(rest)
  throw new Error('Say one of: start, stop, status, call, rx "CLI command"')
}

try {
  const [command = 'status', ...rest] = process.argv.slice(2)
  const said = await answer(command, rest.join(' '))
  console.log(typeof said === 'string' ? said : JSON.stringify(said, null, 2))
  process.exit(0)
} catch (problem) {
  console.error(problem instanceof Error ? problem.message : problem)
  process.exit(1)
}
