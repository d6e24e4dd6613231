// A day from a seed: who works, what breaks when. Everything heals at the end; then nothing breaks any more, and each
// person who left work behind signs in again where it lies.
import type { Happening, Thing } from './history.ts'
import { newHistory } from './history.ts'
import { useSimBrowser } from './browser.ts'
import { startSimCentre } from './centre.ts'
import type { Dice } from './dice.ts'
import { diceOf } from './dice.ts'
import type { NetFaults } from './net.ts'
import { calmNet } from './net.ts'
import type { SimSeat } from './seat.ts'
import { newSimSeat } from './seat.ts'
import type { SimStore } from './disk.ts'
import { newWorld } from './world.ts'

export type Day = { readonly seed: number; readonly happened: readonly Happening[]; readonly hash: string }

const minute = 60_000
/** What L1 allows the sync after the last fault; a row put off by an older centre may need all of it. */
export const restMs = 11 * minute
/** What P1 says a seat hears of: a clock that jumped may have dated a call of today weeks back. */
const toldMs = 7 * 24 * 60 * minute

const accountsOf = [
  ['1001', '1003'],
  ['1002', '1004'],
] as const

const wall = (store: SimStore, state: 'waiting' | 'parked'): Thing[] =>
  store
    .rows()
    .filter((row) => row.state === state)
    .map(({ kind, id, rev }) => ({ kind, id, rev }))

const roughNet = (dice: Dice): Omit<NetFaults, 'link' | 'bytesPerSecond'> => {
  const some = (most: number): number => (dice.chance(0.6) ? dice.next() * most : 0)
  return { lost: some(0.3), lostAnswer: some(0.4), cut: some(0.3), doubled: some(0.4), late: some(0.25) }
}

export const runDay = async (seed: number): Promise<Day> => {
  useSimBrowser()
  const world = newWorld()
  const dice = diceOf(seed)
  const history = newHistory(world.now)
  const centre = startSimCentre(world, dice.fork(), history)
  const seats = [0, 1].map((place) => newSimSeat({ world, dice: dice.fork(), history, centre }, place))
  const lengthMs = dice.between(4, 16) * minute
  let calm = false
  const sometime = (run: () => void): void =>
    void world.after(dice.between(0, lengthMs), () => {
      if (!calm) run()
    })
  const during = (ms: number, begin: () => void, end: () => void): void =>
    sometime(() => {
      begin()
      world.after(ms, end)
    })
  const times = (most: number, plan: () => void): void => {
    for (let n = dice.between(0, most); n > 0; n--) plan()
  }

  const planSeat = (seat: SimSeat, own: readonly [string, string]): void => {
    seat.signIn(own[0])
    for (let n = dice.between(5, 25); n > 0; n--) sometime(seat.act)
    if (dice.chance(0.7)) Object.assign(seat.net, roughNet(dice))
    if (dice.chance(0.2)) seat.net.bytesPerSecond = dice.pick([300, 1_000, 7_000] as const)
    times(2, () =>
      during(
        dice.between(10_000, 8 * minute),
        () => seat.speak(true),
        () => seat.speak(false),
      ),
    )
    times(3, () =>
      during(
        dice.between(2_000, 6 * minute),
        () => (seat.net.link = dice.pick(['refused', 'blackhole', 'portal'] as const)),
        () => seat.netIsBack(dice.chance(0.5)),
      ),
    )
    times(3, () => {
      const how = dice.pick(['killed', 'power'] as const)
      const ms = dice.between(1_000, 60_000)
      sometime(() => seat.crash(how, ms))
    })
    times(1, () =>
      during(
        dice.between(5_000, 3 * minute),
        () => (seat.disk.full = true),
        () => (seat.disk.full = false),
      ),
    )
    if (dice.chance(0.25)) seat.disk.stalls = dice.next() * 0.06
    times(2, () => sometime(() => seat.jumpClock(dice.between(-1, 1) * dice.between(1, 3e9))))
    if (dice.chance(0.15))
      sometime(() => {
        seat.crash('power', 5_000)
        seat.damage()
      })
    if (dice.chance(0.3))
      sometime(() => {
        seat.signOut()
        world.after(20_000, () => {
          if (!calm) seat.signIn(own[1])
        })
      })
    times(1, () => sometime(seat.pressRetry))
  }
  for (const [place, seat] of seats.entries()) planSeat(seat, accountsOf[place] ?? accountsOf[0])

  for (let ms = 2 * minute; ms < lengthMs; ms += 2 * minute)
    world.after(ms, () => {
      if (!calm) centre.backUp()
    })
  times(3, () => sometime(() => centre.crash(dice.between(500, 90_000))))
  if (dice.chance(0.5)) times(3, () => sometime(() => centre.restore(dice.between(5_000, 120_000))))
  times(2, () => {
    const how = dice.pick(['busy', 'tooMany', 'failed'] as const)
    during(
      dice.between(1_000, 4 * minute),
      () => (centre.faults.refuses = how),
      () => (centre.faults.refuses = 'no'),
    )
  })
  if (dice.chance(0.2))
    during(
      dice.between(5_000, 5 * minute),
      () => (centre.faults.older = true),
      () => (centre.faults.older = false),
    )
  centre.faults.fragile = dice.chance(0.5)
  times(1, () => sometime(centre.forgetTokens))
  // Some calls the centre will never take, some it breaks down over: the first ids of a seat, now and then.
  const bad = (place: number): string =>
    `0193f0a0-0000-700${place}-8000-${dice.between(1, 12).toString(16).padStart(12, '0')}`
  times(2, () => centre.refused.add(bad(dice.between(0, 1))))
  times(2, () => centre.poisoned.add(bad(dice.between(0, 1))))

  await world.pass(lengthMs)
  calm = true
  for (const seat of seats) {
    // A thin link stays one: what waits must go all the same.
    const { link, bytesPerSecond } = seat.net
    Object.assign(seat.net, { ...calmNet, link, bytesPerSecond })
    Object.assign(seat.disk, { full: false, stalls: 0 })
  }
  centre.faults.refuses = 'no'
  centre.faults.older = false
  // What was begun before ends in its own time: the centre comes up again, seats are back, late requests arrive.
  await world.pass(4 * minute)
  for (const seat of seats) {
    seat.netIsBack(dice.chance(0.5))
  }
  history.add({ what: 'calm' })

  const rest = async (turn: 0 | 1): Promise<void> => {
    const working = seats.flatMap((seat, place) => {
      const account = (accountsOf[place] ?? accountsOf[0])[turn]
      const left = seat.stores().some((store) => store.name.endsWith(account))
      if (turn === 1 && !left) return []
      return [{ seat, account }]
    })
    if (working.length === 0) return
    const changing = working.filter(({ seat, account }) => seat.account() !== account)
    for (const { seat } of changing) seat.signOut()
    await world.pass(20_000)
    for (const { seat, account } of changing) seat.signIn(account)
    // Calls come in as they do: without one that passes nothing would be parked.
    for (let ms = 0; ms < restMs; ms += minute) {
      await world.pass(minute)
      if (ms < restMs - 2 * minute) for (const { seat } of working) seat.finishOne()
    }
    for (const { seat, account } of working) {
      const store = seat.store(account)
      const page = await store.seat.records.page({
        text: '',
        category: null,
        from: null,
        to: null,
        before: null,
        limit: 10_000,
      })
      const known = new Set(page.ok ? page.value.map((call) => call.id as string) : [])
      const missed = [...centre.state().calls]
        .filter(([id, { value }]) => !known.has(id) && value.offeredAt >= world.now() - toldMs)
        .map(([id]) => id)
      history.add({
        what: 'rested',
        store: store.name,
        waiting: wall(store, 'waiting'),
        parked: wall(store, 'parked'),
        missed,
        badge: seat.badge(),
        wrongByMs: seat.wrongByMs(),
      })
    }
  }
  await rest(0)
  await rest(1)
  const { calls, tickets, warnings, notes } = centre.state()
  for (const [id, { value }] of calls) history.add({ what: 'held', kind: 'call', id, rev: value.rev })
  for (const [id, { value }] of tickets)
    history.add({ what: 'held', kind: 'ticket', id, rev: value.dispatch.rev })
  for (const [id, { value }] of warnings)
    history.add({ what: 'held', kind: 'warning', id, rev: value.report.rev })
  for (const id of notes.keys()) history.add({ what: 'held', kind: 'audit', id, rev: 1 })
  return { seed, happened: history.all, hash: history.hash() }
}
