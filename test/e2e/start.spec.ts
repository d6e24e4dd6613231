// `npm start` as a whole: what it started must not outlive it.
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { until } from '../pbx/until.ts'

const data = mkdtempSync(join(tmpdir(), 'start-'))
// Who listens no more may still be writing.
afterEach(() => rmSync(data, { recursive: true, force: true, maxRetries: 10 }))

test.runIf(process.platform !== 'win32')(
  '[DESK-26] the practice centre ends with an npm that is ended from outside',
  async () => {
    const npm = spawn('npm', ['start', '--', '--headless', '--data', data], {
      cwd: join(import.meta.dirname, '../..'),
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let said = ''
    npm.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()))
    const address = await until('its address', () => /http:\/\/127\.0\.0\.1:\d+\S*/.exec(said)?.[0], 90_000)
    const isThere = () =>
      fetch(address).then(
        (answer) => answer.ok,
        () => false,
      )
    await expect.poll(() => isThere()).toBe(true)
    npm.kill('SIGTERM')
    await until('the centre to be gone', async () => !(await isThere()), 15_000)
  },
)
