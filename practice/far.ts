// The far ends there are: simulated people with a script, and what the directory says about a dialled number.
// Conversations are opened by ring.ts and dialled.ts; this decides only who is there.
import type { IncomingReferRequest } from 'sip.js/lib/core/index.js'
import type { PracticeConfiguration } from '../contract/practice.ts'
import { unreachable } from '../core/unreachable.ts'
import { openActor } from './actor.ts'
import type { Caller, SeatCall } from './call.ts'
import { endConversation, type Conversation, type Far, type Register } from './conversation.ts'
import type { Line } from './line.ts'
import { after, echo, room, type Room } from './party.ts'
import type { Script } from './persona.ts'
import type { Cast, DirectoryEntry } from './voices.ts'

/** What everything in the exchange shares. */
export type Switchboard = Register & {
  configuration: PracticeConfiguration
  cast: Cast
  lines: Map<string, Line>
  rooms: Map<string, Room>
  nextRef(): string
  /** A seat asks to hand its call on: transfer.ts. */
  refer(conversation: Conversation, call: SeatCall, request: IncomingReferRequest): void
}

/** Someone simulated, as the far end of a conversation; `end` is called when they want to leave. */
export function simulated(
  board: Switchboard,
  ref: string,
  caller: Caller,
  script: Script,
  whenLeft: () => void,
  extension: () => string,
): Far {
  const actor = openActor(script, board.cast.soundsOf(script), {
    said: (line, text) =>
      board.emit({ event: 'said', call: ref, extension: extension(), at: Date.now(), line, text }),
    left: whenLeft,
  })
  return {
    caller,
    party: actor.party,
    answered: actor.answered,
    digit: actor.digit,
    hold: actor.hold,
    over: actor.stop,
  }
}

/** A directory entry, or a caller who is being called back. */
export function lookUp(board: Switchboard, number: string): DirectoryEntry | null {
  const persona = board.cast.personas.find((one) => one.number === number)
  if (persona) return { ...persona, kind: 'answers', ringSeconds: 1 }
  return board.cast.directory.find((entry) => new RegExp(`^(?:${entry.number})$`).test(number)) ?? null
}

/** The far end a directory entry stands for. */
export function directoryFar(
  board: Switchboard,
  ref: string,
  caller: Caller,
  entry: DirectoryEntry,
  conversation: () => Conversation,
): Far {
  const silent = { caller, answered() {}, digit() {}, hold() {}, over() {} }
  switch (entry.kind) {
    case 'answers':
      return simulated(
        board,
        ref,
        caller,
        // Whoever is called does not give up ringing; that is the seat's affair.
        { ...entry, impatienceSeconds: 3600 },
        () => endConversation(board, conversation(), 'caller'),
        () => conversation().extension,
      )
    case 'fails':
      return { ...silent, party: { speak: () => null, hear() {} } }
    case 'echo':
      return { ...silent, party: after(board.cast.soundsOf(entry), echo()) }
    case 'conference': {
      const place = board.rooms.get(caller.number) ?? room()
      board.rooms.set(caller.number, place)
      const { party, leave } = place.enter()
      return { ...silent, party, over: leave }
    }
    default:
      return unreachable(entry)
  }
}
