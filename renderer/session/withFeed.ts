// What the live line sets going: a nudge makes those look whom it concerns, and when the line itself comes or goes nobody
// waits for the next turn. Nothing that must not be lost depends on it.
import type { Feed, Nudge } from '../adapters/feed.ts'
import type { Knowledge } from '../adapters/knowledge.ts'
import type { SyncLoop } from '../adapters/syncLoop.ts'
import type { WarningWatch } from '../adapters/warningWatch.ts'

type Parts = {
  readonly sync: Pick<SyncLoop, 'pullNow' | 'hurry'>
  readonly knowledge: Pick<Knowledge, 'pullNow'>
  /** null: this person watches over no warnings. */
  readonly watch: Pick<WarningWatch, 'look'> | null
}

export const nudged =
  ({ sync, knowledge, watch }: Parts) =>
  (what: Nudge): void => {
    if (what === 'warnings') watch?.look()
    sync.pullNow()
    if (what === 'reference') void knowledge.pullNow()
  }

/** The live line notices first that the centre went away or came back. */
export const hurryWithFeed = (feed: Pick<Feed, 'state' | 'subscribe'>, { sync, watch }: Parts): void => {
  let before = feed.state().is
  feed.subscribe(() => {
    const now = feed.state().is
    if (now === before) return
    before = now
    if (now === 'up') sync.hurry()
    if (now === 'down') sync.pullNow()
    watch?.look()
  })
}
