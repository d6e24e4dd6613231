// The renderer for browsers, with the headers that keep it to itself: it may talk to this centre and to the
// telephone exchanges, to nobody else. Also who may call from which origin.
import fs from 'node:fs'
import path from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { isPageAddress } from '../contract/pageAddress.ts'
import { protocolHeader } from '../contract/version.ts'

/** Origin of the desktop's own page; and of the same page where an installed browser stands in for Electron
 * (host/pageBridge.ts): nobody can own a name under .invalid, so no web site can have that origin. */
export const desktopOrigins: readonly string[] = ['app://workstation', 'https://workstation.app.invalid']

/** No origin at all is a program, not a page. */
export const allowsOrigin =
  (extra: readonly string[]) =>
  (origin: string | undefined, host: string | undefined): boolean =>
    origin === undefined ||
    desktopOrigins.includes(origin) ||
    extra.includes(origin) ||
    (host !== undefined && (origin === `http://${host}` || origin === `https://${host}`))

/**
 * style-src has 'unsafe-inline' because Ant Design writes its styles at run time; a style cannot run code, and
 * connect-src leaves it nowhere to send anything. Everything else is closed.
 */
export const contentPolicy = (host: string, telephones: readonly string[]): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "media-src 'self' blob:",
    "worker-src 'self' blob:",
    "manifest-src 'self'",
    `connect-src ${["'self'", ...(host === '' ? [] : [`ws://${host}`, `wss://${host}`]), ...telephones].join(' ')}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')

/** What the build named after its contents (rule SERVER-70). */
const keptForGood = 'public, max-age=31536000, immutable'

const originOf = (url: string): string => {
  const { protocol, host } = new URL(url)
  return `${protocol}//${host}`
}

export const serveWeb = async (
  app: FastifyInstance,
  options: {
    /** Folder of the built renderer; null: none was built. */
    readonly folder: string | null
    readonly telephones: () => readonly string[]
    readonly https: boolean
    readonly centre: string
    readonly allows: ReturnType<typeof allowsOrigin>
  },
): Promise<void> => {
  app.addHook('onRequest', async (request, reply) => {
    const { origin, host } = request.headers
    reply.headers({
      'x-hotline-centre': options.centre,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'permissions-policy': 'microphone=(self), camera=(), geolocation=(), speaker-selection=(self)',
      'content-security-policy': contentPolicy(/^[\w.:[\]-]+$/.test(host ?? '') ? (host ?? '') : '', [
        ...new Set(options.telephones().map(originOf)),
      ]),
      ...(options.https ? { 'strict-transport-security': 'max-age=31536000' } : {}),
      'cache-control': 'no-store',
    })
    if (!options.allows(origin, host)) {
      reply.code(403).send({
        ok: false,
        problem: { code: 'forbidden', text: '这个网页不能使用中心，没有改动。请打开中心自己的页面。' },
      })
      return reply
    }
    if (origin !== undefined && host !== undefined && !origin.endsWith(`//${host}`)) {
      reply.headers({
        'access-control-allow-origin': origin,
        vary: 'origin',
        'access-control-allow-headers': `authorization, content-type, ${protocolHeader}`,
        'access-control-allow-methods': 'GET, POST',
        'access-control-expose-headers': 'x-hotline-centre, retry-after',
        'access-control-max-age': '600',
      })
      if (request.method === 'OPTIONS') {
        reply.code(204).send()
        return reply
      }
    }
    return undefined
  })

  const { folder } = options
  if (folder !== null)
    await app.register(fastifyStatic, {
      root: folder,
      index: ['index.html'],
      cacheControl: false,
      setHeaders: (reply, file) => {
        if (path.dirname(file) === path.join(folder, 'assets')) reply.header('cache-control', keptForGood)
      },
    })
  app.setNotFoundHandler((request, reply) => {
    const page = request.method === 'GET' && isPageAddress(request.url.split('?')[0] ?? '')
    if (page && folder !== null) return reply.type('text/html; charset=utf-8').send(indexOf(folder))
    reply.code(404).send({
      ok: false,
      problem: {
        code: 'not_found',
        text: page ? '页面尚未构建，请先执行 npm run build。' : '中心没有这个地址，请检查程序版本。',
      },
    })
    return reply
  })
}

const indexOf = (folder: string): string => fs.readFileSync(path.join(folder, 'index.html'), 'utf8')

/** The built renderer: as told, or where the build puts it beside the sources or beside the bundle. */
export const findWeb = (told: string | null): string | null =>
  [
    ...(told === null ? [] : [path.resolve(told)]),
    ...['../out/renderer', '../renderer'].map((place) => path.resolve(import.meta.dirname, place)),
  ].find(
    (folder) =>
      fs.existsSync(path.join(folder, 'index.html')) && !fs.existsSync(path.join(folder, 'main.tsx')),
  ) ?? null
