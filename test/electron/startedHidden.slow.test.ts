// Started with the computer: no window opens, also where it was maximised last.
import { expect, test, vi } from 'vitest'
import { join } from 'node:path'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { recorded } from '../../host/record.ts'
import { aDataFolder, startedDesktop } from './startedDesktop.ts'

vi.mock('electron', () => import('../../host/electronModule.ts'))

test('[DESK-31] [DESK-14] a hidden start shows nothing; when it is wanted it is as large as it was', async () => {
  const data = aDataFolder()
  mkdirSync(data, { recursive: true })
  writeFileSync(join(data, 'desktop.json'), JSON.stringify({ bounds: null, maximized: true }))
  const desk = await startedDesktop({ data, argv: ['--hidden'] })
  expect(desk.window().isVisible()).toBe(false)
  expect(recorded('maximize')).toEqual([])
  const window = desk.window()
  window.emit('close', { preventDefault() {} })
  expect(JSON.parse(readFileSync(join(data, 'desktop.json'), 'utf8'))).toMatchObject({ maximized: true })
  window.show()
  expect(window.isMaximized()).toBe(true)
})
