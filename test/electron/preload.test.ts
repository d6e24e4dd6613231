// What the page finds on window: one named function per row of the table, and no way to anything else.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { ipcCalls, ipcNotices } from '../../contract/ipc.ts'

const exposed: Record<string, Record<string, (given: unknown) => unknown>> = {}
const invoked: unknown[][] = []
const listeners = new Set<(...args: unknown[]) => void>()

vi.mock('electron', () => ({
  contextBridge: {
    exposeInMainWorld: (name: string, api: (typeof exposed)[string]) => {
      exposed[name] = api
    },
  },
  ipcRenderer: {
    invoke: (...args: unknown[]) => {
      invoked.push(args)
      return Promise.resolve({ ok: true, value: null })
    },
    on: (_channel: string, listener: () => void) => listeners.add(listener),
    removeListener: (_channel: string, listener: () => void) => listeners.delete(listener),
  },
}))

beforeAll(() => import('../../electron/preload.ts'))

describe('the preload', () => {
  test('[E20] exposes one name, with exactly the rows of the table', () => {
    expect(Object.keys(exposed)).toEqual(['desk'])
    expect(Object.keys(exposed['desk'] ?? {})).toEqual([...Object.keys(ipcCalls), ...Object.keys(ipcNotices)])
  })

  test('[E20] each function asks its own name on the one channel, whatever it is given', () => {
    exposed['desk']?.['settings.read']?.('other.channel')
    expect(invoked).toEqual([['desk', 'settings.read', 'other.channel']])
  })

  test('[E20] a listener hears its own notice only, without the event, until it is taken off', () => {
    const heard: unknown[] = []
    const stop = exposed['desk']?.['dial.requested']?.((notice: unknown) => heard.push(notice))
    const tell = (name: string, notice: unknown) => {
      for (const listener of listeners) listener({ sender: 'secret' }, name, notice)
    }
    tell('power.changed', { state: 'resume' })
    tell('dial.requested', { number: '12351' })
    if (typeof stop === 'function') stop()
    tell('dial.requested', { number: '110' })
    expect(heard).toEqual([{ number: '12351' }])
    expect(listeners.size).toBe(0)
  })

  test('[E20] its text names ipcRenderer for the one channel only, and exposes no function of it', () => {
    const text = readFileSync(join(import.meta.dirname, '../../electron/preload.ts'), 'utf8')
    expect(text.match(/ipcRenderer\.\w+\([^,)]*/g)).toEqual([
      "ipcRenderer.invoke('desk'",
      "ipcRenderer.on('desk'",
      "ipcRenderer.removeListener('desk'",
    ])
    expect(text.match(/\b(require|process|webFrame|eval|sendSync|postMessage)\b/g)).toBe(null)
    expect(text.match(/from '[^']+'/g)).toEqual(["from 'electron'", "from '../contract/ipc.ts'"])
    expect(text).toContain("import type { IpcCallName, IpcNoticeName } from '../contract/ipc.ts'")
  })
})
