// The desktop killed outright, with its centre and its browser: the next start finds everything and is alone.
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, expect, test } from 'vitest'
import { leash } from '../pbx/leash.ts'
import { until } from '../pbx/until.ts'

const root = join(import.meta.dirname, '../..')
const data = mkdtempSync(join(tmpdir(), 'killed-'))
const children: ChildProcess[] = []
afterAll(() => {
  for (const child of children) child.kill('SIGKILL')
  rmSync(data, { recursive: true, force: true, maxRetries: 10 })
})

/** Up when the practice centre has announced its accounts, which it does again with the same passwords. */
async function started(): Promise<{ child: ChildProcess; accounts: readonly string[] }> {
  const [command, ...args] = [
    ...leash(),
    process.execPath,
    join(root, 'host/run.ts'),
    '--headless',
    '--data',
    data,
  ]
  const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
  children.push(child)
  const accounts: string[] = []
  let complaint = ''
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (line.startsWith('演示工号')) accounts.push(line)
  })
  child.stderr.on('data', (text: Buffer) => (complaint += text.toString()))
  await until('the accounts', () => accounts.length >= 6 || child.exitCode !== null, 120_000)
  if (child.exitCode !== null) throw new Error(`ended with ${child.exitCode}: ${complaint}`)
  return { child, accounts }
}

test('[F51] [DESK-9] [DESK-16] after kill -9 it starts again on the same data, and ends in order', async () => {
  const first = await started()
  first.child.kill('SIGKILL')
  const second = await started()
  expect(second.accounts).toEqual(first.accounts)
  const ended = new Promise((resolve) => second.child.once('close', resolve))
  second.child.kill('SIGTERM')
  expect(await ended).toBe(0)
  // Two starts, the first of which makes the practice centre's database.
}, 300_000)
