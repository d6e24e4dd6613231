// The desktop killed outright, with its centre and its browser: the next start finds everything and is alone.
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, expect, test } from 'vitest'
import { until } from '../pbx/until.ts'

const root = join(import.meta.dirname, '../..')
const data = mkdtempSync(join(tmpdir(), 'killed-'))
afterAll(() => rmSync(data, { recursive: true, force: true }))

/** Up when the practice centre has announced its accounts, which it does again with the same passwords. */
async function started(): Promise<{ child: ChildProcess; accounts: readonly string[] }> {
  const child = spawn(process.execPath, [join(root, 'host/run.ts'), '--headless', '--data', data], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const accounts: string[] = []
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (line.startsWith('演示工号')) accounts.push(line)
  })
  await until('the accounts', () => accounts.length >= 6, 60_000)
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
})
