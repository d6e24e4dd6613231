// The page's own address: what is served, what can never be reached, and the header that comes with it.
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { recorded } from '../../host/record.ts'
import { aDataFolder } from './startedDesktop.ts'

vi.mock('electron', () => import('../../host/electronModule.ts'))
const { contentSecurityPolicy, declareScheme, makePageServer } = await import('../../electron/appScheme.ts')

const folder = join(aDataFolder(), 'renderer')
mkdirSync(join(folder, 'assets'), { recursive: true })
writeFileSync(
  join(folder, 'index.html'),
  '<meta property="csp-nonce" nonce="CSP-NONCE"><script nonce="CSP-NONCE">',
)
writeFileSync(join(folder, 'assets', 'page.js'), 'true')
writeFileSync(join(folder, '..', 'secret.txt'), 'secret')
symlinkSync(join(folder, '..', 'secret.txt'), join(folder, 'assets', 'link.txt'))
const serve = makePageServer(folder, () => ['https://centre.example:8443', 'wss://pbx.example'])
const get = (url: string, method = 'GET') => serve({ url, method })

const unreachable = [
  'app://workstation/../secret.txt',
  'app://workstation/assets/../../secret.txt',
  'app://workstation/..%2fsecret.txt',
  'app://workstation/%2e%2e/secret.txt',
  'app://workstation/%2e%2e%2fsecret.txt',
  'app://workstation/..%5csecret.txt',
  'app://workstation/..\\secret.txt',
  'app://workstation/assets%2fpage.js',
  'app://workstation/assets/page.js%00',
  'app://workstation/assets/page.js\0.png',
  'app://workstation/assets/link.txt',
  'app://workstation//etc/passwd',
  'app://workstation//assets/page.js',
  'app://workstation/./assets/page.js',
  'app://workstation/ASSETS/page.js',
  'app://workstation/assets/PAGE.JS',
  'app://workstation/assets/',
  'app://workstation/assets',
  'app://workstation/C:/Windows/win.ini',
  'app://workstation/assets/page.js/',
  'app://workstation/assets/page.js::$DATA',
  'app://workstation/assets/page.js.',
  'app://workstation/__proto__',
  'app://workstation',
  'app://elsewhere/index.html',
  'app://workstation.evil/index.html',
  'app://user@workstation/index.html',
  'https://workstation/index.html',
]

describe('the page is served from its folder and nowhere else', () => {
  test('[E18] no spelling reaches a file outside, a link, a folder or another name', async () => {
    const answers = await Promise.all(unreachable.map(async (url) => [url, (await get(url)).status]))
    expect(answers.filter(([, status]) => status !== 404)).toEqual([])
  })

  test('[E18] the files of the folder are served with their kind, and only read', async () => {
    const page = await get('app://workstation/index.html?from=tray#/records')
    const script = await get('app://workstation/assets/page.js')
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
    expect(script.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
    expect(script.headers.get('x-content-type-options')).toBe('nosniff')
    expect(await script.text()).toBe('true')
    expect((await get('app://workstation/index.html', 'POST')).status).toBe(404)
  })

  test('[E07] the header is exactly this, and every answer has a nonce of its own', async () => {
    expect(contentSecurityPolicy(['https://c.example', 'wss://p.example'], 'N').split('; ')).toEqual([
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self' 'nonce-N'",
      "img-src 'self' data:",
      "media-src 'self' blob:",
      "connect-src 'self' https://c.example wss://p.example",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
      "require-trusted-types-for 'script'",
      'trusted-types default',
    ])
    const pages = await Promise.all([get('app://workstation/'), get('app://workstation/')])
    const nonces = pages.map(
      (page) => /'nonce-([^']+)'/.exec(page.headers.get('content-security-policy') ?? '')?.[1],
    )
    expect(new Set(nonces).size).toBe(2)
    expect(await pages[0]?.text()).toBe(
      `<meta property="csp-nonce" nonce="${nonces[0]}"><script nonce="${nonces[0]}">`,
    )
  })

  test('[E18] the scheme is standard and secure, and has no right to go round the header', () => {
    declareScheme()
    expect(recorded('protocol.registerSchemesAsPrivileged')).toEqual([
      [
        [
          {
            scheme: 'app',
            privileges: {
              standard: true,
              secure: true,
              supportFetchAPI: true,
              stream: true,
              codeCache: true,
            },
          },
        ],
      ],
    ])
  })
})
