// [SYNC-14] The outbox as it is told: with what waits in the second journal alone, because the store could not take it.
// Nothing of it is sent from there; it is sent when the store has it.
import { done } from '../../contract/answer.ts'
import type { Outbox } from '../../core/ports.ts'
import type { SeatStore } from './database.ts'

const goesToCentre = /^(call|ticket|warning|audit):/

/** Ids; null: the journal cannot be read now. */
const idsAlone = async (store: SeatStore): Promise<readonly string[] | null> => {
  const held = await store.places.alone()
  if (!held.ok) return null
  const pieces = held.value.filter(({ key }) => goesToCentre.test(key))
  if (pieces.length === 0) return []
  const keys = pieces.map(({ key }) => key)
  const stored = await store.read(({ outbox }) => outbox.where('key').anyOf(keys).toArray())
  if (!stored.ok) return null
  const revs = new Map(stored.value.map(({ key, rev }) => [key, rev]))
  return pieces.flatMap(({ key, rev }) =>
    (revs.get(key) ?? 0) < (rev ?? 0) ? [key.slice(key.indexOf(':') + 1)] : [],
  )
}

export const withAlone = (store: SeatStore, outbox: Outbox): Outbox => ({
  ...outbox,
  async counts() {
    const answer = await outbox.counts()
    if (!answer.ok || !store.places.lack().store) return answer
    const alone = (await idsAlone(store))?.length ?? 0
    return done({ ...answer.value, waiting: answer.value.waiting + alone, unsure: true })
  },
  async unsent(ids) {
    const answer = await outbox.unsent(ids)
    if (!answer.ok || !store.places.lack().store) return answer
    const alone = (await idsAlone(store)) ?? []
    const wanted = alone.filter((id) => ids.includes(id)).map((id) => [id, 'waiting'] as const)
    return done(new Map([...answer.value, ...wanted]))
  },
  listen(listener) {
    const leaves = [outbox.listen(listener), store.places.onLack(() => listener('more'))]
    return () => {
      for (const leave of leaves) leave()
    }
  },
})
