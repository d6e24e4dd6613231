// A line put on hold and taken up again: what was wished, and what the telephone made of each wish.
import type { Effect } from '../effects.ts'
import { unreachable } from '../unreachable.ts'
import type { Call, CallEvent } from './call.ts'
import { passTime } from './callEnd.ts'

/** What a connected line is, or is about to be; null: not connected. */
export const willBe = (call: Call): 'talking' | 'held' | null =>
  call.phase.is === 'talking' || call.phase.is === 'held' ? (call.turning?.to ?? call.phase.is) : null

const turn = (call: Call, to: 'held' | 'talking', again = false): Call => ({
  ...call,
  turning: { to, wishes: (call.turning?.wishes ?? 0) + 1, again },
})
/** One wish is answered, well or not. */
const turned = ({ turning }: Call): Call['turning'] =>
  turning && turning.wishes > 1 ? { ...turning, wishes: turning.wishes - 1 } : null

type Turning = Extract<
  CallEvent,
  { type: 'holdPressed' | 'resumePressed' | 'heldByUs' | 'resumedByUs' | 'holdFailed' }
>

/** null: nothing of the kind can be told of this call now. */
export const turnLine = (call: Call, event: Turning): [Call, Effect[]] | null => {
  const { phase, id: callId } = call
  switch (event.type) {
    case 'holdPressed':
      if (willBe(call) !== 'talking') return [call, []]
      return [turn(call, 'held', event.again), [{ do: 'holdCall', callId }]]
    case 'resumePressed':
      if (willBe(call) !== 'held') return [call, []]
      return [turn(call, 'talking'), [{ do: 'resumeCall', callId }]]
    case 'heldByUs': {
      // Asked for twice, of which one was refused in between: it is what it was meant to be.
      if (phase.is === 'held') return [{ ...call, turning: turned(call) }, []]
      if (phase.is !== 'talking') return null
      const held = { is: 'held' as const, ...passTime(phase, 'talking', event.tick) }
      return [{ ...call, turning: turned(call), phase: held }, []]
    }
    case 'resumedByUs': {
      if (phase.is === 'talking') return [{ ...call, turning: turned(call) }, []]
      if (phase.is !== 'held') return null
      const talking = { is: 'talking' as const, ...passTime(phase, 'held', event.tick) }
      return [{ ...call, turning: turned(call), phase: talking }, []]
    }
    case 'holdFailed': {
      const text = event.wanted === 'held' ? 'holdFailed' : 'resumeFailed'
      return [{ ...call, turning: turned(call) }, [{ do: 'tell', text, detail: '' }]]
    }
    default:
      return unreachable(event)
  }
}
