// The desk of a plain browser: the same table as the desktop's, as far as a browser can. Settings live in
// localStorage; there is no key store, no tray, no ring window and no window to raise, and each answer says so.
import type { Desk } from '../../contract/ipc.ts'
import { done, failed } from '../../contract/answer.ts'
import { texts } from '../text/catalogue.ts'
import { download } from './download.ts'
import { keepAwake } from './wakeLock.ts'
import { watchSleep } from './sleepWatch.ts'
import { version } from '../../package.json'
import { ringNotice } from './browserNotice.ts'
import { defaultSettings, Settings } from '../../contract/settings.ts'
import type { Settings as SettingsValue } from '../../contract/settings.ts'

const key = 'hotline-settings'

const read = (): SettingsValue => {
  try {
    const stored = Settings.partial().parse(JSON.parse(localStorage.getItem(key) ?? '{}'))
    return Settings.parse({ ...defaultSettings, ...stored })
  } catch {
    // Somebody else's or an older program's value: the defaults are safe and nothing of worth is lost.
    return defaultSettings
  }
}

const none = (text: string) => Promise.resolve(failed('unsupported', text))
const deaf = () => () => {}

export const browserDesk = (page: Window): Desk => {
  const notice = ringNotice(page, () => texts[read().language].ringWindow)
  const awake = keepAwake(page)
  return {
    'centre.find': async () => done({ url: page.location.origin, practice: false }),
    'centre.certificate': () => none('浏览器不告诉页面证书哪里不对'),
    'settings.read': async () => done(read()),
    'settings.write': async (change) => {
      const settings = Settings.parse({ ...read(), ...change })
      try {
        localStorage.setItem(key, JSON.stringify(settings))
        return done(settings)
      } catch {
        return failed('failed', '浏览器不让保存设置，本次有效，关闭后恢复原样')
      }
    },
    'secrets.keep': () => none('浏览器里没有系统钥匙串'),
    'secrets.recall': async () => done(null),
    'secrets.forget': async () => done(null),
    'about.read': async () => done({ version: version, runtime: page.navigator.userAgent, secrets: 'none' }),
    'diagnostics.save': async ({ name, text }) => {
      download(name, text, 'application/json')
      return done({ saved: true })
    },
    'journal.append': () => none('浏览器的第二份日志由页面自己写，不经这里'),
    'journal.read': () => none('浏览器的第二份日志由页面自己写，不经这里'),
    // A browser does not tell how full the disk is.
    'disk.read': async () => done({ level: 'ok', freeBytes: 0, toFreeBytes: 0, copied: false }),
    // Keys of a page never reach it from other programs.
    'hotkeys.read': async () => done({ commands: [] }),
    'window.showState': async (state) => {
      awake(state.onCall)
      // The tab's title is the only tray a browser has; no name and no number in it.
      page.document.title = `${state.ringing ? '● ' : ''}12351 坐席工作站${state.waiting > 0 ? ` (${state.waiting})` : ''}`
      notice.rings(state.ringing)
      return done(null)
    },
    'ring.read': () => none('浏览器里没有来电小窗'),
    'ring.press': () => none('浏览器里没有来电小窗'),
    'window.raise': async () => {
      page.focus()
      return done(null)
    },
    'link.open': async ({ url }) => {
      page.open(url, '_blank', 'noopener')
      return done(null)
    },
    'dial.requested': deaf,
    'command.requested': deaf,
    'notReady.requested': deaf,
    'ring.changed': deaf,
    'disk.changed': deaf,
    'hotkeys.changed': deaf,
    // A browser tells nothing of sleep; its clock does.
    // A browser shows what becomes of a download itself.
    'download.ended': deaf,
    'power.changed': (listener) => watchSleep(page, Date.now, () => listener({ state: 'resume' })),
  }
}
