// The practice exchange's program as a process and as a thread: the same lines in and out, and a clean end.
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, describe, expect, test } from 'vitest'
import { PracticeConfiguration, PracticeEvent } from '../../contract/practice.ts'
import { startExchangeProcess } from '../../server/exchangeProcess.ts'

const program = join(import.meta.dirname, '../../practice/main.ts')
afterEach(() => {
  Reflect.deleteProperty(process, 'parentPort')
})

describe.each(['process', 'thread'])('as a %s', (kind) => {
  const start = (file: string) => {
    // What Electron gives a process it started for its program.
    if (kind === 'thread') Object.assign(process, { parentPort: {} })
    return startExchangeProcess(file)
  }

  test('it announces itself, and is gone when its input ends', async () => {
    const running = start(program)
    const ended = new Promise<number | null>((resolve) => running.onEnd(resolve))
    const configuration = { accounts: [{ extension: '1001', password: 'made-up' }] }
    running.stdin.write(`${JSON.stringify(PracticeConfiguration.parse(configuration))}\n`)
    const event = await new Promise<PracticeEvent>((resolve) => {
      createInterface({ input: running.stdout }).once('line', (line) =>
        resolve(PracticeEvent.parse(JSON.parse(line))),
      )
    })
    expect(event).toMatchObject({
      event: 'listening',
      url: expect.stringMatching(/^ws:\/\/127\.0\.0\.1:\d+/),
    })
    running.stdin.end()
    expect(await ended).toBe(0)
  })

  test('a program that is not there ends it too, and nothing is thrown', async () => {
    const running = start('/nowhere/main.js')
    running.stdin.on('error', () => undefined)
    expect(await new Promise((resolve) => running.onEnd(resolve))).not.toBe(0)
  })

  test('[PRACTICE-10] it can be ended at once', async () => {
    const running = start(program)
    const ended = new Promise((resolve) => running.onEnd(resolve))
    running.kill()
    // By signal a process has no code; a thread that had not begun has 0.
    await expect(ended).resolves.not.toBe(undefined)
  })
})
