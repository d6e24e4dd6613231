// The one three-way call a seat can have: brings the sound of two calls together and takes it apart again, told in
// events. When one of the two ends the other goes on alone.
import type { CallId } from '../../../contract/ids.ts'
import type { Told } from './call.ts'
import type { CallMedia, Media } from './media.ts'
import { phoneTexts } from './phoneTexts.ts'

type Joined = { readonly callId: CallId; readonly withId: CallId; end: (() => void) | null; isOver: boolean }

export type Joining = {
  join(callId: CallId, withId: CallId): void
  /** Of either of the two. */
  part(callId: CallId): void
}

export function joining(deps: {
  media: Media
  sound(callId: CallId): CallMedia | undefined
  emit(told: Told): void
}): Joining {
  const { media, emit } = deps
  let now: Joined | null = null

  async function bring(mine: Joined, first: CallMedia, second: CallMedia) {
    const { callId, withId } = mine
    try {
      const end = await media.join(first, second)
      mine.end = end
      // Parted while it was being made.
      if (mine.isOver) return end()
      emit({ type: 'joined', callId, withId })
    } catch {
      if (mine.isOver) return
      now = null
      emit({ type: 'joinFailed', callId, withId, text: phoneTexts.joinFailed })
    }
  }

  return {
    join(callId, withId) {
      const [first, second] = [deps.sound(callId), deps.sound(withId)]
      if (!first || !second || now) return
      const mine: Joined = { callId, withId, end: null, isOver: false }
      now = mine
      void bring(mine, first, second)
    },
    part(callId) {
      const ending = now
      if (!ending || (ending.callId !== callId && ending.withId !== callId)) return
      now = null
      ending.isOver = true
      ending.end?.()
      emit({ type: 'parted', callId: ending.callId, withId: ending.withId })
    },
  }
}
