// Serves the page under app://workstation. A request is answered from a list of the files that were there at the
// start, by exact name: no path is ever built from what was asked, so nothing outside the folder can be reached.
// Also states the CSP header, with a fresh nonce for the styles Ant Design adds at run time.
import { randomBytes } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { protocol, type Session } from 'electron'
import { host, scheme } from './origin.ts'

const kinds: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.wav': 'audio/wav',
  '.mp3': 'audio/mpeg',
  '.ogg': 'audio/ogg',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
}

/** Written by the build into each page where this answer's nonce goes (electron.vite.config.ts). */
const noncePlaceholder = 'CSP-NONCE'

/** Must run before the app is ready. */
export function declareScheme(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme,
      privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true },
    },
  ])
}

export function contentSecurityPolicy(connects: readonly string[], nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "media-src 'self' blob:",
    `connect-src 'self' ${connects.join(' ')}`.trimEnd(),
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    // One policy, made first thing by the page: it lets style sheets through and refuses anything with a tag.
    'trusted-types default',
  ].join('; ')
}

/** Every plain file below `folder` by its address on our host; links are left out. */
export function filesByAddress(folder: string, address = ''): ReadonlyMap<string, string> {
  return new Map(
    readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
      const path = join(folder, entry.name)
      const below = `${address}/${entry.name}`
      if (entry.isDirectory()) return [...filesByAddress(path, below)]
      return entry.isFile() ? [[below, path] as const] : []
    }),
  )
}

export function makePageServer(
  folder: string,
  connects: () => readonly string[],
): (request: { url: string; method: string }) => Promise<Response> {
  const files = filesByAddress(folder)
  return async (request) => {
    // Not URL(): it would tidy `..` and `%2e` away before they can be refused.
    const asked = /^app:\/\/([^/?#]*)([^?#]*)/.exec(request.url)
    const name = asked?.[2] === '/' ? '/index.html' : asked?.[2]
    const path = asked?.[1] === host && name !== undefined ? files.get(name) : undefined
    if (path === undefined || request.method !== 'GET') return new Response(null, { status: 404 })
    const nonce = randomBytes(16).toString('base64')
    const content = await readFile(path)
    const body = extname(path) === '.html' ? content.toString().replaceAll(noncePlaceholder, nonce) : content
    return new Response(typeof body === 'string' ? body : new Uint8Array(body), {
      headers: {
        'content-type': kinds[extname(path)] ?? 'application/octet-stream',
        'content-security-policy': contentSecurityPolicy(connects(), nonce),
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'cache-control': extname(path) === '.html' ? 'no-store' : 'no-cache',
      },
    })
  }
}

export function servePage(session: Session, folder: string, connects: () => readonly string[]): void {
  session.protocol.handle(scheme, makePageServer(folder, connects))
}
