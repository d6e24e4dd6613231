// [WARN-7] A warning that the second journal alone has does not wait for the store: it goes to the centre from there, and once
// more when the store has it, which the centre knows (SYNC-3). Everything else waits for the store.
import type { Uplink } from '../../core/centrePorts.ts'
import type { Clock } from '../../core/ports.ts'
import type { Sealer } from '../../core/seal/sealer.ts'
import type { SeatStore } from './database.ts'
import { openItem } from './sealedRows.ts'

const againMs = 5_000
const table = 'warning:'

/** The answer ends it. */
export const keepSendingAlone = (
  { places, onOutbox }: Pick<SeatStore, 'places' | 'onOutbox'>,
  sealer: Sealer,
  uplink: Pick<Uplink, 'push'>,
  clock: Pick<Clock, 'after'>,
): (() => void) => {
  /** What the centre has given its word on, by key and revision. */
  const answered = new Set<string>()
  let busy = false
  /** One was raised while others were under way. */
  let asked = false
  let isOver = false
  let cancel = (): void => undefined

  /** False: something has not gone. */
  const sent = async (): Promise<boolean> => {
    const held = await places.alone()
    if (!held.ok) return false
    let all = true
    for (const { key, rev, sealed } of held.value) {
      const name = `${key} ${rev}`
      if (isOver || !key.startsWith(table) || answered.has(name)) continue
      const text = await openItem(sealer, { kind: 'warning', id: key.slice(table.length), sealed })
      const answer = text && (await uplink.push([text]))
      const verdict = answer?.ok ? answer.value.verdicts[0]?.verdict : undefined
      if (verdict === 'stored' || verdict === 'duplicate' || verdict === 'refused') answered.add(name)
      else if (text) all = false
    }
    return all
  }
  const look = async (): Promise<void> => {
    asked = busy
    if (isOver || busy || !places.lack().store) return
    cancel()
    busy = true
    const all = await sent()
    busy = false
    if (asked) return look()
    if (!all) cancel = clock.after(againMs, () => void look())
  }
  const leaves = [places.onLack(() => void look()), onOutbox((news) => void (news === 'urgent' && look()))]
  void look()
  return () => {
    isOver = true
    cancel()
    for (const leave of leaves) leave()
  }
}
