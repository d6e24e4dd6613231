// Which addresses are our own page, and that a page stays there.
import { EventEmitter } from 'node:events'
import { describe, expect, test, vi } from 'vitest'
import { app } from '../../host/application.ts'
import { preventable } from '../../host/record.ts'

vi.mock('electron', () => import('../../host/electronModule.ts'))
const { keepPagesHere } = await import('../../electron/navigation.ts')
const { isOurs, origin, startPage } = await import('../../electron/origin.ts')

const foreign = [
  'app://workstation.evil/index.html',
  'app://workstation.evil',
  'app://evil/workstation/',
  'app://evil@workstation/',
  'app://workstation@evil/',
  'app://workstation:443/index.html',
  'app://WORKSTATION/index.html',
  'app://workstation。evil/',
  'app://work\u200bstation/',
  'app://xn--workstation/',
  'app:\\\\workstation\\index.html',
  'app:/workstation/index.html',
  'app:workstation',
  'app:///workstation/index.html',
  'app://',
  'APP2://workstation/',
  'apps://workstation/',
  'file:///etc/passwd',
  'file://workstation/index.html',
  '//workstation/index.html',
  '/index.html',
  'data:text/html,<h1>app://workstation/</h1>',
  'blob:app://workstation/3f2a',
  'filesystem:app://workstation/x',
  'javascript:location="app://workstation/"',
  'about:blank',
  'view-source:app://workstation/',
  'http://workstation/',
  'https://workstation.app.invalid/',
  'https://example.com/?app://workstation/',
  'chrome://gpu',
  'devtools://devtools/bundled/inspector.html',
  'ws://workstation/',
  'tel:12351',
  '',
  ' ',
]

const ours = ['app://workstation/', 'app://workstation/index.html', 'app://workstation/index.html?a#/records']

describe('the page stays where it is', () => {
  test('[F55] [DESK-1] the origin is app://workstation: another one would leave every unsent record behind', () => {
    expect(origin).toBe('app://workstation')
    expect(startPage).toBe('app://workstation/index.html')
  })

  test('[E13] every address that only looks like ours is foreign', () => {
    expect(foreign.filter(isOurs)).toEqual([])
    expect(ours.filter((address) => !isOurs(address))).toEqual([])
    expect(foreign.length).toBeGreaterThanOrEqual(30)
  })

  test('[E13] navigating, being redirected and navigating a frame are refused for every foreign address', () => {
    const contents = createdContents()
    for (const kind of ['will-navigate', 'will-redirect', 'will-frame-navigate']) {
      const refused = [...foreign, ...ours].filter((url) => refuses(contents, kind, url))
      expect([kind, ...refused]).toEqual([kind, ...foreign])
    }
  })

  test('[E12] a webview is never attached', () => {
    const event = preventable({})
    createdContents().emit('will-attach-webview', event)
    expect(event.defaultPrevented).toBe(true)
  })

  test('[E14] no address opens a second window', () => {
    const { openHandler } = createdContents()
    expect([...foreign, ...ours].filter((url) => openHandler({ url }).action !== 'deny')).toEqual([])
  })
})

type Contents = EventEmitter & { openHandler: (details: { url: string }) => { action: string } }

function createdContents(): Contents {
  keepPagesHere()
  const contents = Object.assign(new EventEmitter(), {
    openHandler: (_details: { url: string }) => ({ action: 'allow' }),
    setWindowOpenHandler(handler: Contents['openHandler']) {
      contents.openHandler = handler
    },
  })
  app.emit('web-contents-created', {}, contents)
  return contents
}

function refuses(contents: EventEmitter, kind: string, url: string): boolean {
  const event = preventable({ url })
  contents.emit(kind, event)
  return event.defaultPrevented
}
