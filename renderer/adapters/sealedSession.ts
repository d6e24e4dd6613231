// Signing in without the centre: the last session of an account, sealed on this computer under its password
// (PBKDF2-SHA-256, AES-256-GCM). Holds no token, but the keys of the account's stores: the only place on the disk where
// they lie. Why and at what price: docs/decisions/0003-offline-sign-in.md, 0013-sealed-at-rest.md.
import { Dexie } from 'dexie'
import type { Table } from 'dexie'
import { z } from 'zod'
import type { Answer } from '../../contract/answer.ts'
import { done, failed } from '../../contract/answer.ts'
import type { StoreKeys } from '../../contract/seal.ts'
import { Session } from '../../contract/session.ts'
import type { Clock } from '../../core/ports.ts'
import { mergedKeys } from '../../core/seal/sealer.ts'
import type { OfflineDays } from './offlineDays.ts'

export type SealedSessions = {
  /**
   * After an online sign-in. Best effort: signing in does not fail because sealing did. The answer: every store key that
   * is known now, those of the seal before included, so that a centre put back from an older backup orphans no store.
   */
  seal(url: string, session: Session, password: string): Promise<StoreKeys>
  /**
   * `not_found`: none is sealed here; `not_signed_in`: too old; `wrong_password`; `locked` while the delay lasts; `failed`: this
   * computer cannot tell just now.
   */
  open(url: string, account: string, password: string): Promise<Answer<Session>>
  /** [SESSION-14] The account is closed: nobody opens its stores here any more. */
  destroy(url: string, account: string): Promise<void>
  /** [STORE-22] Those nobody may open any more, by the centre's clock: a computer's own may be years ahead. */
  destroyOld(centreNow: number): Promise<void>
}

/** Of this url and account, under a password. */
type Locked = {
  readonly salt: Uint8Array<ArrayBuffer>
  readonly iv: Uint8Array<ArrayBuffer>
  readonly rounds: number
  readonly sealed: ArrayBuffer
  /** By the centre's clock. What is sealed says it by the computer's. */
  readonly sealedAt: number
  /** Of the keys in it: they stand on all that is sealed anyway. Absent in a seal of an older program. */
  readonly keyIds?: readonly number[]
}
type Seal = Locked & {
  readonly url: string
  readonly account: string
  /** Id of the centre; absent in a seal of an older program. */
  readonly centre?: string
  readonly wrong: number
  readonly notBefore: number
  /** [STORE-14] Newest first: under other passwords, and perhaps the only place of keys the centre has lost. */
  readonly before?: readonly Locked[]
}

/** OWASP's floor for PBKDF2-HMAC-SHA-256. */
const rounds = 600_000
const dayMs = 86_400_000
/** Nothing here says how many: so long it may be allowed somewhere. */
const daysUnknown = 30
const freeTries = 3
const firstDelayMs = 30_000
/** Somebody makes an account anew with the wrong password once or twice. */
const mostBefore = 3
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
  offlineDays: (centreId: string, account: string) => Promise<OfflineDays>,
): SealedSessions => {
  const database = new Dexie('hotline-door', { chromeTransactionDurability: 'strict' })
  database.version(1).stores({ seals: '[url+account]' })
  const seals: Table<Seal, [string, string]> = database.table('seals')

  /** `outdated`: the password is right, but a program before the store keys wrote it. */
  const unseal = async (
    { url, account }: Pick<Seal, 'url' | 'account'>,
    { salt, iv, rounds, sealed }: Locked,
    password: string,
  ): Promise<z.infer<typeof Content> | 'wrongPassword' | 'outdated'> => {
    const key = await keyOf(password, salt, rounds)
    const how = { name: 'AES-GCM', iv, additionalData: bound(url, account) }
    const plain = await crypto.subtle.decrypt(how, key, sealed).catch(() => null)
    if (!plain) return 'wrongPassword'
    return Content.safeParse(JSON.parse(new TextDecoder().decode(plain))).data ?? 'outdated'
  }

  /** The centre's ring with what opens of the seals here, and those that do not and may hold a key it lacks. */
  const ringOf = async (url: string, { account, storeKeys }: Session, password: string) => {
    const row = await seals.get([url, account.id])
    const seen = row ? [row, ...(row.before ?? [])] : []
    const opened = await Promise.all(
      seen.map((locked) => unseal({ url, account: account.id }, locked, password)),
    )
    const ring = opened.reduce<StoreKeys>(
      (keys, content) => mergedKeys(typeof content === 'object' ? content.storeKeys : null, keys),
      storeKeys,
    )
    const known = new Set(ring.map(({ id }) => id))
    const before = seen
      .filter(({ keyIds }, at) => opened[at] === 'wrongPassword' && !keyIds?.every((id) => known.has(id)))
      .map(({ salt, iv, rounds, sealed, sealedAt, keyIds }): Locked => {
        const locked = { salt, iv, rounds, sealed, sealedAt }
        return keyIds ? { ...locked, keyIds } : locked
      })
    return { ring, before: before.slice(0, mostBefore) }
  }

  const open: SealedSessions['open'] = async (url, account, password) => {
    const row = await seals.get([url, account])
    if (!row)
      return failed(
        'not_found',
        '中心连不上，这个工号近几天又没有在这台电脑上签入过：请等中心恢复，或到您签入过的电脑上去',
      )
    const now = clock.now()
    // [F58] A pause that reaches further than any comes from a clock that was ahead: it is begun anew by the one of now.
    const waits = row.notBefore - now
    const retryAfterMs = waits > longestDelayMs ? delayAfter(row.wrong) : waits
    if (retryAfterMs > 0) {
      if (retryAfterMs !== waits) await seals.put({ ...row, notBefore: now + retryAfterMs })
      const minutes = Math.ceil(retryAfterMs / 60_000)
      return failed('locked', `密码错误次数过多，请 ${minutes} 分钟后再试`, { retryAfterMs })
    }
    const content = await unseal(row, row, password)
    if (content === 'outdated') return failed('not_signed_in', '程序更新后第一次签入要连上中心，请稍后再试')
    if (content === 'wrongPassword') {
      const wrong = row.wrong + 1
      await seals.put({ ...row, wrong, notBefore: now + delayAfter(wrong) })
      return failed('wrong_password', '工号或密码不对，请核对后再试。')
    }
    const days = await offlineDays(content.centre.id, content.account.id)
    // [STORE-22] The password is right, and nobody has said that it is too old.
    if (days === 'unread')
      return failed('failed', '密码没有错，只是本机存储还没准备好，暂时不能离线签入，请稍等再试')
    if (days === null || now - content.sealedAt > days * dayMs)
      return failed('not_signed_in', '太久没有连着中心签入过，离线签入已过期：请等中心恢复后签入一次')
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
      let { storeKeys } = session
      try {
        const [key, { ring, before }] = await Promise.all([
          keyOf(password, salt, rounds),
          ringOf(url, session, password),
        ])
        storeKeys = ring
        const content = Content.strip().parse({ ...session, storeKeys, sealedAt })
        const additionalData = bound(url, account)
        const plain = new TextEncoder().encode(JSON.stringify(content))
        const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData }, key, plain)
        const keyIds = ring.map(({ id }) => id)
        const locked: Locked = { salt, iv, rounds, sealed, sealedAt: session.serverNow, keyIds }
        const of = { url, account, centre: session.centre.id }
        await seals.put({ ...of, ...locked, wrong: 0, notBefore: 0, before })
      } catch {
        // Offline sign-in will then answer "not sealed here", which is the truth.
      }
      return storeKeys
    },
    async open(url, account, password) {
      try {
        return await open(url, account, password)
      } catch {
        return failed('failed', '本机存储出错，无法离线签入，请重启程序')
      }
    },
    async destroy(url, account) {
      await seals.delete([url, account]).catch(() => undefined)
    },
    async destroyOld(centreNow) {
      try {
        for (const row of await seals.toArray()) {
          const { url, account, centre, sealedAt, before = [] } = row
          const days = centre === undefined ? null : await offlineDays(centre, account)
          const isOver = (locked: Locked): boolean =>
            days !== 'unread' && centreNow - locked.sealedAt > (days ?? daysUnknown) * dayMs
          // Its owner may have signed in meanwhile.
          const same = seals.where({ url, account }).and((now) => now.sealedAt === sealedAt)
          if (isOver(row)) await same.delete()
          else if (before.some(isOver))
            await same.modify({ before: before.filter((locked) => !isOver(locked)) })
        }
      } catch {
        // Tried again the next time the centre tells the time; until then `open` refuses.
      }
    },
  }
}
