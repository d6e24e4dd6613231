// A seat: one computer, the stores of those who work at it, and the program running the product's own session, line,
// uplink and sync loop. Its agent finishes, files and corrects calls, and is told saved only when the store says so.
import type { AccountId, AuditId, CallId, Extension, TicketId } from '../../contract/ids.ts'
import type { CallRecord } from '../../contract/softphone.ts'
import type { TicketDispatch } from '../../contract/tickets.ts'
import { recovered } from '../../core/sync/recover.ts'
import { openLine } from '../../renderer/adapters/centreLine.ts'
import { hurryWhenBack } from '../../renderer/adapters/hurry.ts'
import type { SealedSessions } from '../../renderer/adapters/sealedSession.ts'
import { keepSession } from '../../renderer/adapters/session.ts'
import type { SyncLoop } from '../../renderer/adapters/syncLoop.ts'
import { startSync } from '../../renderer/adapters/syncLoop.ts'
import { openUplink } from '../../renderer/adapters/uplink.ts'
import { done, failed } from '../../contract/answer.ts'
import type { Answer } from '../../contract/answer.ts'
import type { Session } from '../../contract/session.ts'
import { memoryLocks } from '../fakes/memoryLocks.ts'
import { aForm, aRecord } from '../makers/forms.ts'
import { aDispatch, aNote } from '../makers/traffic.ts'
import type { SimCentre } from './centre.ts'
import type { Dice } from './dice.ts'
import type { DiskFaults, SimStore, StorePorts } from './disk.ts'
import { newSimStore } from './disk.ts'
import type { History, Thing } from './history.ts'
import type { NetFaults } from './net.ts'
import { simFetch } from './net.ts'
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
  netIsBack(): void
  crash(how: 'killed' | 'power', backAfterMs: number): void
  jumpClock(ms: number): void
  damage(): void
  store(account: string): SimStore
  stores(): readonly SimStore[]
  badge(): string
}

type Work = { readonly account: string; readonly ports: StorePorts; readonly sync: SyncLoop; leave(): void }

const hex = (n: number, length: number): string => n.toString(16).padStart(length, '0')

export const newSimSeat = (
  parts: { world: World; dice: Dice; history: History; centre: SimCentre },
  /** Makes the ids of different seats differ. */
  place: number,
): SimSeat => {
  const { world, dice, history, centre } = parts
  const name = `seat${place}`
  const ahead = { ms: 0 }
  const net: NetFaults = { link: 'up', lost: 0, lostAnswer: 0, cut: 0, doubled: 0, late: 0 }
  const disk: DiskFaults = { full: false, stalls: 0 }
  const stores = new Map<string, SimStore>()
  /** Newest revision the agent made, per account; what was told saved or is yet to be. */
  const calls = new Map<string, CallRecord>()
  const orders = new Map<string, TicketDispatch>()
  const sealed = new Map<string, Session>()
  let made = 0
  let wanted: string | null = null
  let life: Life = newLife()
  let clock: ComputerClock = clockFor(world, life, ahead)
  let work: Work | null = null
  let on = true
  let busy: Work | null = null

  const id = (kind: 8 | 9 | 10): string => {
    made += 1
    return `0193f0a0-0000-7${hex(place, 3)}-${hex(kind, 1)}000-${hex(made, 12)}`
  }
  const store = (account: string): SimStore => {
    const known = stores.get(account)
    if (known) return known
    const opened = newSimStore(
      { world, dice: dice.fork(), history, faults: disk, clock: { now: () => clock.now() } },
      `${name}:${account}`,
    )
    stores.set(account, opened)
    return opened
  }

  const told = (account: string, answer: Answer<null>, ...things: Thing[]): void => {
    if (!answer.ok) return
    for (const each of things) history.add({ what: 'told', store: `${name}:${account}`, ...each })
  }
  const callThing = ({ id: call, rev }: CallRecord): Thing => ({ kind: 'call', id: call, rev })

  /** The sealed session without its cryptography: the password is always right. */
  const seals: SealedSessions = {
    async seal(_url, session) {
      sealed.set(session.account.id, session)
    },
    async open(_url, account) {
      const session = sealed.get(account)
      if (!session) return failed('not_found', '没有')
      return done({ ...session, token: '', refreshToken: '', tokenExpiresAt: 0 })
    },
  }

  /** Starts the program and signs `wanted` in, again and again until it works or the computer stops. */
  const boot = async (): Promise<void> => {
    life.end()
    const mine = newLife()
    life = mine
    clock = clockFor(world, mine, ahead)
    const account = wanted
    if (account === null) return
    const simulated = { world, dice: dice.fork(), history, centre, faults: net }
    const line = openLine(
      'http://centre.invalid',
      clock,
      simFetch(simulated, name, () => `${name}:${account}`, mine),
    )
    const keeper = keepSession(line, clock, seals, {
      keep: () => undefined,
      recall: async () => null,
      forget: () => undefined,
    })
    for (;;) {
      history.add({ what: 'hurried', seat: name })
      const answer = await keeper.signIn({ account, password: 'made-up' })
      if (answer.ok) break
      await new Promise<void>((resolve) => clock.after(20_000, resolve))
    }
    const ports = store(account).open(mine)
    const sync = startSync({
      name: `${name}:${account}`,
      outbox: ports.outbox,
      mirror: ports.mirror,
      uplink: openUplink(line, keeper, clock),
      clock,
      random: dice.fork().next,
      locks: memoryLocks(),
    })
    const page = new EventTarget()
    const stopHurrying = hurryWhenBack(sync, keeper, page)
    keeper.subscribe(() => history.add({ what: 'hurried', seat: name }))
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
    for (const record of await unfinished(ports)) {
      const whole = recovered(record)
      calls.set(whole.id, whole)
      told(account, await ports.records.finish(whole), callThing(whole))
    }
  }
  let online = (): void => undefined

  const unfinished = async (ports: StorePorts): Promise<readonly CallRecord[]> => {
    const answer = await ports.records.unfinished()
    return answer.ok ? answer.value : []
  }

  const mineOf = <T extends { agent: string }>(all: Map<string, T>, account: string): T[] =>
    [...all.values()].filter((each) => each.agent === account)

  const newCall = (account: string): CallRecord => {
    const offeredAt = Math.max(0, clock.now())
    return aRecord(1, {
      id: id(8) as CallId,
      agent: account as AccountId,
      seat: '1001' as Extension,
      offeredAt,
      answeredAt: offeredAt + 2_000,
      endedAt: offeredAt + 60_000,
    })
  }

  const finish = async ({ account, ports }: Work, begun: boolean): Promise<void> => {
    const record = newCall(account)
    // Half the calls are journalled when they ring; a crash in between leaves an interrupted one.
    if (begun) await ports.records.journal({ ...record, outcome: 'interrupted' })
    calls.set(record.id, record)
    told(account, await ports.records.finish(record), callThing(record))
  }

  const file = async ({ account, ports }: Work, dispatches: boolean): Promise<void> => {
    const mine = mineOf(calls, account)
    const before = mine[dice.between(0, Math.max(0, mine.length - 1))]
    if (!before) return
    const known = before.ticketId === null ? undefined : orders.get(before.ticketId)
    const ticket: TicketDispatch | null = known
      ? { ...known, rev: known.rev + 1 }
      : dispatches
        ? aDispatch(1, {
            id: id(9) as TicketId,
            callId: before.id,
            agent: account as AccountId,
            dispatchedAt: clock.now(),
          })
        : null
    const record: CallRecord = {
      ...before,
      rev: before.rev + 1,
      form: aForm(),
      filedAt: clock.now(),
      wrapupMs: 5_000,
      ticketId: ticket?.id ?? before.ticketId,
    }
    const answer = await ports.records.file(record, ticket)
    // What may have reached the disk although it was called failed must not be given another content.
    calls.set(record.id, record)
    if (ticket) orders.set(ticket.id, ticket)
    const things: Thing[] = ticket ? [{ kind: 'ticket', id: ticket.id, rev: ticket.rev }] : []
    told(account, answer, callThing(record), ...things)
  }

  const note = async ({ account, ports }: Work): Promise<void> => {
    const made = aNote(1, { id: id(10) as AuditId, agent: account as AccountId, at: clock.now() })
    told(account, await ports.records.noteAudit(made), { kind: 'audit', id: made.id, rev: 1 })
  }

  return {
    name,
    net,
    disk,
    store,
    stores: () => [...stores.values()],
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
      // A person does one thing at a time.
      if (!work || busy === work) return
      const mine = work
      busy = mine
      const what = dice.between(0, 9)
      const doing = what <= 3 ? finish(mine, what <= 1) : what <= 7 ? file(mine, what >= 6) : note(mine)
      void doing.then(() => {
        busy = null
      })
    },
    finishOne() {
      // Beyond the ids the centre has something against.
      made = Math.max(made, 1_000)
      if (work) void finish(work, false)
    },
    pressRetry() {
      if (!work) return
      history.add({ what: 'hurried', seat: name })
      history.add({ what: 'retried', store: `${name}:${work.account}` })
      const hurried = (): void => history.add({ what: 'hurried', seat: name })
      void work.sync.retry('all').then(hurried)
    },
    netIsBack() {
      net.link = 'up'
      history.add({ what: 'hurried', seat: name })
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
