// What the sources and the packaging file say: the rows of the security list that can be read rather than run.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import manifest from '../../package.json' with { type: 'json' }
import { electronRelease, tooOld } from '../../scripts/electronRelease.ts'

const root = join(import.meta.dirname, '../..')
const read = (path: string) => readFileSync(join(root, path), 'utf8')
const code = (text: string) => text.replaceAll(/^\s*(\/\/|\*|\/\*).*$/gm, '')
const files = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ts|tsx|html|css)$/.test(name))
    .map((name) => `${folder}/${name}`)
const desktop = files('electron')
const shipped = [...desktop, ...files('renderer')]
const yml = read('electron-builder.yml')

describe('the sources', () => {
  test('[E01] name no address of the network, apart from this computer in practice', () => {
    const found = shipped.flatMap((path) =>
      [...code(read(path)).matchAll(/\b(https?|wss?):\/\/[^\s'"`]+/g)].map((match) => `${path} ${match[0]}`),
    )
    const allowed = /^electron\/centre\.ts (http|ws):\/\/127\.0\.0\.1:\*$/
    // Names of XML vocabularies are not addresses anybody asks.
    expect(found.filter((hit) => !allowed.test(hit) && !hit.includes('www.w3.org'))).toEqual([])
  })

  test('[E15] hand addresses to the system in one place only', () => {
    const places = desktop.filter((path) => /openExternal|openPath|showItemInFolder/.test(code(read(path))))
    expect(places).toEqual(['electron/externalLinks.ts'])
    expect(read('electron/externalLinks.ts').match(/openExternal/g)?.length).toBe(1)
  })

  test('[E17] use ipcMain in one place only', () => {
    expect(desktop.filter((path) => /ipcMain/.test(code(read(path))))).toEqual(['electron/desk.ts'])
  })

  test('[E21] never override what a certificate says', () => {
    const overrides =
      /certificate-error|setCertificateVerifyProc|rejectUnauthorized|ignore-certificate|appendSwitch/
    const places = desktop.filter((path) => overrides.test(code(read(path))))
    // Only the list of refused switches names one.
    expect(places).toEqual(['electron/startArguments.ts'])
  })

  test('[E04] [E06] [E12] never loosen a window', () => {
    const loose =
      /sandbox: false|webSecurity: false|contextIsolation: false|nodeIntegration\w*: true|webviewTag: true|crashReporter|enableBlinkFeatures/
    expect(desktop.filter((path) => loose.test(code(read(path))))).toEqual([])
  })

  test('[E23] offer developer tools in development only', () => {
    const window = code(read('electron/window.ts'))
    expect(window).toContain('devTools: !app.isPackaged')
    expect(desktop.filter((path) => /openDevTools/.test(code(read(path))))).toEqual([])
  })
})

describe('the package', () => {
  test('[E16] ships an Electron whose major gets patches and that was compared with the newest lately', () => {
    expect(manifest.devDependencies.electron).toBe(electronRelease.version)
    expect(yml).toContain(`electronVersion: ${electronRelease.version}\n`)
    expect(tooOld(electronRelease, new Date(electronRelease.lookedUpOn))).toBe(null)
    expect(tooOld(electronRelease, new Date('2027-06-01'))).toContain('look again')
    expect(tooOld({ ...electronRelease, version: '39.1.0' }, new Date('2026-11-24'))).toContain('39')
    expect(tooOld({ ...electronRelease, releasedOn: '2026-06-01' }, new Date('2026-11-24'))).toContain(
      'days old',
    )
  })

  test('[E19] states every fuse', () => {
    const stated = /electronFuses:\n((?: {2}.*\n)+)/.exec(yml)?.[1]?.trim().split(/\n\s*/)
    expect(stated).toEqual([
      'runAsNode: false',
      'enableCookieEncryption: true',
      'enableNodeOptionsEnvironmentVariable: false',
      'enableNodeCliInspectArguments: false',
      'enableEmbeddedAsarIntegrityValidation: true',
      'onlyLoadAppFromAsar: true',
      'loadBrowserProcessSpecificV8Snapshot: false',
      'grantFileProtocolExtraPrivileges: false',
    ])
    expect(yml).toContain('afterPack: scripts/ninthFuse.ts')
    expect(read('scripts/ninthFuse.ts')).toContain('[FuseV1Options.WasmTrapHandlers]: true')
  })

  test('[E04] [DESK-17] starts with one switch alone, X11: electron-builder would give the AppImage --no-sandbox', () => {
    const said = yml.replaceAll(/^\s*#.*\n/gm, '')
    const lists = [...said.matchAll(/executableArgs:(?: .*)?\n((?:\s+- .*\n)*)/g)].map(([, list]) =>
      list?.trim(),
    )
    expect(lists).toEqual(['- --ozone-platform=x11', '- --ozone-platform=x11'])
    expect(said).toContain('appImage:\n  executableArgs:\n')
    expect(said).not.toContain('no-sandbox')
  })

  test('[E22] registers for tel: and sip: links', () => {
    expect(yml).toContain('MimeType: x-scheme-handler/tel;x-scheme-handler/sip;')
    expect(yml).toMatch(/schemes:\n\s+- tel\n\s+- sip\n/)
  })
})
