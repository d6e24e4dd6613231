// What a press on the headset means, and which lamps it shows. The headset keeps a hook and a mute state of its own:
// a report that only repeats what we told it is no press, and a press that changes nothing is answered with the truth.
// It never ends a call by itself: "end" goes to the guard of the end key. Law: docs/rules/headset.md
import type { CommandName } from '../commands.ts'
import { isConnected, isLive } from '../softphone/call.ts'
import { unreachable } from '../unreachable.ts'
import type { Workstation } from '../workstation.ts'
import { ringingCall, selectedCall } from '../workstation.ts'
import type { Button, ButtonPlace, HeadsetLayout, Lamp } from './layout.ts'
import { isOn, outputOf } from './layout.ts'

/** What the calls are like, as far as a headset shows it. */
export type Shown = {
  /** The line in the bar is connected: it can be muted and held. */
  readonly talks: boolean
  readonly ring: boolean
  readonly offHook: boolean
  readonly mute: boolean
  readonly hold: boolean
}

/** A button as last reported. */
type Seen = {
  readonly on: boolean
  /** Tick of the last press that was a new 1; null: the last change was none. */
  readonly pressedTick: number | null
  /** For kind `either`: what watching it has shown. */
  readonly springs: boolean
}

export type Headset = {
  readonly layout: HeadsetLayout
  readonly shown: Shown
  readonly seen: Readonly<Partial<Record<Button, Seen>>>
  /** Output reports as last sent, so that none is sent twice. */
  readonly sent: ReadonlyMap<number, string>
}

export type HeadsetEvent =
  | {
      readonly type: 'reported'
      readonly reportId: number
      readonly bytes: Uint8Array
      readonly tick: number
    }
  | { readonly type: 'callsChanged'; readonly shown: Shown }

export type HeadsetEffect =
  | { readonly do: 'run'; readonly command: CommandName }
  | { readonly do: 'send'; readonly reportId: number; readonly bytes: Uint8Array }

/** A button that is let go of within this time springs back by itself; a switch is not thrown back so fast. */
export const springMs = 1500

export const nothingShown: Shown = {
  talks: false,
  ring: false,
  offHook: false,
  mute: false,
  hold: false,
}

export const shownOf = (state: Workstation): Shown => {
  const inHand = state.calls.filter((call) => isLive(call) && call.phase.is !== 'ringing')
  const call = selectedCall(state)
  const talks = call !== null && isConnected(call)
  return {
    talks,
    ring: ringingCall(state) !== null,
    offHook: inHand.length > 0,
    mute: talks && call.muted,
    hold: inHand.length > 0 && inHand.every((each) => each.phase.is === 'held'),
  }
}

/** Plugged in: it is told at once how things stand. */
export const newHeadset = (layout: HeadsetLayout, shown: Shown): [Headset, HeadsetEffect[]] =>
  show({ layout, shown: nothingShown, seen: {}, sent: new Map() }, shown)

export const stepHeadset = (headset: Headset, event: HeadsetEvent): [Headset, HeadsetEffect[]] => {
  switch (event.type) {
    case 'callsChanged':
      return show(headset, event.shown)
    case 'reported': {
      let now = headset
      const effects: HeadsetEffect[] = []
      for (const place of headset.layout.buttons) {
        const on = isOn(place, event.reportId, event.bytes)
        if (on === null) continue
        const [next, more] = changed(now, place, on, event.tick)
        now = next
        effects.push(...more)
      }
      return [now, effects]
    }
    default:
      return unreachable(event)
  }
}

const litBy = (shown: Shown): Lamp[] =>
  (['ring', 'offHook', 'mute', 'hold'] as const).filter((lamp) => shown[lamp])

const show = (headset: Headset, shown: Shown): [Headset, HeadsetEffect[]] => {
  const lit = litBy(shown)
  const sent = new Map(headset.sent)
  const effects: (HeadsetEffect & { do: 'send' })[] = []
  for (const reportId of headset.layout.outputs.keys()) {
    const bytes = outputOf(headset.layout, reportId, lit)
    if (sent.get(reportId) === bytes.join()) continue
    sent.set(reportId, bytes.join())
    effects.push({ do: 'send', reportId, bytes })
  }
  // Lamps go out before others go on: a headset that still rings does not open its line.
  const lights = (effect: { readonly bytes: Uint8Array }) => effect.bytes.reduce((sum, byte) => sum + byte, 0)
  effects.sort((one, other) => lights(one) - lights(other))
  return [{ ...headset, shown, sent }, effects]
}

/** The truth once more, to a headset that believes something else. */
const truth = (headset: Headset, lamp: Lamp): HeadsetEffect[] => {
  const lit = litBy(headset.shown)
  const reports = new Set(
    headset.layout.lamps.filter((each) => each.lamp === lamp).map((each) => each.reportId),
  )
  return [...reports].map((reportId) => ({
    do: 'send' as const,
    reportId,
    bytes: outputOf(headset.layout, reportId, lit),
  }))
}

const changed = (
  headset: Headset,
  place: ButtonPlace,
  on: boolean,
  tick: number,
): [Headset, HeadsetEffect[]] => {
  const { button } = place
  const before = headset.seen[button] ?? { on: false, pressedTick: null, springs: false }
  if (before.on === on) return [headset, []]
  const either = place.kind === 'either'
  const quick = either && !on && before.pressedTick !== null && tick - before.pressedTick < springMs
  const springs = either && (quick || (before.springs && on))
  const pulses = place.kind === 'pulse' || springs || button === 'reject' || button === 'hold'
  const isPress = pulses ? on : on !== told(headset.shown, button)
  const seen: Seen = { on, pressedTick: isPress && on ? tick : null, springs }
  const next = { ...headset, seen: { ...headset.seen, [button]: seen } }
  return [next, isPress ? pressed(next, button, on && pulses) : []]
}

/** The position of a switch that says no more than we do. */
const told = (shown: Shown, button: Button): boolean => (button === 'hook' ? shown.offHook : shown.mute)

/** `springs`: the button is back by itself. A switch is where the agent left it, so it is told the truth first. */
const pressed = (headset: Headset, button: Button, springs: boolean): HeadsetEffect[] => {
  const { ring, offHook, talks } = headset.shown
  const run = (command: CommandName): HeadsetEffect[] => [{ do: 'run', command }]
  switch (button) {
    case 'hook': {
      const first = springs ? [] : truth(headset, 'offHook')
      // While it rings the hook answers, also beside a call in hand: it must never end the wrong one.
      if (ring) return [...(offHook ? first : []), ...run('answer')]
      return [...first, ...(offHook ? run('hangUp') : [])]
    }
    case 'mute':
      return talks ? run('mute') : springs ? [] : truth(headset, 'mute')
    case 'reject':
      // Drop on a call in hand asks as the hook does.
      return ring ? run('reject') : offHook ? run('hangUp') : []
    case 'hold':
      return talks && !ring ? run('hold') : []
    default:
      return unreachable(button)
  }
}
