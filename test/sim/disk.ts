// One store on a seat's disk: the ports of the fake seat (test/suites proves it on the real adapters too), each use a
// transaction that takes time, may be refused by a full disk, may stall, and is there or not after a crash, never half.
import type { Answer } from '../../contract/answer.ts'
import { failed } from '../../contract/answer.ts'
import type { Mirror } from '../../core/centrePorts.ts'
import type { Clock, Outbox, OutboxFate, OutboxNews, OutboxRow, Records } from '../../core/ports.ts'
import type { MemorySeat } from '../fakes/memoryRecords.ts'
import { memorySeat } from '../fakes/memoryRecords.ts'
import type { Dice } from './dice.ts'
import type { History, Thing } from './history.ts'
import type { Life, World } from './world.ts'

export type DiskFaults = {
  full: boolean
  /** The chance that one use stalls for five seconds and is then called failed, whether it happened or not. */
  stalls: number
}

export type StorePorts = { readonly records: Records; readonly outbox: Outbox; readonly mirror: Mirror }

export type SimStore = {
  readonly name: string
  /** The ports for one run of the program. */
  open(life: Life): StorePorts
  /** The computer or the program stops: what was asked of the disk is done up to some point. */
  crash(how: 'killed' | 'power'): void
  rows(): readonly OutboxRow[]
  /** Damages the text of one unsent row; false: there is none. */
  damage(): boolean
  readonly seat: MemorySeat
}

const stallMs = 5_000
const full = (): Answer<never> => failed('failed', '本机磁盘已满，内容未保存，请清理磁盘后再试')
const stalled = (): Answer<never> => failed('failed', '本机存储 5 秒没有响应，内容未保存，请再试一次')

const thing = ({ kind, id, rev }: OutboxRow): Thing => ({ kind, id, rev })

/** What tells the uploader that rows changed (renderer/adapters/records.ts and outbox.ts): told even when it failed. */
const alwaysTell: readonly string[] = ['settle', 'retry', 'sendAgain']
const tellWhenDone: readonly string[] = ['finish', 'file', 'warn', 'restore', 'noteAudit']
const reads: readonly string[] = [
  'due',
  'nextDueAt',
  'counts',
  'list',
  'unsent',
  'cursor',
  'read',
  'page',
  'unfinished',
  'reference',
  'tickets',
  'warnings',
]

const newsOf = (method: string): OutboxNews =>
  method === 'settle' ? 'less' : method === 'warn' ? 'urgent' : 'more'

/** [SYNC-27] As renderer/adapters/outbox.ts has it. */
const isAllTaken = (fates: unknown): boolean =>
  (fates as readonly OutboxFate[]).every(({ fate }) => fate === 'remove')

export const newSimStore = (
  parts: { world: World; dice: Dice; history: History; faults: DiskFaults; clock: Pick<Clock, 'now'> },
  name: string,
): SimStore => {
  const { world, dice, history, faults } = parts
  const seat = memorySeat({ now: () => parts.clock.now(), tick: () => 0, after: () => () => undefined })
  let pending: (() => void)[] = []
  /** [SYNC-27] Undoes what was settled since the last write that waits for the disk. */
  let unsettle: (() => void) | null = null
  let freeAt = 0

  /** Compares the outbox before and after, whatever it was that changed it. */
  const watch = (before: readonly OutboxRow[]): void => {
    const after = seat.outbox.rows()
    const stays = new Map(after.map((row) => [row.seq, row]))
    const stood = new Map(before.map((row) => [row.seq, row]))
    for (const row of before) {
      const now = stays.get(row.seq)
      if (!now) {
        const replaced = after.some((other) => other.kind === row.kind && other.id === row.id)
        history.add({ what: 'left', store: name, seq: row.seq, replaced, ...thing(row) })
      } else if (now.state !== row.state)
        history.add({
          what: now.state === 'parked' ? 'parked' : 'unparked',
          store: name,
          seq: row.seq,
          ...thing(row),
        })
    }
    for (const row of after)
      if (!stood.has(row.seq)) history.add({ what: 'put', store: name, seq: row.seq, ...thing(row) })
  }

  const use = <T>(
    life: Life,
    method: string,
    work: () => Promise<Answer<T>>,
    tell: () => void,
    isForgettable: boolean,
  ): Promise<Answer<T>> =>
    new Promise((resolve) => {
      const isRead = reads.includes(method)
      const answer = (value: Answer<T>, afterMs: number, landed = false): void => {
        world.after(afterMs, () => {
          if (life.over()) return
          // [SYNC-30] What was answered as not saved and is there all the same is told, too.
          if (alwaysTell.includes(method) || (landed && tellWhenDone.includes(method))) tell()
          resolve(value)
        })
      }
      const stalls = dice.chance(faults.stalls)
      const happens = !stalls || dice.chance(0.5)
      const act = (): void => {
        pending = pending.filter((each) => each !== act)
        if (faults.full && !isRead) return answer(full(), 1)
        if (!happens) return answer(stalled(), stallMs)
        const before = seat.outbox.rows()
        if (isForgettable) unsettle ??= seat.outbox.mark()
        else if (!isRead) unsettle = null
        void work().then((value) => {
          const given = stalls ? stalled() : value
          answer(given, stalls ? stallMs : dice.between(0, 3), value.ok)
        })
        watch(before)
      }
      // One transaction at a time, in the order in which they were asked for.
      freeAt = Math.max(freeAt, world.now()) + dice.between(0, isRead ? 2 : 8)
      pending.push(act)
      world.after(freeAt - world.now(), () => {
        if (pending.includes(act)) act()
      })
    })

  const opened = (life: Life): StorePorts => {
    const listeners = new Set<(news: OutboxNews) => void>()
    const tell = (news: OutboxNews): void => {
      // [SYNC-6] [WARN-7] Whoever raises a warning does not wait.
      if (news === 'urgent') history.add({ what: 'hurried', seat: name.split(':')[0] ?? '', byPerson: true })
      for (const listener of listeners) listener(news)
    }
    const wrapped = <P extends object>(port: P): P =>
      new Proxy(port, {
        get(target, key) {
          const method = String(key)
          if (method === 'listen')
            return (listener: (news: OutboxNews) => void) => {
              listeners.add(listener)
              return () => listeners.delete(listener)
            }
          return (...given: unknown[]) => {
            const call = Reflect.get(target, key) as (...args: unknown[]) => Promise<Answer<unknown>>
            const isForgettable = method === 'settle' && isAllTaken(given[0])
            return use(
              life,
              method,
              () => call(...given),
              () => tell(newsOf(method)),
              isForgettable,
            )
          }
        },
      })
    return {
      records: wrapped(seat.records),
      outbox: wrapped<Outbox>(seat.outbox),
      mirror: wrapped(seat.mirror),
    }
  }

  return {
    name,
    seat,
    open: opened,
    crash(how) {
      const asked = pending
      pending = []
      freeAt = world.now()
      if (how === 'killed') for (const act of asked.slice(0, dice.between(0, asked.length))) act()
      // The system writes by itself now and then.
      if (how === 'power' && unsettle && dice.chance(0.5)) {
        const before = seat.outbox.rows()
        unsettle()
        watch(before)
      }
      unsettle = null
    },
    rows: () => seat.outbox.rows(),
    damage() {
      const row = seat.outbox.rows().find((each) => each.state === 'waiting')
      if (!row) return false
      row.text.fill(32, row.text.length >> 1)
      history.add({ what: 'damaged', store: name, ...thing(row) })
      return true
    },
  }
}
