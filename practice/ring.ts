// Rings seats: with a simulated caller, or with whoever is at the far end of a conversation already.
import { identityOf, ringSeat, type Caller, type SeatCall } from './call.ts'
import { endConversation, openConversation, seat, type Conversation } from './conversation.ts'
import { simulated, type Switchboard } from './far.ts'
import type { ReachableLine } from './line.ts'
import type { Persona } from './persona.ts'

/** Rings the seat with this caller; returns the call's reference. The line must be reachable. */
export function ringPersona(
  board: Switchboard,
  line: ReachableLine,
  persona: Persona,
  waitedSeconds: number,
): string {
  const ref = board.nextRef()
  const caller = callerOf(board, persona, ref, waitedSeconds)
  const far = simulated(
    board,
    ref,
    caller,
    persona,
    () => endConversation(board, conversation, 'caller'),
    () => conversation.extension,
  )
  const conversation = openConversation(board, ref, line.extension, far)
  conversation.recording = 'on'
  conversation.call = ringOn(board, conversation, line, {
    ringing: () =>
      board.emit({
        event: 'ringing',
        call: ref,
        extension: line.extension,
        at: Date.now(),
        direction: 'in',
        number: persona.number,
        persona: persona.code,
      }),
  })
  return ref
}

function callerOf(board: Switchboard, persona: Persona, ref: string, waitedSeconds: number): Caller {
  const name = persona.callerName
  const number = persona.number
  return {
    name,
    number,
    headers: [
      `P-Asserted-Identity: ${identityOf({ name, number }, board.configuration.realm)}`,
      `X-Call-Ref: ${ref}`,
      `X-Queue: ${board.configuration.queue}`,
      `X-Queue-Waited: ${waitedSeconds}`,
      `X-Place: ${persona.place}`,
    ],
  }
}

/** Offers a conversation's far end to a seat. */
export function ringOn(
  board: Switchboard,
  conversation: Conversation,
  line: ReachableLine,
  hooks: { ringing?(): void; answered?(): void; ended?(end: { status: number | null }): void } = {},
): SeatCall {
  const { caller } = conversation.far
  const legId = `X-Leg-Id: ${conversation.ref}-${line.extension}`
  const recording = conversation.recording === null ? [] : [`X-Recording: ${conversation.recording}`]
  return seat(
    board,
    conversation,
    line.extension,
    (watcher) =>
      ringSeat(
        { line, noMediaMs: board.configuration.noMediaMs, watcher },
        { ...caller, headers: [...caller.headers, legId, ...recording] },
      ),
    { ...hooks, refer: (call, request) => board.refer(conversation, call, request) },
  )
}
