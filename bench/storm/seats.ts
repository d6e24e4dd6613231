// Five hundred seats in one process: session, uplink, feed and sync loop of the product over an outbox in memory. Each was
// signed in without the centre and has three days' work to send.
import { v7 } from 'uuid'
import { AccountId, CallId, Extension } from '../../contract/ids.ts'
import { Reference } from '../../contract/reference.ts'
import type { CallRecord } from '../../contract/softphone.ts'
import { done } from '../../contract/answer.ts'
import type { Mirror, MirrorCursor } from '../../core/centrePorts.ts'
import { centreClock } from '../../renderer/adapters/centreClock.ts'
import { openLine } from '../../renderer/adapters/centreLine.ts'
import { openFeed } from '../../renderer/adapters/feed.ts'
import { keepSession } from '../../renderer/adapters/session.ts'
import { startSync } from '../../renderer/adapters/syncLoop.ts'
import { systemClock } from '../../renderer/adapters/systemClock.ts'
import { openUplink } from '../../renderer/adapters/uplink.ts'
import { memoryLocks } from '../../test/fakes/memoryLocks.ts'
import { memoryOutbox } from '../../test/fakes/memoryOutbox.ts'
import { aSession, aStoreKey } from '../../test/makers/traffic.ts'
import { aRecord } from '../material.ts'

/** A seat has one window here: nobody else listens. */
class SilentChannel extends EventTarget {
  postMessage(): void {
    // Nobody is there.
  }
  close(): void {
    // Nothing to close.
  }
}
Object.assign(globalThis, { BroadcastChannel: SilentChannel })

/** Keeps where it is; what is pulled is parsed as always, and let go. */
const forgetfulMirror = (): Mirror & { readonly pulled: () => number } => {
  let cursor: MirrorCursor = { cursor: 0, reference: -1, epoch: 0 }
  let pulled = 0
  return {
    cursor: async () => done(cursor),
    async take(page) {
      pulled += page.calls.length
      cursor = {
        cursor: page.cursor,
        epoch: page.epoch,
        reference: Reference.safeParse(page.reference).data?.version ?? cursor.reference,
      }
      return done(null)
    },
    listen: () => () => undefined,
    pulled: () => pulled,
  }
}

export type StormSeat = {
  readonly account: string
  readonly ids: readonly string[]
  waiting(): number
  parked(): number
  pulled(): number
  /** Why it does not go on just now; '' when nothing is the matter. */
  trouble(): string
  stop(): Promise<void>
}

const nowhere = { keep: () => undefined, recall: async () => null, forget: () => undefined }

const aCallOf = (account: string, n: number): CallRecord => {
  const { form, ...made } = aRecord(n, 0)
  const at = Date.now() - 72 * 3_600_000 + n * 600_000
  return {
    ...made,
    id: CallId.parse(v7()),
    agent: AccountId.parse(account),
    seat: Extension.parse(account),
    practice: false,
    rev: 2,
    offeredAt: at,
    answeredAt: at + 3_000,
    endedAt: at + 183_000,
    form,
    filedAt: at + 200_000,
    wrapupMs: 17_000,
  }
}

export const openStormSeat = async (
  url: string,
  centreId: string,
  { account, password }: { readonly account: string; readonly password: string },
  records: number,
): Promise<StormSeat> => {
  const id = AccountId.parse(account)
  const line = openLine(url, systemClock)
  const kept = aSession({
    account: { id, name: `坐席 ${account}`, role: 'agent', department: null },
    token: '',
    refreshToken: '',
    centre: { id: centreId, name: '示例中心', practice: false, epoch: 0 },
    sip: null,
  })
  const nothing = async () => undefined
  const sealed = {
    seal: async () => [aStoreKey(1)],
    open: async () => done(kept),
    destroy: nothing,
    destroyOld: nothing,
  }
  const session = keepSession(line, systemClock, sealed, nowhere)
  const signedIn = await session.signIn({ account: id, password })
  if (!signedIn.ok) throw new Error(`${account}: ${signedIn.problem.text}`)
  const outbox = memoryOutbox()
  const calls = Array.from({ length: records }, (_, n) => aCallOf(account, n))
  outbox.put(
    calls.map((body) => ({ kind: 'call', body })),
    Date.now(),
  )
  const mirror = forgetfulMirror()
  const sync = startSync({
    name: account,
    outbox,
    mirror,
    uplink: openUplink(line, session, systemClock),
    clock: centreClock(systemClock),
    random: Math.random,
    locks: memoryLocks(),
  })
  const feed = openFeed({
    url,
    session,
    clock: systemClock,
    random: Math.random,
    report: () => null,
    nudged: () => sync.pullNow(),
  })
  return {
    account,
    ids: calls.map((call) => call.id),
    waiting: () => outbox.rows().filter((row) => row.state === 'waiting').length,
    parked: () => outbox.rows().filter((row) => row.state === 'parked').length,
    pulled: mirror.pulled,
    trouble: () => sync.status().problem?.text ?? '',
    async stop() {
      feed.close()
      await sync.stop()
    },
  }
}
