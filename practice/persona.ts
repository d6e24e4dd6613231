// A simulated caller (or called person) as data, and when it says what: a pure step over what happens in the call.
//   ringing ─answered─► listening ⇄ speaking ─► gone        (gone: it hung up, gave up, or the call ended)
// actor.ts gives it a clock, ears and a voice.
import { z } from 'zod'
import { PersonaCard } from '../contract/practice.ts'
import { unreachable } from '../core/unreachable.ts'

/**
 * What a line waits for, counted from the end of the line before (for the first: from the answer):
 * `answer` at once · `silence` the seat has spoken and is quiet again · `speech` the seat is speaking: interrupts ·
 * `dtmf` the seat pressed a key · a number: so many seconds, whatever the seat does.
 */
export const LineStart = z.union([z.enum(['answer', 'silence', 'speech', 'dtmf']), z.number().nonnegative()])

export const ScriptLine = z.object({
  say: z.string(),
  /** Sound of the line, relative to the voices folder. */
  wav: z.string(),
  after: LineStart,
})
export type ScriptLine = z.infer<typeof ScriptLine>

export const Script = z.object({
  lines: z.array(ScriptLine),
  /** Gives up (CANCEL) after ringing this long. */
  impatienceSeconds: z.number().positive().default(60),
  /** Hangs up when held longer than this; null waits for ever. */
  holdSeconds: z.number().positive().nullable().default(null),
  /** `atLastLine` as soon as it is said; `afterLastLine` once the seat has answered it and is quiet. */
  hangUp: z
    .union([
      z.enum(['never', 'atLastLine', 'afterLastLine']),
      z.object({ afterSeconds: z.number().positive() }),
    ])
    .default('afterLastLine'),
})
export type Script = z.infer<typeof Script>

export const Persona = PersonaCard.extend(Script.shape).extend({
  /** Name the caller id shows; empty where only the number is known. */
  callerName: z.string().default(''),
  /** Options of the voice maker, so that scripts/voices.ts can make the sound again. */
  voice: z.object({ variant: z.string(), speed: z.int(), pitch: z.int() }),
})
export type Persona = z.infer<typeof Persona>

/** The seat's first words may be missing (no microphone yet): after this long a polite caller goes on anyway. */
const PATIENCE_MS = 10_000
/** Quiet this long after speaking counts as "your turn". */
const TURN_MS = 1_200
/** Quiet this long after the last exchange counts as the end of the talk. */
const GOODBYE_MS = 3_000
/** An interrupter lets the seat say this much first. */
const INTERRUPT_MS = 900

export type Play = {
  phase: 'ringing' | 'listening' | 'speaking' | 'gone'
  /** Index of the line to say next. */
  next: number
  rangAt: number
  answeredAt: number | null
  /** When the present turn began: the answer, or the end of the line before. */
  turnAt: number
  /** The seat's speech within this turn. */
  seatSince: number | null
  seatQuietAt: number | null
  hasDigit: boolean
  heldAt: number | null
}

export type PlayEvent =
  | { type: 'answered'; at: number }
  | { type: 'lineEnded'; at: number }
  | { type: 'speechStarted'; at: number }
  | { type: 'speechStopped'; at: number }
  | { type: 'digitPressed'; at: number }
  | { type: 'held'; at: number }
  | { type: 'resumed'; at: number }
  | { type: 'ticked'; at: number }
  | { type: 'ended'; at: number }

/** `leave` means CANCEL while ringing and BYE after the answer. */
export type PlayEffect = { do: 'say'; line: number } | { do: 'leave' }

export function startPlay(at: number): Play {
  return {
    phase: 'ringing',
    next: 0,
    rangAt: at,
    answeredAt: null,
    turnAt: at,
    seatSince: null,
    seatQuietAt: null,
    hasDigit: false,
    heldAt: null,
  }
}

export function stepPlay(script: Script, play: Play, event: PlayEvent): [Play, ...PlayEffect[]] {
  if (play.phase === 'gone') return [play]
  const { at } = event
  switch (event.type) {
    case 'ended':
      return [{ ...play, phase: 'gone' }]
    case 'answered':
      return play.phase === 'ringing'
        ? decide(script, beginTurn({ ...play, answeredAt: at }, at), at)
        : [play]
    case 'lineEnded':
      return play.phase === 'speaking' ? [beginTurn(play, at)] : [play]
    case 'speechStarted':
      // Whoever interrupts hears the interrupted one as well; what counts is speech within this turn.
      return decide(script, { ...play, seatSince: at, seatQuietAt: null }, at)
    case 'speechStopped':
      return [{ ...play, seatQuietAt: at }]
    case 'digitPressed':
      return decide(script, { ...play, hasDigit: true }, at)
    case 'held':
      return [{ ...play, heldAt: at }]
    case 'resumed':
      // Time on hold is nobody's turn.
      return [{ ...play, heldAt: null, turnAt: at }]
    case 'ticked':
      return decide(script, play, at)
    default:
      return unreachable(event)
  }
}

function beginTurn(play: Play, at: number): Play {
  const isSeatTalking = play.seatSince !== null && play.seatQuietAt === null
  return {
    ...play,
    phase: 'listening',
    turnAt: at,
    seatSince: isSeatTalking ? at : null,
    seatQuietAt: null,
    hasDigit: false,
  }
}

function decide(script: Script, play: Play, at: number): [Play, ...PlayEffect[]] {
  if (play.phase === 'ringing') {
    return at - play.rangAt >= script.impatienceSeconds * 1000 ? leave(play) : [play]
  }
  if (play.heldAt !== null) {
    const isFedUp = script.holdSeconds !== null && at - play.heldAt >= script.holdSeconds * 1000
    return isFedUp ? leave(play) : [play]
  }
  if (mustHangUp(script, play, at)) return leave(play)
  const line = script.lines[play.next]
  if (play.phase !== 'listening' || !line || !isDue(line, play, at)) return [play]
  return [
    { ...play, phase: 'speaking', next: play.next + 1 },
    { do: 'say', line: play.next },
  ]
}

function isDue(line: ScriptLine, play: Play, at: number): boolean {
  if (typeof line.after === 'number') return at - play.turnAt >= line.after * 1000
  switch (line.after) {
    case 'answer':
      return true
    case 'dtmf':
      return play.hasDigit
    case 'silence':
      return isQuietAgain(play, at, TURN_MS) || isWaitingInVain(play, at, PATIENCE_MS)
    case 'speech':
      return (
        (play.seatSince !== null && at - play.seatSince >= INTERRUPT_MS) ||
        isWaitingInVain(play, at, PATIENCE_MS)
      )
    default:
      return unreachable(line.after)
  }
}

function mustHangUp(script: Script, play: Play, at: number): boolean {
  if (script.hangUp === 'never') return false
  if (script.hangUp === 'atLastLine' || script.hangUp === 'afterLastLine') {
    const isLastSaid = play.next >= script.lines.length && play.phase === 'listening'
    if (script.hangUp === 'atLastLine') return isLastSaid
    return isLastSaid && (isQuietAgain(play, at, GOODBYE_MS) || isWaitingInVain(play, at, PATIENCE_MS * 2))
  }
  return play.answeredAt !== null && at - play.answeredAt >= script.hangUp.afterSeconds * 1000
}

function isQuietAgain(play: Play, at: number, forMs: number): boolean {
  return play.seatSince !== null && play.seatQuietAt !== null && at - play.seatQuietAt >= forMs
}

function isWaitingInVain(play: Play, at: number, forMs: number): boolean {
  return play.seatSince === null && at - play.turnAt >= forMs
}

function leave(play: Play): [Play, PlayEffect] {
  return [{ ...play, phase: 'gone' }, { do: 'leave' }]
}
