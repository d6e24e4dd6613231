// The id of what somebody does at the centre: a repeated click is one action, so it is made once and kept until the centre
// has answered. Other words are another action: what was put right after a lost answer is never taken for what was sent first.
import { ActionId } from '../contract/ids.ts'

export type ActionIds = {
  /** `doing`: what is done to what, in the same words for the same action. */
  of(doing: unknown): ActionId
  /** The centre has answered: doing it again is another action. */
  answered(doing: unknown): void
}

export const openActionIds = (newId: () => string): ActionIds => {
  const ids = new Map<string, ActionId>()
  return {
    of(doing) {
      const key = JSON.stringify(doing)
      const id = ids.get(key) ?? ActionId.parse(newId())
      ids.set(key, id)
      return id
    },
    answered(doing) {
      ids.delete(JSON.stringify(doing))
    },
  }
}
