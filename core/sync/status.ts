// One honest sentence about sync, the same for badge, page, tray and the lead's wall.
import type { Problem } from '../../contract/answer.ts'
import type { CountedSoFar } from './counted.ts'
import type { Puller } from './pull.ts'
import type { Uploader } from './uploaderState.ts'

export type SyncStatus = {
  /**
   * What the badge says, the worst first: refused, the centre will not take something until a person looks;
   * signedOut, it wants the password; offline, it cannot be reached; failing, it is there but takes nothing, or the
   * disk fails; waiting, on its way; synced, everything made here is at the centre and the centre answers;
   * starting, not known yet, or not for certain: this computer lacks something in one of its two places.
   */
  readonly badge: 'refused' | 'signedOut' | 'offline' | 'failing' | 'waiting' | 'synced' | 'starting'
  /** Unsent items, the refused ones not counted. */
  readonly waiting: number
  /** Refused items, kept until a person decides. */
  readonly refused: number
  readonly sending: boolean
  /** When the oldest unsent change was made; null: nothing waits. */
  readonly oldestPutAt: number | null
  /** Since when the centre takes or tells nothing; null: it does. */
  readonly troubleSince: number | null
  /** What is in the way, in words. */
  readonly problem: Problem | null
  /** Next attempt by itself; null: under way or not needed. */
  readonly nextTryAt: number | null
  readonly lastStoredAt: number | null
  readonly lastPulledAt: number | null
  /** This computer's clock minus the centre's, as last measured. */
  readonly skewMs: number
}

/** 同步滞后: now − oldest unsent change, ms; 0 when nothing waits or the clock was moved back. */
export const lagMs = (status: SyncStatus, now: number): number =>
  status.oldestPutAt === null ? 0 : Math.max(0, now - status.oldestPutAt)

const awayCodes: readonly Problem['code'][] = ['unreachable', 'not_ours']
const accessCodes: readonly Problem['code'][] = ['not_signed_in', 'forbidden', 'locked', 'wrong_password']

/** The longer-lasting trouble of the two is the one to tell. */
const troubleOf = (uploader: Uploader, puller: Puller): Uploader['trouble'] => {
  if (!uploader.trouble || !puller.trouble) return uploader.trouble ?? puller.trouble
  return uploader.trouble.since <= puller.trouble.since ? uploader.trouble : puller.trouble
}

const badgeOf = (counts: CountedSoFar | null, uploader: Uploader, puller: Puller): SyncStatus['badge'] => {
  const codes = [uploader.trouble, puller.trouble].flatMap((trouble) => trouble?.problem.code ?? [])
  if (counts && counts.parked > 0) return 'refused'
  if (codes.some((code) => accessCodes.includes(code))) return 'signedOut'
  if (codes.some((code) => awayCodes.includes(code))) return 'offline'
  if (codes.length > 0) return 'failing'
  if (!counts || puller.lastPulledAt === null || uploader.phase.at === 'off') return 'starting'
  if (counts.waiting > 0 || counts.outdated) return 'waiting'
  return counts.unsure ? 'starting' : 'synced'
}

/** `counts` null: the outbox has not been counted yet. */
export const syncStatus = (
  counts: CountedSoFar | null,
  uploader: Uploader,
  puller: Puller,
  skewMs: number,
): SyncStatus => {
  const trouble = troubleOf(uploader, puller)
  const { phase } = uploader
  return {
    badge: badgeOf(counts, uploader, puller),
    waiting: counts?.waiting ?? 0,
    refused: counts?.parked ?? 0,
    sending: phase.at === 'sending',
    oldestPutAt: counts?.oldestPutAt ?? null,
    troubleSince: trouble?.since ?? null,
    problem: trouble?.problem ?? null,
    nextTryAt: phase.at === 'waiting' ? phase.until : null,
    lastStoredAt: uploader.lastStoredAt,
    lastPulledAt: puller.lastPulledAt,
    skewMs,
  }
}
