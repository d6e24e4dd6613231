// The wrapper around every request of the page: who may ask, what, how often, and what comes back.
import fc from 'fast-check'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { done } from '../../contract/answer.ts'
import { ipcCalls, type IpcCallName, type IpcHandlers } from '../../contract/ipc.ts'
import { defaultSettings } from '../../contract/settings.ts'
import { invoke, ipcMain } from '../../host/application.ts'

vi.mock('electron', () => import('../../host/electronModule.ts'))
const { makeBudget, serveDesk } = await import('../../electron/desk.ts')

const names = Object.keys(ipcCalls).filter((name): name is IpcCallName => name in ipcCalls)
const mainFrame = { url: 'app://workstation/index.html', parent: null }
const page = { mainFrame, isDestroyed: () => false, send() {} }
const ours = { sender: page, senderFrame: mainFrame }
const ring = { ...page }
const fromRing = { sender: ring, senderFrame: mainFrame }
/** Who may ask what by this name. */
const whoOf = (name: string) => (name.startsWith('ring.') ? fromRing : ours)

let asked: unknown[] = []
const about = { version: '1', runtime: 'test', secrets: 'none' as const }
const handlers: IpcHandlers = {
  'centre.find': async () => done({ url: 'http://127.0.0.1:1', practice: true }),
  'centre.certificate': async () => done('expired'),
  'settings.read': async () => done(defaultSettings),
  'settings.write': async (part) => {
    asked.push(part)
    return done(defaultSettings)
  },
  'secrets.keep': async (input) => {
    asked.push(input)
    return done({ strength: 'weak' })
  },
  'secrets.recall': async () => done(null),
  'secrets.forget': async () => done(null),
  'about.read': async () => done(about),
  'diagnostics.save': async () => done({ saved: false }),
  'journal.append': async () => done({ seqs: [1] }),
  'journal.read': async () => done({ entries: [], next: null }),
  'disk.read': async () => done({ level: 'ok', freeBytes: 1, toFreeBytes: 0, copied: false }),
  'hotkeys.read': async () => done({ commands: [] }),
  'window.showState': async () => done(null),
  'ring.read': async () =>
    done({ ring: null, keys: { answer: 'F2', reject: 'Shift+F2' }, language: 'zh-CN', theme: 'light' }),
  'ring.press': async () => done(null),
  'window.raise': async () => done(null),
  'link.open': async () => done(null),
}

const serve = (own: Partial<IpcHandlers> = {}) => {
  ipcMain.removeHandler('desk')
  // Only what serveDesk looks at: identity, frames and addresses.
  serveDesk(
    { ...handlers, ...own },
    () => Object(page),
    () => Object(ring),
  )
}
const ask = (event: object, ...args: unknown[]) => invoke(event, 'desk', args)

const codeOf = (answer: unknown) => {
  const { ok, problem } = Object(answer)
  return ok === true ? 'ok' : String(problem.code)
}

beforeEach(() => {
  asked = []
  serve()
})

describe('who may ask', () => {
  test('[E17] only the main frame of our own page is answered', async () => {
    const foreign: [string, object][] = [
      ['another page', { sender: { ...page }, senderFrame: mainFrame }],
      [
        'a frame inside ours',
        { sender: page, senderFrame: { url: 'app://workstation/', parent: mainFrame } },
      ],
      ['a foreign address', { sender: page, senderFrame: { url: 'https://example.com/', parent: null } }],
      ['a look-alike', { sender: page, senderFrame: { url: 'app://workstation.evil/', parent: null } }],
      ['a frame that is gone', { sender: page, senderFrame: null }],
    ]
    for (const [who, event] of foreign) {
      expect([who, codeOf(await ask(event, 'settings.read', null))]).toEqual([who, 'forbidden'])
    }
    expect(codeOf(await ask(ours, 'settings.read', null))).toBe('ok')
  })

  test('[E17] before there is a window nobody is answered', async () => {
    ipcMain.removeHandler('desk')
    serveDesk(handlers, () => null)
    expect(codeOf(await ask(ours, 'settings.read', null))).toBe('forbidden')
  })

  test('[E17] an unknown name and an unknown channel are refused', async () => {
    const unknown = [
      'settings',
      'settings.delete',
      '__proto__',
      'constructor',
      'toString',
      '',
      7,
      null,
      {},
      ['a'],
    ]
    for (const name of unknown) expect(codeOf(await ask(ours, name, null))).toBe('unsupported')
    await expect(invoke(ours, 'fs', ['/etc/passwd'])).rejects.toThrow("No handler registered for 'fs'")
  })
})

describe('what may be asked', () => {
  test('[E17] [F20] input that does not fit names the field and reaches no handler', async () => {
    const answer = Object(await ask(ours, 'settings.write', { ringVolume: 3 }))
    expect(answer).toEqual({
      ok: false,
      problem: { code: 'bad_input', text: '内容不合要求，没有保存。请改后再试。', field: 'ringVolume' },
    })
    expect(asked).toEqual([])
  })

  test.each(names)('[E17] 1,000 strange payloads to %s end in an Answer, never in a throw', async (name) => {
    const run = await fc.check(
      fc.asyncProperty(fc.anything({ withBigInt: true, withDate: true, withMap: true }), async (input) => {
        serve()
        return ['ok', 'bad_input'].includes(codeOf(await ask(whoOf(name), name, input)))
      }),
      { numRuns: 1000, seed: 12351 },
    )
    expect(run.counterexample).toBe(null)
  })

  test('[E17] a handler that breaks, or answers what the table does not say, becomes a problem', async () => {
    serve({
      'about.read': () => Promise.reject(new Error('boom')),
      'settings.read': () => Promise.resolve(done(Object({ centre: 7 }))),
    })
    expect(codeOf(await ask(ours, 'about.read', null))).toBe('failed')
    expect(codeOf(await ask(ours, 'settings.read', null))).toBe('failed')
  })

  test('[E17] no row takes a path of the file system', () => {
    const texts = Object.values(ipcCalls).map((row) => JSON.stringify(z.toJSONSchema(row.input)))
    expect(texts.filter((text) => /"(path|file|folder|dir)[^"]*":/i.test(text))).toEqual([])
  })
})

describe('how often', () => {
  test('[E17] a flood is told to wait, and only that name', async () => {
    const answers = await Promise.all(Array.from({ length: 100 }, () => ask(ours, 'settings.read', null)))
    expect(answers.filter((answer) => codeOf(answer) === 'too_many').length).toBeGreaterThan(30)
    expect(codeOf(await ask(ours, 'about.read', null))).toBe('ok')
  })

  test('[E17] the budget comes back with time and never grows beyond the burst', () => {
    const budget = makeBudget()
    const spent = (at: number) =>
      Array.from({ length: 200 }, () => budget.spend('x', at)).filter(Boolean).length
    expect(spent(0)).toBe(60)
    expect(spent(1000)).toBe(30)
    expect(spent(3_600_000)).toBe(60)
    // A clock that goes back gives nothing.
    expect(spent(0)).toBe(0)
  })
})
