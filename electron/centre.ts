// Where the centre is, and which addresses the page may therefore connect to. The page's CSP is sent before
// anybody signs in, so the PBX addresses a centre named last time are remembered and asked for again at each start.
import { net } from 'electron'
import { z } from 'zod'
import { done, failed, type Answer } from '../contract/answer.ts'
import { api } from '../contract/api.ts'
import type { CertificateTrouble } from '../contract/certificate.ts'
import { certificateTrouble } from '../core/certificateTrouble.ts'
import { note } from './log.ts'
import { isLoopback } from './origin.ts'
import type { PracticeCentre } from './practiceCentre.ts'
import type { MemoryFile, SettingsFile } from './settings.ts'
import { words } from './words.ts'

const HealthAnswer = z.object({ ok: z.literal(true), value: api.health.output })

/** The seat must come up when the centre is away: then with what was remembered. */
const askLimitMs = 3_000

export type Centre = {
  find(): Promise<Answer<{ url: string; practice: boolean }>>
  /** Why the configured centre's certificate is refused; null: it is not, or nobody shows one. */
  certificate(): Promise<CertificateTrouble | null>
  /** Sources for connect-src, besides the page's own. */
  connects(): readonly string[]
  /** Are the PBX addresses of the configured centre known, or not needed? */
  isKnown(): boolean
  /** Asks the configured centre for its PBX addresses: are they what they were? */
  learn(): Promise<'same' | 'changed' | 'away'>
}

/** ws for http, wss for https: the live feed of the same host. */
const withFeed = (url: URL): string[] => [url.origin, url.origin.replace(/^http/, 'ws')]

/** Only encrypted addresses, or plain ones on this very computer: Chromium would refuse others anyway. */
function mayName(address: string): URL | null {
  const url = URL.parse(address)
  // A name or a number, nothing a CSP header would read as a pattern.
  if (url === null || !/^([a-z0-9.-]+|\[[0-9a-f:.]+\])$/.test(url.hostname)) return null
  const encrypted = url.protocol === 'wss:' || url.protocol === 'https:'
  const local = (url.protocol === 'ws:' || url.protocol === 'http:') && isLoopback(url)
  return encrypted || local ? url : null
}

export function mayBeCentre(address: string | null): boolean {
  return address === null || mayName(address) !== null
}

/** Chromium's own connection, with its own judgement of the certificate, as the page's. */
const askHealth = (centre: URL): Promise<Response> =>
  net.fetch(new URL(api.health.path, centre).href, {
    signal: AbortSignal.timeout(askLimitMs),
    redirect: 'error',
  })

export function makeCentre(settings: SettingsFile, memory: MemoryFile, practice: PracticeCentre): Centre {
  const configured = (): URL | null => {
    const { centre } = settings.read()
    return centre === null ? null : mayName(centre)
  }

  return {
    async find() {
      const { centre } = settings.read()
      if (centre !== null) {
        return mayBeCentre(centre)
          ? done({ url: centre, practice: false })
          : failed('bad_input', words.problem.centreNotHttps)
      }
      const found = await practice.find()
      return found.ok ? done({ url: found.value.url, practice: true }) : found
    },
    async certificate() {
      const url = configured()
      if (url?.protocol !== 'https:') return null
      try {
        await (await askHealth(url)).body?.cancel()
        return null
      } catch (error) {
        return certificateTrouble(error)
      }
    },
    connects() {
      const url = configured()
      // The practice centre takes any free port of this computer, so the port is left open there and only there.
      if (url === null) return ['http://127.0.0.1:*', 'ws://127.0.0.1:*']
      const pbx = (memory.read().pbx[url.origin] ?? []).flatMap((address) => mayName(address) ?? [])
      return [...new Set([...withFeed(url), ...pbx.map((address) => address.origin)])]
    },
    isKnown() {
      const url = configured()
      return url === null || memory.read().pbx[url.origin] !== undefined
    },
    async learn() {
      const url = configured()
      if (url === null) return 'same'
      try {
        const { pbx } = HealthAnswer.parse(await (await askHealth(url)).json()).value
        const before = memory.read().pbx
        memory.write({ pbx: { ...before, [url.origin]: pbx } })
        return JSON.stringify(before[url.origin]) === JSON.stringify(pbx) ? 'same' : 'changed'
      } catch (error) {
        note('centre not asked for its addresses', {
          certificate: certificateTrouble(error) ?? 'not refused',
        })
        return 'away'
      }
    },
  }
}
