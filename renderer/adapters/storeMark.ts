// [JRNL-13] A browser without files of ours has one place only; that it was emptied is known by a mark elsewhere in the browser, which stands
// there since the store has one of its own.
import type { Answer } from '../../contract/answer.ts'
import { done } from '../../contract/answer.ts'
import type { SeatStore } from './database.ts'

const mark = 'mark'

/** Was the store emptied since it was last used here? Marks it anew. */
export const wasEmptied = async (
  store: SeatStore,
  elsewhere: Pick<Storage, 'getItem' | 'setItem'>,
): Promise<Answer<boolean>> => {
  const key = `${store.name}-${mark}`
  const own = await store.read(({ kept }) => kept.get(mark))
  if (!own.ok) return own
  if (!own.value) {
    const marked = await store.write(({ kept }) => kept.put({ name: mark, value: true }))
    if (!marked.ok) return marked
  }
  try {
    const isKnown = elsewhere.getItem(key) !== null
    elsewhere.setItem(key, '1')
    return done(isKnown && !own.value)
  } catch {
    // A browser that keeps nothing else knows nothing of it.
    return done(false)
  }
}
