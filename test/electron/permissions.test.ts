// What the page may use of the computer: every permission Electron knows, asked from here and elsewhere.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { installed, session } from '../../host/application.ts'

vi.mock('electron', () => import('../../host/electronModule.ts'))
const { grantOnlyNeeded, mayUse } = await import('../../electron/permissions.ts')

/** Read from Electron's own types, so that a new name of a new version is in the table by itself. */
const types = readFileSync(join(import.meta.dirname, '../../node_modules/electron/electron.d.ts'), 'utf8')
const line =
  /setPermissionCheckHandler\(handler:.*?permission: ([^,]+), requestingOrigin/.exec(types)?.[1] ?? ''
const names = [...line.matchAll(/'([^']+)'/g)].map((match) => match[1] ?? '')

const plain = [
  'speaker-selection',
  'notifications',
  'persistent-storage',
  'hid',
  'local-network-access',
  'local-network',
  'loopback-network',
]
const elsewhere = ['https://example.com/', 'app://workstation.evil/', 'file:///', 'null', '']

describe('permissions', () => {
  test('[E05] of all names Electron knows, only eight are granted to our page, sound only', () => {
    expect(names.length).toBeGreaterThan(40)
    expect(names.filter((name) => mayUse(name, 'app://workstation/')).toSorted()).toEqual(plain.toSorted())
    expect(mayUse('media', 'app://workstation/', ['audio'])).toBe(true)
    const refused = [[], ['video'], ['audio', 'video'], ['unknown']]
    expect(refused.filter((media) => mayUse('media', 'app://workstation/', media))).toEqual([])
  })

  test('[E05] nothing is granted to any other address, and nothing of an unknown name', () => {
    for (const address of elsewhere) {
      expect([...names, 'media'].filter((name) => mayUse(name, address, ['audio']))).toEqual([])
    }
    expect(mayUse('telepathy', 'app://workstation/', ['audio'])).toBe(false)
  })

  test('[E05] the session asks the same table for requests and checks', () => {
    // The stand-in's session has the three methods we install; the rest of the type is not needed here.
    grantOnlyNeeded(Object(session.defaultSession))
    const page = { getURL: () => 'app://workstation/index.html' }
    const ask = (name: string, details: object) => {
      let granted: boolean | null = null
      installed.ask(page, name, (yes) => (granted = yes), details)
      return granted
    }
    const from = { isMainFrame: true, requestingUrl: 'app://workstation/index.html' }
    expect(ask('media', { ...from, mediaTypes: ['audio'] })).toBe(true)
    expect(ask('media', { ...from, mediaTypes: ['audio', 'video'] })).toBe(false)
    expect(ask('media', { ...from, isMainFrame: false, mediaTypes: ['audio'] })).toBe(false)
    expect(
      ask('media', { isMainFrame: true, requestingUrl: 'https://x.invalid/', mediaTypes: ['audio'] }),
    ).toBe(false)
    expect(ask('geolocation', from)).toBe(false)
    expect(installed.check(null, 'media', 'app://workstation/', { mediaType: 'audio' })).toBe(true)
    expect(installed.check(null, 'media', 'app://workstation/', { mediaType: 'video' })).toBe(false)
    expect(installed.check(null, 'clipboard-read', 'app://workstation/', {})).toBe(false)
  })
})
