// A start that must not happen: nothing is opened, nothing is written, the reason is said.
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { app, instance } from '../../host/application.ts'
import { forget, recorded } from '../../host/record.ts'
import { mayMount, smallDisk } from './smallDisk.ts'
import { aDataFolder, startedDesktop } from './startedDesktop.ts'

vi.mock('electron', () => import('../../host/electronModule.ts'))
const { startDesktop } = await import('../../electron/desktop.ts')

const nowhere = { preload: '', renderer: '', server: '', assets: '' }

afterEach(() => {
  instance.packaged = false
  instance.first = true
  vi.unstubAllEnvs()
  forget()
})

describe('a refused start', () => {
  test('[DESK-32] [E23] a packaged program asked for remote debugging opens nothing and says why', async () => {
    instance.packaged = true
    const data = aDataFolder()
    const { started } = await startedDesktop({ data, argv: ['--remote-debugging-port=9222'] })
    expect(started).toBe(false)
    expect(recorded('app.exit')).toEqual([[2]])
    expect(recorded('BrowserWindow')).toEqual([])
    expect(recorded('dialog.showErrorBox')[0]?.[1]).toBe(
      '启动参数 --remote-debugging-port 会降低安全，已拒绝启动。请去掉后再打开。',
    )
    expect(existsSync(join(data, 'settings.json'))).toBe(false)
    expect(app.getPath('userData')).not.toContain(data)
  })

  test.runIf(mayMount)(
    '[DESK-32] [F45] [JRNL-9] on a read-only data folder: no seat works in memory only',
    async () => {
      const small = smallDisk('1m')
      try {
        const data = join(small.path, 'hotline-seat')
        mkdirSync(data)
        small.readOnly()
        expect(await startDesktop(nowhere, [`--data=${data}`])).toBe(false)
        expect(recorded('app.exit')).toEqual([[3]])
        expect(recorded('BrowserWindow')).toEqual([])
        expect(recorded('dialog.showErrorBox')[0]?.[1]).toBe(
          `数据文件夹不能写入，登记单会丢，所以没有启动。请让管理员开放写入：${data}`,
        )
      } finally {
        small.remove()
      }
    },
  )

  test('[E21] so does any program told to accept every certificate', async () => {
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0')
    expect((await startedDesktop()).started).toBe(false)
    expect(recorded('BrowserWindow')).toEqual([])
  })

  test('[E22] [F52] [DESK-16] a second instance ends at once', async () => {
    instance.first = false
    expect((await startedDesktop()).started).toBe(false)
    expect(recorded('app.quit').length).toBe(1)
    expect(recorded('BrowserWindow')).toEqual([])
  })
})
