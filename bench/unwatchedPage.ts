// A page that nobody watches. Playwright has Chromium report the text of every request to it, which takes longer than
// sending it: whoever uploads texts is measured slower under its eyes than it is.
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { WebSocket } from 'ws'
import { chromiumPath, usualArgs } from './page.ts'

/** As much of a page as a bench needs; Playwright's has it too. */
export type PlainPage = {
  evaluate<A, T>(run: (argument: A) => T | Promise<T>, argument: A): Promise<T>
  reload(): Promise<unknown>
}

type Told = { id?: number; result?: unknown; error?: { message: string } }
type Evaluated = { result: { value?: unknown }; exceptionDetails?: { exception?: { description?: string } } }

/** Opens `url` in a Chromium of its own, with Runtime and Page the only domains asked for anything. */
export const openUnwatched = async (url: string): Promise<{ page: PlainPage; close(): Promise<void> }> => {
  const profile = mkdtempSync(join(tmpdir(), 'bench-profile-'))
  const args = ['--headless=new', '--remote-debugging-port=0', `--user-data-dir=${profile}`, ...usualArgs]
  const browser = spawn(chromiumPath, [...args, 'about:blank'], { stdio: ['ignore', 'ignore', 'pipe'] })
  const over = new Promise((resolve) => browser.once('exit', resolve))
  let port = ''
  for await (const line of createInterface({ input: browser.stderr })) {
    port = /^DevTools listening on ws:\/\/[^/]*:(\d+)\//.exec(line)?.[1] ?? ''
    if (port !== '') break
  }
  browser.stderr.resume()
  const targets: { type: string; webSocketDebuggerUrl: string }[] = await (
    await fetch(`http://127.0.0.1:${port}/json`)
  ).json()
  const target = targets.find(({ type }) => type === 'page')
  if (!target) throw new Error('the browser opened no page')
  const socket = new WebSocket(target.webSocketDebuggerUrl)
  await new Promise((resolve) => socket.once('open', resolve))

  const waiting = new Map<number, (told: Told) => void>()
  socket.on('message', (data) => {
    const told: Told = JSON.parse(String(data))
    if (told.id !== undefined) waiting.get(told.id)?.(told)
  })
  let last = 0
  const ask = (method: string, params: object = {}): Promise<unknown> =>
    new Promise((resolve, reject) => {
      last += 1
      const id = last
      waiting.set(id, ({ result, error }) => {
        waiting.delete(id)
        if (error) reject(new Error(`${method}: ${error.message}`))
        else resolve(result)
      })
      socket.send(JSON.stringify({ id, method, params }))
    })
  const read = async (expression: string): Promise<unknown> => {
    const options = { expression, awaitPromise: true, returnByValue: true }
    const { result, exceptionDetails } = (await ask('Runtime.evaluate', options)) as Evaluated
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? 'the page threw')
    return result.value
  }
  const ready = async (): Promise<void> => {
    while ((await read(`document.readyState === 'complete' && 'bench' in globalThis`)) !== true)
      await new Promise((resolve) => setTimeout(resolve, 50))
  }

  // Peers talk to endpoints of the bench that the product's own policy would rightly refuse.
  await ask('Page.setBypassCSP', { enabled: true })
  await ask('Page.navigate', { url })
  await ready()
  return {
    page: {
      evaluate: async <A, T>(run: (argument: A) => T | Promise<T>, argument: A) =>
        (await read(`(${String(run)})(${JSON.stringify(argument)})`)) as T,
      async reload() {
        await read('delete globalThis.bench')
        await ask('Page.reload')
        await ready()
      },
    },
    async close() {
      await ask('Browser.close').catch(() => undefined)
      await over
      rmSync(profile, { recursive: true, force: true })
    },
  }
}
