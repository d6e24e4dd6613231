// Starting with the computer: a file on Linux, the system's own list elsewhere.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { recorded } from '../../host/record.ts'
import { aDataFolder } from './startedDesktop.ts'

vi.mock('electron', () => import('../../host/electronModule.ts'))
const { desktopEntry, startsWithSystem, startWithSystem } = await import('../../electron/autostart.ts')

afterEach(() => vi.unstubAllEnvs())

describe('starting with the computer', () => {
  test.runIf(process.platform === 'linux')('is a file in the autostart folder, made and removed', () => {
    const folder = aDataFolder()
    vi.stubEnv('XDG_CONFIG_HOME', folder)
    vi.stubEnv('APPIMAGE', '/home/zhang/坐席 工作站.AppImage')
    expect(startsWithSystem()).toBe(false)
    startWithSystem(true)
    expect(startsWithSystem()).toBe(true)
    const file = join(folder, 'autostart', 'hotline-seat.desktop')
    expect(readFileSync(file, 'utf8')).toContain(
      'Exec="/home/zhang/坐席 工作站.AppImage" --ozone-platform=x11 --hidden\n',
    )
    startWithSystem(false)
    expect(existsSync(file)).toBe(false)
    expect(recorded('app.setLoginItemSettings')).toEqual([])
  })

  test('[DESK-31] elsewhere the system’s list is asked with the words it was given, so it can be switched off', () => {
    const { platform } = process
    Object.defineProperty(process, 'platform', { value: 'win32' })
    startWithSystem(true)
    expect(startsWithSystem()).toBe(true)
    startWithSystem(false)
    expect(startsWithSystem()).toBe(false)
    Object.defineProperty(process, 'platform', { value: platform })
  })

  test('a path cannot add words of its own to the command', () => {
    expect(desktopEntry('/opt/a" --no-sandbox "$HOME`x`\\b')).toContain(
      'Exec="/opt/a\\" --no-sandbox \\"\\$HOME\\`x\\`\\\\b" --ozone-platform=x11 --hidden\n',
    )
  })
})
