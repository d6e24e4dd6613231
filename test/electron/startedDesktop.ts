// Starts the real desktop on the recording stand-in, in a folder of its own. Every file that uses it says
// vi.mock('electron', () => import('../../host/electronModule.ts')) first.
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Answer } from '../../contract/answer.ts'
import type { IpcCallName, IpcInput, IpcOutput, RingShown } from '../../contract/ipc.ts'
import type { SeatState } from '../../electron/closing.ts'
import { startDesktop } from '../../electron/desktop.ts'
import { invoke } from '../../host/application.ts'
import { recorded } from '../../host/record.ts'
import { BrowserWindow } from '../../host/windows.ts'

/** Announces an address and stays, as the server does; counts nothing, stores nothing. */
const centreProgram = `
process.stdout.write('not json\\n')
process.stdout.write(JSON.stringify({ address: 'http://127.0.0.1:40404', accounts: [] }) + '\\n')
setInterval(() => {}, 1000)
`

export type StartOptions = {
  readonly argv?: readonly string[]
  readonly settings?: Readonly<Record<string, unknown>>
  readonly program?: string
  readonly data?: string
}

export function aDataFolder(): string {
  return mkdtempSync(join(tmpdir(), 'desk-'))
}

/** One per test file: the program keeps its state in its modules, as in Electron. */
export async function startedDesktop(options: StartOptions = {}) {
  const data = options.data ?? aDataFolder()
  const files = join(data, 'program')
  const renderer = join(files, 'renderer')
  mkdirSync(renderer, { recursive: true })
  writeFileSync(join(renderer, 'index.html'), '<meta property="csp-nonce" nonce="CSP-NONCE">')
  writeFileSync(join(files, 'centre.mjs'), options.program ?? centreProgram)
  if (options.settings) writeFileSync(join(data, 'settings.json'), JSON.stringify(options.settings))
  const places = {
    preload: join(files, 'preload.cjs'),
    renderer,
    server: join(files, 'centre.mjs'),
    assets: join(files, 'assets'),
  }
  const started = await startDesktop(places, [`--data=${data}`, ...(options.argv ?? [])])
  const window = () => {
    const [only] = BrowserWindow.getAllWindows()
    if (!only) throw new Error('no window')
    return only
  }
  const ask = async <N extends IpcCallName>(name: N, input: IpcInput<N>): Promise<Answer<IpcOutput<N>>> => {
    const { webContents } = window()
    const event = { sender: webContents, senderFrame: webContents.mainFrame }
    const answer: unknown = await invoke(event, 'desk', [name, input])
    return Object(answer)
  }
  /** What the page was told, by name. */
  const told = (name: string) =>
    recorded('webContents.send')
      .filter(([channel, said]) => channel === 'desk' && said === name)
      .map(([, , notice]) => notice)
  return { started, data, window, ask, told }
}

export const idleSeat: SeatState = {
  phase: 'ready',
  ringing: false,
  onCall: false,
  waiting: 0,
  unfiled: 0,
  ring: null,
  reasons: [],
  reason: null,
}

/** What the page tells of a ringing call. */
export const aRing: RingShown = {
  number: '138****8000',
  name: '王**',
  place: '重庆',
  queue: '维权咨询',
  queuedMs: 21_000,
  earlier: 2,
  practice: false,
  second: false,
}
