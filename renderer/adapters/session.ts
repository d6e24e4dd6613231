// Who is signed in on this page, and the token that proves it. Tokens live in memory; the refresh token also in the
// keepsake, to survive a reload. With the centre away the password opens the sealed session (sealedSession.ts). The keys
// of the person's stores become a Sealer at once; their bytes are not held.
import type { Answer, ClosedAccount, Problem } from '../../contract/answer.ts'
import { done, failed } from '../../contract/answer.ts'
import type { Session, SignIn } from '../../contract/session.ts'
import { storeName } from '../../contract/journal.ts'
import { HeldSession } from '../../contract/session.ts'
import type { Clock } from '../../core/ports.ts'
import type { Sealer } from '../../core/seal/sealer.ts'
import { openSealer } from '../../core/seal/sealer.ts'
import { backoff } from '../../core/sync/backoff.ts'
import type { CentreLine } from './centreLine.ts'
import { wipe as wipeStore } from './purge.ts'
import type { SealedSessions } from './sealedSession.ts'
import { seatIsTaken } from './seatLock.ts'

export type SignedIn = {
  readonly session: HeldSession
  /** Of this person's stores: the same one for as long as they are signed in here. */
  readonly sealer: Sealer
  /** Signed in without the centre: no token yet; it is fetched as soon as the centre answers. */
  readonly offline: boolean
  /** The centre wants the password again. Work goes on; uploads wait. */
  readonly passwordNeeded: boolean
  /** [SESSION-14] The centre has closed this account: the words for it. Whoever is on the line finishes, then signs out. */
  readonly closed?: Problem
}

/** `store`: whose seat it is; null: not known, or there is one window only. */
export type Kept = { readonly refreshToken: string; readonly store: string | null }
/** Where the refresh token outlives a reload: the tab in a browser, the key store in the desktop. */
export type Keepsake = {
  keep(refreshToken: string, store: string): void
  recall(): Promise<Kept | null>
  forget(): void
}

/** `leaveSeat`: its seat, held since before the centre was asked; null: it is still to be taken. */
export type Resumed = { readonly signedIn: SignedIn; readonly leaveSeat: (() => void) | null }

export type SessionKeeper = {
  /** The same value until something changes: fit for useSyncExternalStore. */
  read(): SignedIn | null
  subscribe(listener: () => void): () => void
  /** Asks the centre; when it is away, opens the sealed session of this account on this computer. */
  signIn(input: SignIn): Promise<Answer<SignedIn>>
  /** Practice centre only: a seat without an account. */
  practise(): Promise<Answer<SignedIn>>
  /** After a reload; null: nobody was signed in here. `takeSeat` answers null when another window has it. */
  resume(takeSeat: (store: string) => Promise<(() => void) | null>): Promise<Answer<Resumed | null>>
  signOut(): Promise<void>
  token(): string | null
  centre(): string | null
  /** The token has run out or will within seconds. */
  tokenIsStale(): boolean
  /** Gets a new token; several callers at once share one request, and the wait the centre asked for. */
  renew(): Promise<Answer<null>>
  /** The centre told the time to a page nobody has signed in at. */
  centreTold(now: number): Promise<void>
}

const staleBeforeMs = 15_000
/** The centre is away or not itself: the sealed session may stand in. */
export const isAway = (code: string): boolean => ['unreachable', 'busy', 'not_ours', 'failed'].includes(code)

export const keepSession = (
  line: CentreLine,
  clock: Clock,
  sealed: SealedSessions,
  keepsake: Keepsake,
  unlock: (keys: Session['storeKeys']) => Promise<Sealer> = (keys) => openSealer(keys, globalThis),
  /** Takes off this computer what the centre has of this store. */
  wipe: (store: string) => Promise<void> = (store) => wipeStore(store, clock),
): SessionKeeper => {
  let held: SignedIn | null = null
  let staleAtTick = 0
  /** Only while signed in offline: opens the real session once the centre is back. Memory only. */
  let password: string | null = null
  let renewing: Promise<Answer<null>> | null = null
  /** [SESSION-11] What the centre last said when it asked not to be asked sooner, and until when. */
  let sentAway: { readonly problem: Problem; readonly untilTick: number } | null = null
  const listeners = new Set<() => void>()

  const hold = (next: SignedIn | null): void => {
    held = next
    for (const listener of listeners) listener()
  }
  const take = (given: Session, sealer: Sealer): SignedIn => {
    const session = HeldSession.parse(given)
    const now: SignedIn = { session, sealer, offline: false, passwordNeeded: false }
    staleAtTick = clock.tick() + (session.tokenExpiresAt - session.serverNow) - staleBeforeMs
    password = null
    keepsake.keep(session.refreshToken, storeName(session.centre.id, session.account.id))
    void sealed.destroyOld(session.serverNow)
    hold(now)
    return now
  }
  const isHeld = ({ account, centre }: ClosedAccount): boolean =>
    held?.session.account.id === account && held.session.centre.id === centre
  /** [SESSION-14] What somebody at work has before them goes when they sign out. */
  const letGo = async (closed: ClosedAccount): Promise<void> => {
    await sealed.destroy(line.url, closed.account)
    if (!isHeld(closed)) await wipe(storeName(closed.centre, closed.account))
  }
  /** A session by password or refresh token. */
  const ask = async (
    name: 'session.open' | 'session.refresh',
    input: object,
    centre: string | null,
  ): Promise<Answer<Session>> => {
    const answer = await line.send(name, { body: JSON.stringify(input), token: null, centre })
    const waitMs = answer.ok ? undefined : answer.problem.retryAfterMs
    sentAway =
      answer.ok || waitMs === undefined
        ? null
        : { problem: answer.problem, untilTick: clock.tick() + backoff(1, 0, waitMs) }
    if (!answer.ok && answer.problem.closed) await letGo(answer.problem.closed)
    return answer
  }
  const open = (input: SignIn): Promise<Answer<Session>> => ask('session.open', input, null)

  const renewOnce = async (): Promise<Answer<null>> => {
    const present = held
    if (!present) return failed('not_signed_in', '尚未签入')
    if (present.closed) return failed('not_signed_in', present.closed.text)
    if (present.passwordNeeded) return failed('not_signed_in', '签入已过期，内容已存在本机，请重新签入')
    const retryAfterMs = (sentAway?.untilTick ?? 0) - clock.tick()
    if (sentAway && retryAfterMs > 0) return { ok: false, problem: { ...sentAway.problem, retryAfterMs } }
    const { account, refreshToken, centre } = present.session
    // [STORE-10] What waits here is this centre's, whoever answers at its address by now.
    const answer =
      password === null
        ? await ask('session.refresh', { refreshToken }, centre.id)
        : await ask('session.open', { account: account.id, password }, centre.id)
    // Somebody signed out or in meanwhile: the answer belongs to nobody.
    if (held !== present) return failed('not_signed_in', '签入的已换了人')
    if (answer.ok && answer.value.account.id === account.id) {
      take(answer.value, present.sealer)
      return done(null)
    }
    if (answer.ok || !isAway(answer.problem.code)) {
      if (!answer.ok && answer.problem.code === 'too_many') return answer
      password = null
      if (!answer.ok && answer.problem.closed && isHeld(answer.problem.closed)) {
        hold({ ...present, passwordNeeded: true, closed: answer.problem })
        return failed('not_signed_in', answer.problem.text)
      }
      hold({ ...present, passwordNeeded: true })
      return failed('not_signed_in', '签入已过期，内容已存在本机，请重新签入')
    }
    return answer
  }

  return {
    read: () => held,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async signIn(input) {
      const answer = await open(input)
      if (answer.ok) {
        const keys = await sealed.seal(line.url, answer.value, input.password)
        return done(take(answer.value, await unlock(keys)))
      }
      if (!isAway(answer.problem.code)) return answer
      const opened = await sealed.open(line.url, input.account, input.password)
      // Who answers instead of the centre is said before who has never signed in here.
      if (!opened.ok && opened.problem.code === 'not_found' && answer.problem.code === 'not_ours')
        return answer
      if (!opened.ok) return opened
      password = input.password
      staleAtTick = 0
      const session = HeldSession.parse(opened.value)
      const sealer = await unlock(opened.value.storeKeys)
      const now: SignedIn = { session, sealer, offline: true, passwordNeeded: false }
      // [SESSION-18] Of whoever was here before.
      keepsake.forget()
      hold(now)
      return done(now)
    },
    async practise() {
      const answer = await line.send('session.practise', { body: '{}', token: null, centre: null })
      return answer.ok ? done(take(answer.value, await unlock(answer.value.storeKeys))) : answer
    },
    async resume(takeSeat) {
      const kept = await keepsake.recall()
      if (kept === null) return done(null)
      const { refreshToken, store } = kept
      // [SESSION-16] A duplicated tab has this token too. Spending it would end the session of the one at work.
      const leaveSeat = store === null ? null : await takeSeat(store)
      if (store !== null && leaveSeat === null) return seatIsTaken()
      const answer = await ask('session.refresh', { refreshToken }, null)
      if (answer.ok) {
        const signedIn = take(answer.value, await unlock(answer.value.storeKeys))
        return done({ signedIn, leaveSeat })
      }
      leaveSeat?.()
      if (isAway(answer.problem.code)) return answer
      keepsake.forget()
      return answer.problem.closed ? answer : done(null)
    },
    async signOut() {
      const last = held
      password = null
      keepsake.forget()
      hold(null)
      if (last?.closed) return wipe(storeName(last.session.centre.id, last.session.account.id))
      if (last && last.session.token !== '')
        await line.send('session.close', {
          body: '{}',
          token: last.session.token,
          centre: last.session.centre.id,
          limitMs: 3_000,
        })
    },
    token: () => (held === null || held.session.token === '' ? null : held.session.token),
    centre: () => held?.session.centre.id ?? null,
    tokenIsStale: () => held !== null && !held.passwordNeeded && clock.tick() >= staleAtTick,
    renew() {
      renewing ??= renewOnce().finally(() => {
        renewing = null
      })
      return renewing
    },
    centreTold: (now) => sealed.destroyOld(now),
  }
}
