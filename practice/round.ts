// A mixed round: several different callers one after the other, and the line cut once in the middle of a call.
// One round per seat; it waits for the seat to be free and reachable and never rings over a call of its own.
import type { PracticeCommand, PracticeEvent } from '../contract/practice.ts'
import type { Switchboard } from './far.ts'
import { isReachable } from './line.ts'
import { ringPersona } from './ring.ts'

const RETRY_MS = 1_000

type Round = {
  order: PracticeCommand & { do: 'ringMixed' }
  left: number
  cast: string[]
  call: string | null
  timer: NodeJS.Timeout | null
}

export type Rounds = {
  /** False when one runs for this seat already. */
  start(order: PracticeCommand & { do: 'ringMixed' }): boolean
  stop(extension: string): void
  stopAll(): void
  /** Learns from the exchange's own events when a call was answered or is over. */
  notice(event: PracticeEvent): void
}

export function openRounds(board: Switchboard, cut: (extension: string) => void): Rounds {
  const rounds = new Map<string, Round>()

  function later(round: Round, ms: number, work: () => void) {
    if (round.timer) clearTimeout(round.timer)
    round.timer = setTimeout(work, ms)
    round.timer.unref()
  }

  function report({ order, left }: Round) {
    board.emit({ event: 'mixed', extension: order.extension, left, at: Date.now() })
  }

  function ringNext(round: Round) {
    const line = board.lines.get(round.order.extension)
    const isBusy = [...board.all].some(({ extension }) => extension === round.order.extension)
    if (!line || !isReachable(line) || isBusy) {
      later(round, RETRY_MS, () => ringNext(round))
      return
    }
    if (round.cast.length === 0) round.cast = shuffled(board.cast.personas.map(({ code }) => code))
    const code = round.cast.pop()
    const persona = board.cast.personas.find((one) => one.code === code)
    if (!persona) return
    round.left -= 1
    round.call = ringPersona(board, line, persona, Math.floor(Math.random() * 40))
    report(round)
  }

  function stop(extension: string) {
    const round = rounds.get(extension)
    if (!round) return
    if (round.timer) clearTimeout(round.timer)
    rounds.delete(extension)
    report({ ...round, left: 0 })
  }

  return {
    start(order) {
      if (rounds.has(order.extension)) return false
      const round: Round = {
        order,
        left: order.count,
        cast: [],
        call: null,
        timer: null,
      }
      rounds.set(order.extension, round)
      later(round, 0, () => ringNext(round))
      return true
    },
    stop,
    stopAll: () => [...rounds.keys()].forEach(stop),
    notice(event) {
      if (event.event !== 'answered' && event.event !== 'ended') return
      const round = rounds.get(event.extension)
      if (!round || round.call !== event.call) return
      if (event.event === 'answered') {
        const { count, cutAfterSeconds } = round.order
        if (cutAfterSeconds === null || round.left !== Math.floor(count / 2)) return
        later(round, cutAfterSeconds * 1000, () => cut(event.extension))
      } else if (round.left === 0) {
        stop(event.extension)
      } else {
        later(round, round.order.gapSeconds * 1000, () => ringNext(round))
      }
    },
  }
}

function shuffled<T>(items: readonly T[]): T[] {
  return items
    .map((item) => ({ item, rank: Math.random() }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ item }) => item)
}
