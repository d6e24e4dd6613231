// [SERVER-45] What every seat asks for at once when the centre comes back takes turns. What is recorded goes before what is
// looked at: nobody pulls while pushes wait.
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { ApiName } from '../contract/api.ts'
import { openGate, type Gate, type Leave } from './gate.ts'

/** Nobody is told to come back sooner. */
const leastAwayMs = 5_000
/** So many bodies of pushes are read or lie ready; a slow sender then keeps no other from being stored. */
const bodies = 16

export interface Turns {
  /** Before the body is read: who waits holds nothing but a socket. A number: not now, come back after so many ms. */
  come(name: ApiName, request: FastifyRequest, reply: FastifyReply): Promise<number | null>
  /** Before the work is begun. */
  begin(name: ApiName, request: FastifyRequest): Promise<number | null>
  /** The work is done; what remains is to be sent. */
  end(request: FastifyRequest): void
  /** How long it has waited in all. */
  waitedMs(request: FastifyRequest): number
}

export const openTurns = (): Turns => {
  const pushes = openGate(bodies, 20_000)
  const doors = new Map<ApiName, Gate>([
    // Passwords are slow to check, on purpose.
    ['session.open', openGate(4, 6_000)],
    ['sync.push', pushes],
    ['sync.pull', openGate(2, 6_000, pushes)],
  ])
  const desks = new Map<ApiName, Gate>([['sync.push', openGate(4, 20_000)]])
  const turns = new WeakMap<FastifyRequest, { waitedMs: number; leaves: Leave[] }>()

  const enter = async (gate: Gate | undefined, request: FastifyRequest): Promise<number | null> => {
    if (gate === undefined) return null
    const turn = turns.get(request) ?? { waitedMs: 0, leaves: [] }
    turns.set(request, turn)
    const cameAt = performance.now()
    const given = await gate.enter()
    turn.waitedMs += performance.now() - cameAt
    if (typeof given === 'number') return Math.round(Math.max(leastAwayMs, given) * (1 + Math.random()))
    turn.leaves.push(given)
    return null
  }
  const end = (request: FastifyRequest): void => {
    for (const leave of turns.get(request)?.leaves ?? []) leave()
  }
  return {
    come: (name, request, reply) => {
      const gate = doors.get(name)
      // Who asked may go away at any time, also while its body is being read.
      if (gate !== undefined) reply.raw.once('close', () => end(request))
      return enter(gate, request)
    },
    begin: (name, request) => enter(desks.get(name), request),
    end,
    waitedMs: (request) => Math.round(turns.get(request)?.waitedMs ?? 0),
  }
}
