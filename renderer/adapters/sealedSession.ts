// Signing in without the centre: the last session of an account, sealed on this computer under its password
// (PBKDF2-SHA-256, AES-256-GCM). Holds no token. Why and at what price: docs/decisions/0003-offline-sign-in.md.
import { Dexie } from 'dexie'
import type { Table } from 'dexie'
import { z } from 'zod'
import type { Answer } from '../../contract/answer.ts'
import { done, failed } from '../../contract/answer.ts'
import { Session } from '../../contract/session.ts'
import type { Clock } from '../../core/ports.ts'

export type SealedSessions = {
  /** After an online sign-in. Best effort: signing in does not fail because sealing did. */
  seal(url: string, session: Session, password: string): Promise<void>
  /** `not_found`: none is sealed here; `not_signed_in`: too old; `wrong_password`; `locked` while the delay lasts. */
  open(url: string, account: string, password: string): Promise<Answer<Session>>
}

type Seal = {
  readonly url: string
  readonly account: string
  readonly salt: Uint8Array<ArrayBuffer>
  readonly iv: Uint8Array<ArrayBuffer>
  readonly rounds: number
  readonly sealed: ArrayBuffer
  readonly sealedAt: number
  readonly wrong: number
  readonly notBefore: number
}

/** OWASP's floor for PBKDF2-HMAC-SHA-256. */
const rounds = 600_000
const dayMs = 86_400_000
const freeTries = 3
const firstDelayMs = 30_000
const longestDelayMs = 15 * 60_000

/** The session without what only the centre may give anew. */
const Content = Session.omit({ token: true, refreshToken: true, tokenExpiresAt: true }).extend({
  sealedAt: z.number(),
})

const keyOf = async (password: string, salt: Uint8Array<ArrayBuffer>, count: number): Promise<CryptoKey> => {
  const given = await crypto.subtle.importKey('raw', new TextEncoder().encode(password), 'PBKDF2', false, [
    'deriveKey',
  ])
  return crypto.subtle.deriveKey(
    { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: count },
    given,
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt', 'decrypt'],
  )
}

/** Binds the seal to its place: a row copied under another account does not open. */
const bound = (url: string, account: string): Uint8Array<ArrayBuffer> =>
  new TextEncoder().encode(JSON.stringify(['seat-session', 1, url, account]))

/** Growing pause after wrong passwords. */
const delayAfter = (wrong: number): number =>
  wrong < freeTries ? 0 : Math.min(longestDelayMs, firstDelayMs * 2 ** (wrong - freeTries))

/**
 * `offlineDays` reads the centre's rule (policy.offlineSignInDays) from what the seat has cached; null: nothing is
 * cached, so there is nothing to work with offline.
 */
export const openSealedSessions = (
  clock: Clock,
  offlineDays: (centreId: string, account: string) => Promise<number | null>,
): SealedSessions => {
  const database = new Dexie('hotline-door', { chromeTransactionDurability: 'strict' })
  database.version(1).stores({ seals: '[url+account]' })
  const seals: Table<Seal, [string, string]> = database.table('seals')

  const unseal = async (row: Seal, password: string): Promise<z.infer<typeof Content> | null> => {
    const key = await keyOf(password, row.salt, row.rounds)
    const additionalData = bound(row.url, row.account)
    try {
      const plain = await crypto.subtle.decrypt(
        { name: 'AES-GCM', iv: row.iv, additionalData },
        key,
        row.sealed,
      )
      return Content.parse(JSON.parse(new TextDecoder().decode(plain)))
    } catch {
      return null
    }
  }

  const open: SealedSessions['open'] = async (url, account, password) => {
    const row = await seals.get([url, account])
    if (!row) return failed('not_found', '中心连不上，本机也没有此账号的离线登录，请稍后再试')
    const now = clock.now()
    if (now < row.notBefore) {
      const retryAfterMs = row.notBefore - now
      const minutes = Math.ceil(retryAfterMs / 60_000)
      return failed('locked', `密码错误次数过多，请 ${minutes} 分钟后再试`, { retryAfterMs })
    }
    const content = await unseal(row, password)
    if (!content) {
      const wrong = row.wrong + 1
      await seals.put({ ...row, wrong, notBefore: now + delayAfter(wrong) })
      return failed('wrong_password', '账号或密码不对，请重新输入')
    }
    const days = await offlineDays(content.centre.id, content.account.id)
    if (days === null || now - content.sealedAt > days * dayMs)
      return failed('not_signed_in', '离线登录已过期，请在连上中心后登录一次')
    if (row.wrong > 0) await seals.put({ ...row, wrong: 0, notBefore: 0 })
    const { sealedAt: _, ...rest } = content
    return done({ ...rest, token: '', refreshToken: '', tokenExpiresAt: 0, serverNow: now })
  }

  return {
    async seal(url, session, password) {
      const salt = crypto.getRandomValues(new Uint8Array(16))
      const iv = crypto.getRandomValues(new Uint8Array(12))
      const sealedAt = clock.now()
      const account = session.account.id
      const content = new TextEncoder().encode(
        JSON.stringify({ ...Content.strip().parse({ ...session, sealedAt }) }),
      )
      try {
        const key = await keyOf(password, salt, rounds)
        const additionalData = bound(url, account)
        const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData }, key, content)
        await seals.put({ url, account, salt, iv, rounds, sealed, sealedAt, wrong: 0, notBefore: 0 })
      } catch {
        // Offline sign-in will then answer "not sealed here", which is the truth.
      }
    },
    async open(url, account, password) {
      try {
        return await open(url, account, password)
      } catch {
        return failed('failed', '本机存储出错，无法离线登录，请重启程序')
      }
    },
  }
}
