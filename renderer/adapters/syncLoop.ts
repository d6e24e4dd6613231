// Runs the uploader and the puller of core/sync: carries their effects out, feeds their events back, and shows one
// status. Only the window that holds the lock sends; the others show what it says. Decides nothing itself.
import type { Answer } from '../../contract/answer.ts'
import type { PullAnswer } from '../../contract/sync.ts'
import type { Mirror, Uplink } from '../../core/centrePorts.ts'
import type { Outbox, OutboxRow } from '../../core/ports.ts'
import { longestWaitMs } from '../../core/sync/backoff.ts'
import type { PullEffect, PullEvent } from '../../core/sync/pull.ts'
import { newPuller, stepPuller } from '../../core/sync/pull.ts'
import type { Moment } from '../../core/sync/settle.ts'
import type { CountedSoFar } from '../../core/sync/counted.ts'
import { sameCounts, without } from '../../core/sync/counted.ts'
import type { SyncStatus } from '../../core/sync/status.ts'
import { syncStatus } from '../../core/sync/status.ts'
import { stepUploader } from '../../core/sync/uploader.ts'
import type { UploadEffect, UploadEvent } from '../../core/sync/uploaderState.ts'
import type { Uploader } from '../../core/sync/uploaderState.ts'
import { newUploader } from '../../core/sync/uploaderState.ts'
import type { CentreClock } from './centreClock.ts'
import { keepAcknowledged } from './acknowledged.ts'
import { keepTally } from './tally.ts'

export type SyncLoop = {
  /** The same value until something changes: fit for useSyncExternalStore. */
  status(): SyncStatus
  subscribe(listener: () => void): () => void
  /** A person: do not wait any longer. */
  sendNow(): void
  /** The network or the live line is back, the token is new: likewise, unless the centre asked for the time. */
  hurry(): void
  /** The feed says there is something to fetch. */
  pullNow(): void
  /** Somebody is on the line, or nobody any more: the voice goes first. */
  lineIsBusy(busy: boolean): void
  /** Tries these refused or put-off rows again, or all. */
  retry(seqs: readonly number[] | 'all'): Promise<Answer<null>>
  /** Ends sending and fetching; resolves when the next window may take over. */
  stop(): Promise<void>
}

export type SyncParts = {
  /** Name of the store: one sender per store. */
  readonly name: string
  readonly outbox: Outbox
  readonly mirror: Mirror
  readonly uplink: Uplink
  readonly clock: CentreClock
  readonly random: () => number
  readonly locks: LockManager
}

const firstCountMs = 150

/** Batches follow each other: what is to be written down of them can wait. */
const isUnderWay = ({ phase }: Uploader): boolean =>
  phase.at === 'sending' || (phase.at === 'reading' && phase.ticket !== null)

const encoder = new TextEncoder()

/** [SERVER-57] With the numbers the centre told of the work orders and warnings among them, in case it lost them. */
const textsOf = (rows: readonly OutboxRow[]): Uint8Array<ArrayBuffer>[] => {
  const numbers = rows.flatMap(({ id, kind, told }) =>
    told === undefined ? [] : [{ [kind]: id, number: told }],
  )
  const texts = rows.map((row) => row.text)
  if (numbers.length === 0) return texts
  return [
    encoder.encode(JSON.stringify({ kind: 'numbers', body: { v: 1, id: 'numbers', numbers } })),
    ...texts,
  ]
}

/** An event as the loop's own parts make it; time and chance are added in one place. */
type Bare<E> = E extends unknown ? Omit<E, keyof Moment> : never

export const startSync = (parts: SyncParts): SyncLoop => {
  const { outbox, mirror, uplink, clock } = parts
  let uploader = newUploader
  let puller = newPuller
  let counts: CountedSoFar | null = null
  let status: SyncStatus = syncStatus(counts, uploader, puller, clock.skewMs())
  let holdsLock = false
  /** What was stored last when the centre was last asked what became of it. */
  let pulledFor: number | null = null
  const listeners = new Set<() => void>()
  /** The sending window's status for the others; null: one of them asks for it. */
  const channel = new BroadcastChannel(`${parts.name}-sync`)
  const post = (message: SyncStatus | null): void => {
    if (leave.signal.aborted) return
    // A BroadcastChannel has no target to name.
    // oxlint-disable-next-line unicorn/require-post-message-target-origin
    channel.postMessage(message)
  }
  const leave = new AbortController()
  const wakes = { upload: (): void => undefined, pull: (): void => undefined }

  const show = (next: SyncStatus): void => {
    status = next
    for (const listener of listeners) listener()
  }
  const publish = (): void => {
    if (!holdsLock) return
    show(syncStatus(counts, uploader, puller, clock.skewMs()))
    post(status)
  }
  const moment = (): Moment => ({ at: clock.now(), random: parts.random() })

  /** How long the answer took, and the clock's hint in it. What it stood in line at the centre is no slowness of the link. */
  const hear = (answer: Answer<Pick<PullAnswer, 'serverNow' | 'waitedMs'>>, started: number): number => {
    const tookMs = clock.tick() - started
    const { waitedMs = 0 } = answer.ok ? answer.value : answer.problem
    const underWayMs = Math.max(0, tookMs - waitedMs)
    if (answer.ok) clock.heard(answer.value.serverNow, underWayMs)
    return underWayMs
  }
  const tellUploader = (event: Bare<UploadEvent>): void => {
    const before = uploader
    const [next, effects] = stepUploader(before, { ...event, ...moment() })
    uploader = next
    for (const effect of effects) void carryOut(effect)
    if (!isUnderWay(next) || acknowledged.isDue()) acknowledged.settle()
    publish()
    // [SYNC-15] All is up: what the centre made of it comes down, once and not after every batch.
    const rests = next.phase.at === 'idle' && before.phase.at !== 'idle'
    if (rests) {
      acknowledged.rest()
      tally.now()
    }
    if (rests && next.lastStoredAt !== pulledFor) {
      pulledFor = next.lastStoredAt
      tellPuller({ type: 'asked' })
    }
  }
  const acknowledged = keepAcknowledged(outbox, clock, (answer) => {
    if (!answer.ok) {
      outOfDate()
      tally.soon()
    }
    tellUploader({ type: 'settled', answer })
  })
  const carryOut = async (effect: UploadEffect): Promise<void> => {
    switch (effect.do) {
      case 'read': {
        const rows = await outbox.due(clock.now(), effect.limit, effect.maxBytes, effect.after)
        return tellUploader({ type: 'rowsRead', ticket: effect.ticket, rows })
      }
      case 'readNextDue': {
        const dueAt = await outbox.nextDueAt()
        return tellUploader({
          type: 'nextDueRead',
          dueAt: dueAt.ok ? dueAt.value : clock.now() + longestWaitMs,
        })
      }
      case 'push': {
        const started = clock.tick()
        const answer = await uplink.push(textsOf(effect.rows))
        return tellUploader({
          type: 'answered',
          ticket: effect.ticket,
          answer,
          tookMs: hear(answer, started),
        })
      }
      case 'settle': {
        const fresh = acknowledged.owe(effect.fates)
        if (counts) counts = without(counts, fresh)
        return
      }
      case 'probe':
        return tellUploader({ type: 'probed', answer: await uplink.probe() })
      case 'wake':
        wakes.upload()
        wakes.upload = clock.after(effect.afterMs, () => tellUploader({ type: 'woke' }))
    }
  }

  const tellPuller = (event: Bare<PullEvent>): void => {
    const [next, effects] = stepPuller(puller, { ...event, ...moment() })
    puller = next
    for (const effect of effects) void carryOutPull(effect)
    publish()
  }
  const carryOutPull = async (effect: PullEffect): Promise<void> => {
    switch (effect.do) {
      case 'readCursor':
        return tellPuller({ type: 'cursorRead', answer: await mirror.cursor() })
      case 'pull': {
        const started = clock.tick()
        const answer = await uplink.pull(effect.request)
        return tellPuller({ type: 'pulled', answer, tookMs: hear(answer, started) })
      }
      case 'sendAgain':
        return tellPuller({ type: 'sentAgain', answer: await outbox.sendAgain(effect.epoch) })
      case 'take':
        return tellPuller({ type: 'taken', answer: await mirror.take(effect.page) })
      case 'wake':
        wakes.pull()
        wakes.pull = clock.after(effect.afterMs, () => tellPuller({ type: 'woke' }))
    }
  }

  const hurry = (byPerson: boolean): void => {
    tellUploader({ type: 'hurried', byPerson })
    tellPuller({ type: 'asked' })
  }

  /** Something was put since this loop last knew for certain what waits. */
  let outdated = false
  const outOfDate = (): void => {
    outdated = true
    if (counts) counts = { ...counts, outdated }
  }
  const tally = keepTally(outbox, clock, (found, isOutdated) => {
    // Neither with the rows that are just leaving nor without them would be right.
    if (acknowledged.isSettling()) return tally.soon()
    // What was put may have taken the place of a row that is on its way: its answer would be taken off once more.
    outdated = outdated && (isOutdated || isUnderWay(uploader))
    const now = { ...without(found, acknowledged.owed()), outdated }
    if (sameCounts(counts, now)) return
    counts = now
    if (holdsLock) publish()
    else show({ ...status, ...pickCounts(syncStatus(counts, uploader, puller, clock.skewMs())) })
  })
  const stopHearing = outbox.listen((news) => {
    if (news !== 'less') {
      outOfDate()
      tellUploader({ type: 'put', urgent: news === 'urgent' })
    }
    // What the loop itself takes out it need not count: thousands of rows take long.
    if (news !== 'less' || !acknowledged.isSettling()) tally.soon()
  })
  channel.addEventListener('message', ({ data }: MessageEvent<SyncStatus | null>) => {
    if (data === null) publish()
    else if (!holdsLock) show(data)
  })
  post(null)
  // Not at once: the first batch's first acknowledgement would wait for it.
  clock.after(firstCountMs, tally.soon)

  // [SYNC-9] One sender per store: the lock is held until stop, or until the window dies.
  const ended = parts.locks
    .request(`${parts.name}-sender`, { signal: leave.signal }, async () => {
      holdsLock = true
      tellUploader({ type: 'started' })
      tellPuller({ type: 'started' })
      await new Promise<void>((resolve) => {
        if (leave.signal.aborted) resolve()
        leave.signal.addEventListener('abort', () => resolve())
      })
    })
    .catch(() => undefined)

  return {
    status: () => status,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    sendNow: () => hurry(true),
    hurry: () => hurry(false),
    pullNow: () => tellPuller({ type: 'asked' }),
    lineIsBusy(busy) {
      if (busy !== uploader.lineBusy) tellUploader({ type: 'line', busy })
    },
    async retry(seqs) {
      const answer = await outbox.retry(seqs)
      tellUploader({ type: 'hurried', byPerson: true })
      return answer
    },
    async stop() {
      tellUploader({ type: 'stopped' })
      tellPuller({ type: 'stopped' })
      wakes.upload()
      wakes.pull()
      tally.stop()
      leave.abort()
      await ended
      holdsLock = false
      stopHearing()
      channel.close()
    },
  }
}

const pickCounts = ({ waiting, refused, oldestPutAt }: SyncStatus) => ({ waiting, refused, oldestPutAt })
