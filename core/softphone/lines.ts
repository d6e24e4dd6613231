// What the lines of a seat do together: one talks while the others wait, a consultation belongs to the call it is made
// for, and two lines may be joined to a three-way call. What a single line does is call.ts's.
import type { CallId } from '../../contract/ids.ts'
import type { Effect } from '../effects.ts'
import type { Call, CallEvent } from './call.ts'
import { isConnected, isLive, stepCall } from './call.ts'
import { willBe } from './holding.ts'
import type { PhoneEvent, Stamp } from './phoneEvent.ts'

export type Lines = {
  /** Live calls, and ended ones whose form is not filed yet; oldest first. */
  readonly calls: readonly Call[]
  /** The line the call bar shows. */
  readonly selected: CallId | null
  /** The two lines of a three-way call. */
  readonly joined: readonly [CallId, CallId] | null
  readonly ringMs: number
}

export type Moved<S extends Lines> = readonly [S, Effect[]]

export const callOf = (lines: Lines, id: CallId | null): Call | null =>
  lines.calls.find((call) => call.id === id) ?? null

export const isJoined = (lines: Lines, id: CallId): boolean => lines.joined?.includes(id) ?? false

const clock = ({ at, tick }: Stamp): Stamp => ({ at, tick })

/** Moves one of the lines and leaves the others alone. */
const moveOne = <S extends Lines>(lines: S, id: CallId, event: CallEvent): Moved<S> => {
  const call = callOf(lines, id)
  if (!call) return [lines, []]
  const [next, effects] = stepCall(call, event, lines.ringMs)
  return [{ ...lines, calls: lines.calls.map((each) => (each === call ? next : each)) }, effects]
}

const inTurn = <S extends Lines>(start: S, moves: readonly ((lines: S) => Moved<S>)[]): Moved<S> => {
  let lines = start
  const all: Effect[] = []
  for (const move of moves) {
    const [next, effects] = move(lines)
    lines = next
    all.push(...effects)
  }
  return [lines, all]
}

/** [CALL-7] One conversation at a time: whoever else talks waits. */
export const holdOthers = <S extends Lines>(lines: S, but: CallId | null, stamp: Stamp): Moved<S> =>
  inTurn(
    lines,
    lines.calls
      .filter((call) => call.id !== but && willBe(call) === 'talking')
      .map((call) => (now: S) => moveOne(now, call.id, { type: 'holdPressed', ...clock(stamp) })),
  )

/** [CALL-7] Somebody answers us while another line is in hand: the one the bar does not show waits. */
export const oneTalks = <S extends Lines>(lines: S, id: CallId, stamp: Stamp): Moved<S> => {
  if (lines.selected === id) return holdOthers(lines, id, stamp)
  const isAlone = lines.calls.every((call) => call.id === id || willBe(call) !== 'talking')
  return isAlone ? [lines, []] : moveOne(lines, id, { type: 'holdPressed', ...clock(stamp) })
}

/**
 * [CALL-7] The line the bar does not show could not be held while we talk on the other: both hear us, so it is asked for
 * once more. `before`: the line as it was when it failed.
 */
export const holdAgain = <S extends Lines>(lines: S, before: Call, stamp: Stamp): Moved<S> => {
  const shown = callOf(lines, lines.selected)
  if (!shown || shown.id === before.id || willBe(shown) !== 'talking') return [lines, []]
  if (before.turning?.wishes !== 1 || before.turning.again || isJoined(lines, before.id)) return [lines, []]
  return moveOne(lines, before.id, { type: 'holdPressed', again: true, ...clock(stamp) })
}

/** Calls among ourselves and consultations have no form of their own. */
export const writesForm = (call: Call): boolean => call.direction !== 'internal' && call.madeFor === null

/** [WRAP-16] The form in front while this line is in hand: a consultation's is the one of the call it is made for, a call among ourselves leaves the one that is there. */
export const formWith = (lines: Lines & { openForm: CallId | null }, id: CallId): CallId | null => {
  const call = callOf(lines, id)
  if (!call || writesForm(call)) return id
  return call.madeFor === null ? lines.openForm : formWith(lines, call.madeFor)
}

/** Takes a line up; its form comes to the front. */
export const takeUp = <S extends Lines & { openForm: CallId | null }>(
  lines: S,
  call: Call,
  stamp: Stamp,
): Moved<S> => {
  if (!isConnected(call)) return moveOne(lines, call.id, { type: 'resumePressed', ...clock(stamp) })
  const openForm = formWith(lines, call.id)
  return inTurn<S>({ ...lines, selected: call.id, openForm }, [
    (now) => holdOthers(now, call.id, stamp),
    (now) => moveOne(now, call.id, { type: 'resumePressed', ...clock(stamp) }),
  ])
}

/** Choosing a line that waits takes it up; of a three-way call it only says which one the bar shows. */
export const chooseLine = <S extends Lines & { openForm: CallId | null }>(
  lines: S,
  id: CallId,
  stamp: Stamp,
): Moved<S> => {
  const call = callOf(lines, id)
  if (call && isConnected(call) && id !== lines.selected && !isJoined(lines, id))
    return takeUp(lines, call, stamp)
  return [{ ...lines, selected: id, openForm: formWith(lines, id) }, []]
}

/** The two lines that can be put through to each other: whose matter it is, and who was asked about it. */
export type Pair = { readonly caller: Call; readonly other: Call }

export const pairOf = (lines: Lines): Pair | null => {
  const [first, second, ...more] = lines.calls.filter(isLive)
  if (!first || !second || more.length > 0 || !isConnected(first) || !isConnected(second)) return null
  if (second.madeFor === first.id) return { caller: first, other: second }
  if (first.madeFor === second.id) return { caller: second, other: first }
  // Not asked for it, but put through all the same: the one who rang us is whose matter it is.
  const isSecond = second.direction === 'inbound' && first.direction !== 'inbound'
  return isSecond ? { caller: second, other: first } : { caller: first, other: second }
}

/** A colleague, a department or a service. Whom we rang under any other number may be a worker, rung back. */
const isNoWorker = ({ direction, listed }: Call): boolean =>
  direction === 'internal' || (direction === 'outbound' && listed)

/** [CALL-22] Who may be put through to each other: never one worker to another, who are two matters and strangers. */
export const handOverPair = (lines: Lines): Pair | null => {
  const pair = pairOf(lines)
  if (!pair) return null
  const { caller, other } = pair
  return other.madeFor === caller.id || isNoWorker(other) || isNoWorker(caller) ? pair : null
}

/** [CALL-22] To whom this line, or the one that waits beside it, is being put through; null: to nobody. */
export const passingOf = (lines: Lines, call: Call): Call['passing'] =>
  call.passing ?? pairOf(lines)?.caller.passing ?? null

/** The line a swap takes up: the one that waits; when both wait, or neither does, the one the bar does not show. */
export const swapTarget = (lines: Lines): Call | null => {
  const pair = pairOf(lines)
  if (!pair || lines.joined) return null
  const both = [pair.caller, pair.other]
  const waiting = both.filter((call) => willBe(call) === 'held')
  const isAside = (call: Call): boolean => call.id !== lines.selected
  return waiting.find(isAside) ?? waiting[0] ?? both.find(isAside) ?? null
}

/** The live consultation for this call, or the one this call is. */
export const consultFor = (lines: Lines, call: Call): Call | null =>
  call.madeFor === null
    ? (lines.calls.find((each) => each.madeFor === call.id && isLive(each)) ?? null)
    : isLive(call)
      ? call
      : null

/** [CALL-24] All three hear each other; the bar shows the one whose matter it is, so that its guard stands. */
export const joinLines = <S extends Lines>(lines: S, stamp: Stamp): Moved<S> => {
  const pair = pairOf(lines)
  if (!pair || lines.joined || pair.caller.passing) return [lines, []]
  const { caller, other } = pair
  const shown = lines.selected === other.id ? other : caller
  const ids = [caller.id, other.id] as const
  const calls = lines.calls.map((call) => (isConnected(call) ? { ...call, threeWay: true } : call))
  return inTurn<S>({ ...lines, calls, joined: ids, selected: caller.id }, [
    (now) => [now, [{ do: 'joinCalls', callId: caller.id, withId: other.id }]],
    ...ids.flatMap((id) => [
      (now: S) => moveOne(now, id, { type: 'resumePressed', ...clock(stamp) }),
      (now: S) => alike(now, id, shown.muted, stamp),
    ]),
  ])
}

const alike = <S extends Lines>(lines: S, id: CallId, muted: boolean, stamp: Stamp): Moved<S> =>
  callOf(lines, id)?.muted === muted
    ? [lines, []]
    : moveOne(lines, id, { type: 'mutePressed', muted, ...clock(stamp) })

/** [CALL-25] We talk on with the line in the bar; the other one waits. */
export const partLines = <S extends Lines>(lines: S, stamp: Stamp): Moved<S> => {
  const { joined } = lines
  if (!joined) return [lines, []]
  const [callId, withId] = joined
  return inTurn<S>({ ...lines, joined: null }, [
    (now) => holdOthers(now, now.selected === withId ? withId : callId, stamp),
    (now) => [now, [{ do: 'partCalls', callId, withId }]],
  ])
}

/** What the telephone tells of a three-way call. */
export const joinTold = <S extends Lines>(
  lines: S,
  event: Extract<PhoneEvent, { type: 'joined' | 'parted' | 'joinFailed' }>,
): Moved<S> => {
  if (event.type === 'joined' || !isJoined(lines, event.callId)) return [lines, []]
  const [apart, effects] = holdOthers({ ...lines, joined: null }, lines.selected, event)
  if (event.type === 'parted') return [apart, effects]
  return [apart, [...effects, { do: 'tell', text: 'joinFailed', detail: event.text }]]
}

/** What is done to one line of a three-way call is done to both: hold, resume, mute. */
export const onBoth = <S extends Lines>(
  lines: S,
  event: Extract<CallEvent, { type: 'holdPressed' | 'resumePressed' | 'mutePressed' }>,
): Moved<S> =>
  inTurn(
    lines,
    (lines.joined ?? []).map((id) => (now: S) => moveOne(now, id, event)),
  )

/** The PBX takes the leg of an attended transfer away itself; that is our doing, not the colleague's. */
export const endAsMeant = (lines: Lines, event: CallEvent & { readonly callId: CallId }): CallEvent =>
  event.type === 'ended' &&
  event.by === 'them' &&
  lines.calls.some((call) => call.passing?.to === event.callId)
    ? { ...event, by: 'us' }
    : event

/**
 * [CALL-21] A consultation that is over, or a transfer that failed, brings the caller back who waited for it. Not while
 * a transfer is under way (its leg ends first), nor when another line is in hand.
 */
export const bringBack = <S extends Lines & { openForm: CallId | null }>(
  lines: S,
  id: CallId | null,
  stamp: Stamp,
  before: Effect[],
): Moved<S> => {
  const caller = callOf(lines, id)
  if (!caller || willBe(caller) !== 'held' || caller.passing || lines.joined) return [lines, before]
  const [back, effects] = takeUp(lines, caller, stamp)
  return [back, [...before, ...effects]]
}

/** Why the consultation is over, when it was not the agent who ended it; said only while the caller waits for it. */
export const consultTold = (lines: Lines, call: Call): Effect[] => {
  const caller = callOf(lines, call.madeFor)
  if (!caller || caller.passing || !isConnected(caller)) return []
  if (call.phase.is !== 'ended' || call.phase.by === 'agent') return []
  return call.phase.outcome === 'answered'
    ? [{ do: 'tell', text: 'consultOver', detail: '' }]
    : [{ do: 'tell', text: 'consultFailed', detail: call.phase.cause?.text ?? '' }]
}

/** Ended calls leave the desk once no form waits for them. */
export const leaveDesk = <S extends Lines & { openForm: CallId | null }>(
  lines: S,
  waits: readonly CallId[],
): S => {
  const calls = lines.calls.filter((call) => isLive(call) || waits.includes(call.id))
  // [CALL-11] A line still in hand comes before one that has ended; the form in front stays.
  const now = calls.find((call) => call.id === lines.selected)
  const inHand = calls.find((call) => isLive(call) && call.phase.is !== 'ringing')
  const stays = now && (isLive(now) || !inHand)
  const selected = (stays ? now : (inHand ?? calls.find(isLive) ?? calls[0]))?.id ?? null
  const shows =
    lines.openForm === null ||
    lines.calls.every((c) => c.id !== lines.openForm) ||
    calls.some((c) => c.id === lines.openForm)
  const left = { ...lines, calls, selected, openForm: shows ? lines.openForm : null }
  return shows || selected === null ? left : { ...left, openForm: formWith(left, selected) }
}
