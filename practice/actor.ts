// Gives a script a clock, a voice and ears: one simulated person in one call, whichever seat holds it at the moment.
// When to speak is persona.ts's decision; how the call begins and ends is conversation.ts's.
import { FRAME, rmsOf, type Frame } from './audio.ts'
import { DEAF, stepHearing } from './hearing.ts'
import type { Party } from './party.ts'
import { startPlay, stepPlay, type PlayEvent, type Script } from './persona.ts'

const TICK_MS = 100

export type Actor = {
  party: Party
  answered: () => void
  digit: () => void
  hold: (isHeld: boolean) => void
  stop: () => void
}

export type ActorWatcher = {
  said(line: number, text: string): void
  /** It wants to end the call: CANCEL while ringing, BYE afterwards. */
  left(): void
}

/** `sounds` holds the µ-law of each line, in the script's order. */
export function openActor(script: Script, sounds: readonly Uint8Array[], watcher: ActorWatcher): Actor {
  let play = startPlay(Date.now())
  let hearing = DEAF
  let sound: Uint8Array | null = null
  let position = 0
  const clock = setInterval(() => step({ type: 'ticked', at: Date.now() }), TICK_MS)

  function step(event: PlayEvent) {
    const [next, ...effects] = stepPlay(script, play, event)
    play = next
    for (const effect of effects) {
      if (effect.do === 'say') {
        sound = sounds[effect.line] ?? new Uint8Array(0)
        position = 0
        watcher.said(effect.line, script.lines[effect.line]?.say ?? '')
      } else {
        watcher.left()
      }
    }
    if (play.phase === 'gone') clearInterval(clock)
  }

  function speak(): Frame | null {
    if (!sound) return null
    const frame = sound.subarray(position, position + FRAME)
    position += FRAME
    if (position >= sound.length) {
      sound = null
      step({ type: 'lineEnded', at: Date.now() })
    }
    return frame.length === FRAME ? frame : null
  }

  function hear(frame: Frame) {
    const [next, change] = stepHearing(hearing, rmsOf(frame))
    hearing = next
    if (change) step({ type: change, at: Date.now() })
  }

  return {
    party: { speak, hear },
    answered: () => step({ type: 'answered', at: Date.now() }),
    digit: () => step({ type: 'digitPressed', at: Date.now() }),
    hold: (isHeld) => step({ type: isHeld ? 'held' : 'resumed', at: Date.now() }),
    stop: () => step({ type: 'ended', at: Date.now() }),
  }
}
