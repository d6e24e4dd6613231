// The stand-in for Electron keeps its own promises: strict, unforgiving towards loose windows, one per folder.
import { describe, expect, test } from 'vitest'
import * as electron from '../../host/electronModule.ts'
import { browserAdvice } from '../../host/installedBrowser.ts'
import { claimInstance } from '../../host/singleInstance.ts'
import { aDataFolder } from './startedDesktop.ts'

const { app, BrowserWindow } = electron
const good = { sandbox: true, contextIsolation: true, nodeIntegration: false }

describe('the stand-in', () => {
  test('[DESK-15] whatever it does not know throws instead of seeming to work', () => {
    const call = (object: object, name: string) => () => Reflect.get(object, name)
    expect(call(app, 'dock')).toThrow('host: app.dock is not implemented')
    expect(call(electron.default, 'desktopCapturer')).toThrow(
      'host: electron.desktopCapturer is not implemented',
    )
    const window = new BrowserWindow({ webPreferences: good })
    expect(call(window, 'setKiosk')).toThrow('host: BrowserWindow.setKiosk is not implemented')
    expect(call(window.webContents, 'executeJavaScript')).toThrow('is not implemented')
    window.destroy()
  })

  test.each([
    { ...good, sandbox: false },
    { ...good, contextIsolation: false },
    { ...good, nodeIntegration: true },
    { ...good, nodeIntegrationInWorker: true },
    { ...good, nodeIntegrationInSubFrames: true },
    { ...good, webviewTag: true },
    { ...good, webSecurity: false },
    { ...good, allowRunningInsecureContent: true },
    { ...good, experimentalFeatures: true },
    { ...good, enableBlinkFeatures: 'X' },
    { contextIsolation: true, nodeIntegration: false },
    {},
  ])('[E02] [E03] [E04] [E06] [DESK-15] it refuses a window with %j', (webPreferences) => {
    expect(() => new BrowserWindow({ webPreferences })).toThrow('host: refused a window')
  })

  test('[DESK-16] the second on a folder hands its words to the first; another folder is free', async () => {
    const data = aDataFolder()
    const heard: (readonly string[])[] = []
    const claim = (folder: string, ...argv: string[]) =>
      claimInstance(folder, argv, (later) => heard.push(later))
    expect(await claim(data, 'first')).toBe(true)
    expect(await claim(data, 'second', 'tel:12351')).toBe(false)
    expect(await claim(aDataFolder(), 'elsewhere')).toBe(true)
    await expect.poll(() => heard).toEqual([['second', 'tel:12351']])
  })

  test('without a browser it says what to install, in one line', () => {
    expect(browserAdvice()).toMatch(/^没有找到浏览器：请.+再运行一次。$/)
  })
})
