// A seat: one computer, the stores of those who work at it, and the program running the product's own session, line,
// uplink and sync loop. Its agent finishes, files and corrects calls, and is told saved only when the store says so.
import type { CentreClock } from '../../renderer/adapters/centreClock.ts'
import { centreClock } from '../../renderer/adapters/centreClock.ts'
import { openLine } from '../../renderer/adapters/centreLine.ts'
import { hurryWhenBack } from '../../renderer/adapters/hurry.ts'
import type { SealedSessions } from '../../renderer/adapters/sealedSession.ts'
import { keepSession } from '../../renderer/adapters/session.ts'
import type { SyncLoop } from '../../renderer/adapters/syncLoop.ts'
import { startSync } from '../../renderer/adapters/syncLoop.ts'
import { openUplink } from '../../renderer/adapters/uplink.ts'
import { done, failed } from '../../contract/answer.ts'
import type { Session } from '../../contract/session.ts'
import { memoryLocks } from '../fakes/memoryLocks.ts'
import type { Desk } from './agent.ts'
import { plainSealer } from '../fakes/plainSealer.ts'
import { newAgent } from './agent.ts'
import type { SimCentre } from './centre.ts'
import type { Dice } from './dice.ts'
import type { DiskFaults, SimStore } from './disk.ts'
import { newSimStore } from './disk.ts'
import type { History } from './history.ts'
import type { NetFaults } from './net.ts'
import { calmNet, simFetch } from './net.ts'
import type { ComputerClock, Life, World } from './world.ts'
import { clockFor, newLife } from './world.ts'

export type SimSeat = {
  readonly name: string
  readonly net: NetFaults
  readonly disk: DiskFaults
  /** Who works here from now on. */
  signIn(account: string): void
  signOut(): void
  /** The agent does one thing; nothing while nobody is signed in. */
  act(): void
  /** A good call, so that the centre is seen to store. */
  finishOne(): void
  pressRetry(): void
  /** Somebody is on the telephone, or nobody any more. */
  speak(busy: boolean): void
  /** `noticed`: the browser says so; it does not always. */
  netIsBack(noticed: boolean): void
  /** Who is signed in or about to be. */
  account(): string | null
  crash(how: 'killed' | 'power', backAfterMs: number): void
  jumpClock(ms: number): void
  damage(): void
  store(account: string): SimStore
  stores(): readonly SimStore[]
  badge(): string
  /** How far what is written down is from true time. */
  wrongByMs(): number
}

type Work = Desk & { readonly sync: SyncLoop; leave(): void }

export const newSimSeat = (
  parts: { world: World; dice: Dice; history: History; centre: SimCentre },
  /** Makes the ids of different seats differ. */
  place: number,
): SimSeat => {
  const { world, dice, history, centre } = parts
  const name = `seat${place}`
  const ahead = { ms: 0 }
  const net: NetFaults = { ...calmNet }
  const disk: DiskFaults = { full: false, stalls: 0 }
  const stores = new Map<string, SimStore>()
  const sealed = new Map<string, Session>()
  let wanted: string | null = null
  let life: Life = newLife()
  let clock: ComputerClock = clockFor(world, life, ahead)
  let written: CentreClock = centreClock(clock)
  let work: Work | null = null
  let on = true
  const agent = newAgent({ dice, history, now: () => Math.max(0, written.now()) }, name, place)

  const store = (account: string): SimStore => {
    const known = stores.get(account)
    if (known) return known
    const opened = newSimStore(
      { world, dice: dice.fork(), history, faults: disk, clock: { now: () => written.now() } },
      `${name}:${account}`,
    )
    stores.set(account, opened)
    return opened
  }

  /** The sealed session without its cryptography: the password is always right. */
  const seals: SealedSessions = {
    async seal(_url, session) {
      sealed.set(session.account.id, session)
      return session.storeKeys
    },
    async open(_url, account) {
      const session = sealed.get(account)
      if (!session) return failed('not_found', '没有')
      return done({ ...session, token: '', refreshToken: '', tokenExpiresAt: 0 })
    },
    destroy: async (_url, account) => void sealed.delete(account),
    destroyOld: async () => undefined,
  }

  /** Starts the program and signs `wanted` in, again and again until it works or the computer stops. */
  const boot = async (): Promise<void> => {
    life.end()
    const mine = newLife()
    life = mine
    clock = clockFor(world, mine, ahead)
    written = centreClock(clock)
    const account = wanted
    if (account === null) return
    const simulated = { world, dice: dice.fork(), history, centre, faults: net }
    const line = openLine(
      'http://centre.invalid',
      clock,
      simFetch(simulated, name, () => `${name}:${account}`, mine),
    )
    const nowhere = { keep: () => undefined, recall: async () => null, forget: () => undefined }
    const keeper = keepSession(line, clock, seals, nowhere, async () => plainSealer)
    for (;;) {
      history.add({ what: 'hurried', seat: name, byPerson: true })
      const answer = await keeper.signIn({ account, password: 'made-up' })
      if (answer.ok) break
      await new Promise<void>((resolve) => clock.after(20_000, resolve))
    }
    const ports = store(account).open(mine)
    const sync = startSync({
      name: `${name}:${account}`,
      outbox: ports.outbox,
      mirror: ports.mirror,
      uplink: openUplink(line, keeper, written),
      clock: written,
      random: dice.fork().next,
      locks: memoryLocks(),
    })
    let badge = sync.status().badge
    sync.subscribe(() => {
      const before = badge
      badge = sync.status().badge
      if (badge === 'synced' && before !== badge) history.add({ what: 'synced', store: `${name}:${account}` })
    })
    const page = new EventTarget()
    const stopHurrying = hurryWhenBack(sync, keeper, page)
    keeper.subscribe(() => history.add({ what: 'hurried', seat: name, byPerson: false }))
    work = {
      account,
      ports,
      sync,
      leave: () => {
        stopHurrying()
        void sync.stop().then(() => keeper.signOut())
      },
    }
    online = () => page.dispatchEvent(new Event('online'))
    await agent.recover({ account, ports })
  }
  let online = (): void => undefined

  return {
    name,
    net,
    disk,
    store,
    stores: () => [...stores.values()],
    wrongByMs: () => Math.abs(written.now() - world.now()),
    badge: () => work?.sync.status().badge ?? 'nobody',
    signIn(account) {
      wanted = account
      if (on && !work) void boot()
    },
    signOut() {
      wanted = null
      const last = work
      work = null
      last?.leave()
      // Somebody who was still waiting to get in gives up.
      if (!last) life.end()
    },
    act() {
      if (work) agent.act(work)
    },
    finishOne() {
      if (work) agent.finishOne(work)
    },
    speak: (busy) => work?.sync.lineIsBusy(busy),
    pressRetry() {
      if (!work) return
      history.add({ what: 'hurried', seat: name, byPerson: true })
      history.add({ what: 'retried', store: `${name}:${work.account}` })
      const hurried = (): void => history.add({ what: 'hurried', seat: name, byPerson: true })
      void work.sync.retry('all').then(hurried)
    },
    account: () => wanted,
    netIsBack(noticed) {
      net.link = 'up'
      if (!noticed) return
      history.add({ what: 'hurried', seat: name, byPerson: false })
      online()
    },
    crash(how, backAfterMs) {
      history.add({ what: 'crashed', who: name, how })
      life.end()
      work = null
      online = () => undefined
      on = false
      for (const each of stores.values()) each.crash(how)
      world.after(backAfterMs, () => {
        on = true
        void boot()
      })
    },
    jumpClock: (ms) => clock.jump(ms),
    damage() {
      const all = [...stores.values()]
      all[dice.between(0, Math.max(0, all.length - 1))]?.damage()
    },
  }
}
