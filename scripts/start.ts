// `npm start [-- options] [tel:12351]`: opens the workstation with everything it needs on this computer.
// Electron where it is there or can be fetched, else an installed Chromium, Chrome or Edge (host/); with --headless
// only the practice centre, whose address any browser can open. Options: --data DIR, --port N, --headless.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { browserAdvice, installedBrowser } from '../host/installedBrowser.ts'
import { defaultData } from '../host/launch.ts'
import { electronBinary } from './electronBinary.ts'
import { isBuilt } from './freshness.ts'

const root = join(import.meta.dirname, '..')
const { values, positionals: links } = parseArgs({
  options: {
    data: { type: 'string' },
    port: { type: 'string', default: '0' },
    headless: { type: 'boolean', default: false },
  },
  allowPositionals: true,
})
const data = values.data === undefined ? defaultData() : resolve(values.data)

const say = (text: string) => process.stdout.write(`${text}\n`)

/** Our end is its end, its end is ours. An npm ended from outside tells nobody: it leaves us to another parent. */
function tie(child: ChildProcess): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal))
  const parent = process.ppid
  const orphaned = () => process.ppid !== parent && child.kill('SIGTERM')
  if (process.env['npm_lifecycle_event'] !== undefined) setInterval(orphaned, 500)
  child.on('close', (code) => process.exit(code ?? 1))
}

/** Runs in the foreground. */
function stay(command: string, args: readonly string[]): void {
  const child = spawn(command, args, { cwd: root, stdio: 'inherit' })
  tie(child)
  child.on('error', (error) => {
    process.stderr.write(`${error.message}\n`)
    process.exit(1)
  })
}

type Announcement = {
  readonly address: string
  readonly accounts?: readonly { account: string; password: string; name: string; role: string }[]
}

function announce(line: string): void {
  const { address, accounts = [] }: Announcement = JSON.parse(line)
  say(`${address}  在浏览器里打开就是坐席工作站（练习中心，人和事都是编造的；按 Ctrl+C 停止）`)
  for (const one of accounts) say(`工号 ${one.account}  密码 ${one.password}  ${one.name}  ${one.role}`)
  if (installedBrowser() === null) say(browserAdvice())
}

function startCentre(): void {
  const folder = join(data, 'practice-centre')
  const options = ['--demo', '--practice', '--port', values.port, '--data', folder]
  const child = spawn(process.execPath, [join(root, 'server', 'main.ts'), ...options], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  createInterface({ input: child.stdout }).once('line', announce)
  tie(child)
}

function startDesktop(): void {
  const electron = process.env['DESK_HOST'] === 'chromium' ? null : electronBinary()
  if (electron !== null) {
    say(`正在用 Electron 打开坐席工作站，数据在 ${data}`)
    // Started by root (a container), Chromium has no sandbox to give; a packaged program refuses this switch.
    const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : []
    stay(electron, [...asRoot, root, `--data=${data}`, ...links])
    return
  }
  const browser = installedBrowser()
  if (browser === null) {
    process.stderr.write(`${browserAdvice()}\n`)
    process.exit(1)
  }
  say(`没有 Electron，改用本机浏览器打开坐席工作站（没有托盘和全局快捷键），数据在 ${data}`)
  stay(process.execPath, [join(root, 'host', 'run.ts'), '--data', data, '--', ...links])
}

if (!isBuilt()) {
  say('正在构建，大约需要半分钟……')
  const built = spawnSync(process.execPath, [join(root, 'scripts', 'build.ts')], {
    cwd: root,
    stdio: 'inherit',
  })
  if (built.status !== 0) process.exit(built.status ?? 1)
}
const screen = process.platform !== 'linux' || process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY']
if (!values.headless && !screen) say('这台机器没有图形界面，只启动练习中心。')
if (values.headless || !screen) startCentre()
else startDesktop()
