// The judge: reads a history and nothing else, knows nothing of how seat and centre work, and says which promise was
// broken when. The promises are those of docs/rules/sync.md, named S1–S8, L1, L2, P1, C1 in docs/evidence/sim.md.
import type { Happening, Thing } from './history.ts'

export type Broken = { readonly promise: Promise_; readonly at: number; readonly how: string }
type Promise_ = 'S1' | 'S2' | 'S3' | 'S4' | 'S5' | 'S6' | 'S7' | 'S8' | 'L1' | 'L2' | 'P1' | 'C1'
export const promises: readonly Promise_[] = 'S1 S2 S3 S4 S5 S6 S7 S8 L1 L2 P1 C1'.split(' ') as Promise_[]

type Row = Thing & { readonly store: string; readonly parked: boolean }

/** Requests a seat may make in a minute in which the centre never answers well. */
const budget = 40
const minute = 60_000
/** What a seat writes down may be off by so much: half of a slow round trip. */
const longestWrongMs = 15_000

const keyOf = ({ kind, id }: Thing): string => `${kind}:${id}`
const accountOf = (store: string): string => store.split(':')[1] ?? ''

export const broken = (happened: readonly Happening[]): readonly Broken[] => {
  const found: Broken[] = []
  const rows = new Map<string, Row>()
  /** What the centre holds, what it ever held, and what each backup held. */
  let centre = new Map<string, number>()
  let numbers = new Map<string, string>()
  const ever = new Map<string, number>()
  /** Which work order or warning a number was ever drawn for: people outside may know it, whatever the centre has lost since. */
  const known = new Map<string, string>()
  /** [SERVER-57] What its seat said a work order or a warning is called, in the request in hand. */
  const called = new Map<string, string | null>()
  const backups = new Map([[0, { centre: new Map<string, number>(), numbers: new Map<string, string>() }]])
  const told = new Map<string, { readonly rev: number; readonly store: string }>()
  const arrivals = new Map<string, number>()
  const refused = new Set<string>()
  const damaged = new Set<string>()
  const retriedAt = new Map<string, number>()
  const quietUntil = new Map<string, number>()
  const unanswered = new Map<string, number[]>()
  const rested = new Set<string>()
  const parkedAtEnd = new Set<string>()

  const rowOf = (store: string, seq: number): string => `${store}#${seq}`
  const wrong = (promise: Promise_, at: number, how: string): void => void found.push({ promise, at, how })
  const waitsFor = (key: string, rev: number): boolean =>
    [...rows.values()].some((row) => keyOf(row) === key && row.rev >= rev)
  const judge = (each: Happening): void => {
    const { at } = each
    switch (each.what) {
      case 'put':
        rows.set(rowOf(each.store, each.seq), { ...each, parked: false })
        return
      case 'told': {
        const key = keyOf(each)
        if (!waitsFor(key, each.rev) && (ever.get(key) ?? 0) < each.rev)
          wrong('S1', at, `${key} rev ${each.rev} was told saved and is nowhere`)
        if ((told.get(key)?.rev ?? 0) < each.rev) told.set(key, { rev: each.rev, store: each.store })
        return
      }
      case 'left': {
        const key = keyOf(each)
        const name = rowOf(each.store, each.seq)
        const row = rows.get(name)
        rows.delete(name)
        if (each.replaced) return
        if (row?.parked === true) wrong('S6', at, `${key} rev ${each.rev} was parked and left by itself`)
        if ((ever.get(key) ?? 0) < each.rev) {
          wrong('S2', at, `${key} rev ${each.rev} left the outbox and never was at the centre`)
          wrong('S6', at, `${key} rev ${each.rev} left the outbox without the centre's word`)
        }
        return
      }
      case 'parked': {
        const name = rowOf(each.store, each.seq)
        const row = rows.get(name)
        if (row) rows.set(name, { ...row, parked: true })
        const key = keyOf(each)
        if (!refused.has(key) && !damaged.has(key) && (arrivals.get(key) ?? 0) < 8)
          wrong(
            'S6',
            at,
            `${key} was parked though the centre neither refused it nor failed on it eight times`,
          )
        return
      }
      case 'unparked': {
        const name = rowOf(each.store, each.seq)
        const row = rows.get(name)
        if (row) rows.set(name, { ...row, parked: false })
        if (!retriedAt.has(each.store)) wrong('S6', at, `${keyOf(each)} was unparked and nobody asked`)
        return
      }
      case 'retried':
        retriedAt.set(each.store, at)
        return
      case 'arrived': {
        const key = keyOf(each)
        arrivals.set(key, (arrivals.get(key) ?? 0) + 1)
        called.set(key, each.told)
        if (each.account !== each.agent || accountOf(each.store) !== each.account)
          wrong(
            'S7',
            at,
            `${key} of ${each.agent} came from ${each.store} under the token of ${each.account}`,
          )
        return
      }
      case 'stored': {
        const key = keyOf(each)
        const before = centre.get(key) ?? 0
        if (before === each.rev) wrong('S2', at, `${key} rev ${each.rev} took effect twice`)
        if (before > each.rev) wrong('S4', at, `${key} rev ${each.rev} overwrote rev ${before}`)
        centre.set(key, each.rev)
        ever.set(key, Math.max(each.rev, ever.get(key) ?? 0))
        if (each.number === null) return
        const drawn = known.get(each.number) ?? key
        known.set(each.number, drawn)
        if (drawn !== key) wrong('S3', at, `${key} and ${drawn} both are work order ${each.number}`)
        if ((numbers.get(key) ?? each.number) !== each.number)
          wrong('S3', at, `${key} was dispatched twice, as ${numbers.get(key)} and ${each.number}`)
        const told = called.get(key) ?? each.number
        if (!numbers.has(key) && told !== each.number && known.get(told) === key)
          wrong('S3', at, `${key} was told as ${told} and came back as ${each.number}`)
        numbers.set(key, each.number)
        return
      }
      case 'refused':
        refused.add(keyOf(each))
        return
      case 'damaged':
        damaged.add(keyOf(each))
        return
      case 'backup':
        backups.set(each.backup, { centre: new Map(centre), numbers: new Map(numbers) })
        return
      case 'restored': {
        const backup = backups.get(each.backup)
        centre = new Map(backup?.centre)
        numbers = new Map(backup?.numbers)
        return
      }
      case 'leaked':
        return wrong('S5', at, `personal data in the address or headers of ${each.where}`)
      case 'hurried':
        if (each.byPerson) quietUntil.delete(each.seat)
        unanswered.delete(each.seat)
        return
      case 'crashed':
        quietUntil.delete(each.who)
        unanswered.delete(each.who)
        return
      case 'request': {
        const recent = (unanswered.get(each.seat) ?? []).filter((when) => when > at - minute)
        unanswered.set(each.seat, [...recent, at])
        if (recent.length === budget)
          wrong('L2', at, `${each.seat} asked ${budget} times in a minute in vain`)
        const quiet = quietUntil.get(each.seat) ?? 0
        if (each.path.endsWith('/push') && at < quiet)
          wrong('L2', at, `${each.seat} pushed ${quiet - at} ms before the centre asked it to`)
        return
      }
      case 'answer':
        if (each.status === 200) unanswered.delete(each.seat)
        if (each.retryAfterMs !== null && each.path.endsWith('/push'))
          quietUntil.set(each.seat, at + each.retryAfterMs)
        return
      case 'synced':
        for (const row of rows.values()) {
          const key = keyOf(row)
          // What is not told saved yet may be on its way to whoever counts.
          const isTold = (told.get(key)?.rev ?? 0) >= row.rev
          if (row.store === each.store && isTold && (ever.get(key) ?? 0) < row.rev)
            wrong('S8', at, `${each.store} says synced, and the centre never had ${key} rev ${row.rev}`)
        }
        return
      case 'rested':
        rested.add(each.store)
        for (const thing of each.waiting)
          wrong('L1', at, `${keyOf(thing)} rev ${thing.rev} still waits in ${each.store}`)
        for (const thing of each.parked) parkedAtEnd.add(keyOf(thing))
        if (each.badge !== (each.parked.length > 0 ? 'refused' : 'synced') && each.waiting.length === 0)
          wrong('L1', at, `${each.store} is at rest and its badge says ${each.badge}`)
        if (each.wrongByMs > longestWrongMs)
          wrong('C1', at, `${each.store} writes times that are ${each.wrongByMs} ms off`)
        for (const id of each.missed) wrong('P1', at, `${each.store} never heard of call ${id}`)
        return
      case 'held': {
        const key = keyOf(each)
        if (centre.get(key) !== each.rev)
          wrong('S4', at, `${key} is held as rev ${each.rev} without having come`)
        return
      }
      case 'calm':
        return
      default:
        return each satisfies never
    }
  }
  for (const each of happened) judge(each)

  const end = happened.at(-1)?.at ?? 0
  const held = new Map(
    happened.flatMap((each) => (each.what === 'held' ? [[keyOf(each), each.rev] as const] : [])),
  )
  for (const [key, { rev, store }] of told) {
    if (!rested.has(store)) wrong('L1', end, `${store} never had its turn`)
    if ((held.get(key) ?? 0) >= rev || parkedAtEnd.has(key)) continue
    wrong(
      'S1',
      end,
      `${key} rev ${rev} was told saved in ${store} and is lost: the centre holds ${held.get(key) ?? 'none'}`,
    )
  }
  return found
}
