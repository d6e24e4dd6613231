// Digest authentication of REGISTER (RFC 2617, MD5, qop=auth, which is all that SIP.js answers).
// A nonce is good for one request only, so a recorded REGISTER cannot be played back.
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** Open challenges kept at most; the oldest is forgotten first. */
const MAX_NONCES = 1000

export type Verdict = 'accepted' | 'stale' | 'wrong'

export type DigestGate = {
  /** Value of a WWW-Authenticate header with a fresh nonce. */
  challenge(isStale: boolean): string
  /** Judges an Authorization header; uses up its nonce whatever the verdict. */
  judge(method: string, authorization: string, passwordOf: (user: string) => string | null): Verdict
}

export function openDigestGate(realm: string): DigestGate {
  const nonces = new Set<string>()
  return {
    challenge(isStale) {
      const nonce = randomBytes(16).toString('hex')
      nonces.add(nonce)
      const [oldest] = nonces
      if (nonces.size > MAX_NONCES && oldest) nonces.delete(oldest)
      return `Digest realm="${realm}", nonce="${nonce}", algorithm=MD5, qop="auth"${isStale ? ', stale=true' : ''}`
    },
    judge(method, authorization, passwordOf) {
      const fields = digestFields(authorization)
      const user = fields.get('username') ?? ''
      const password = passwordOf(user)
      const isFresh = nonces.delete(fields.get('nonce') ?? '')
      if (fields.get('realm') !== realm || password === null) return 'wrong'
      const expected = digestResponse({
        user,
        realm,
        password,
        method,
        uri: fields.get('uri') ?? '',
        nonce: fields.get('nonce') ?? '',
        nc: fields.get('nc') ?? '',
        cnonce: fields.get('cnonce') ?? '',
        isQop: fields.get('qop') === 'auth',
      })
      if (!isEqual(expected, fields.get('response') ?? '')) return 'wrong'
      return isFresh ? 'accepted' : 'stale'
    },
  }
}

export type DigestInput = {
  user: string
  realm: string
  password: string
  method: string
  uri: string
  nonce: string
  nc: string
  cnonce: string
  isQop: boolean
}

/** RFC 2617 section 3.2.2.1. */
export function digestResponse(input: DigestInput): string {
  const ha1 = md5(`${input.user}:${input.realm}:${input.password}`)
  const ha2 = md5(`${input.method}:${input.uri}`)
  const middle = input.isQop ? `${input.nonce}:${input.nc}:${input.cnonce}:auth` : input.nonce
  return md5(`${ha1}:${middle}:${ha2}`)
}

/** The name=value pairs of a Digest header; empty when it is none. */
export function digestFields(header: string): Map<string, string> {
  const fields = new Map<string, string>()
  if (!/^\s*digest\s/i.test(header)) return fields
  for (const [, name, quoted, bare] of header.matchAll(/(\w+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))/g)) {
    if (name) fields.set(name.toLowerCase(), quoted ?? bare ?? '')
  }
  return fields
}

function md5(text: string): string {
  return createHash('md5').update(text).digest('hex')
}

function isEqual(left: string, right: string): boolean {
  const [a, b] = [Buffer.from(left), Buffer.from(right)]
  return a.length === b.length && timingSafeEqual(a, b)
}
