// Runs in the browser or on the desktop: a seat as the product composes it, store and second journal with it, which saves
// calls, forms and work orders without end and says what was saved.
import { v7 } from 'uuid'
import { AccountId, CallId, Extension, TicketId } from '../../contract/ids.ts'
import type { CallRecord } from '../../contract/softphone.ts'
import type { TicketDispatch } from '../../contract/tickets.ts'
import { browserDesk } from '../../renderer/adapters/browserDesk.ts'
import { centreClock } from '../../renderer/adapters/centreClock.ts'
import { openLine } from '../../renderer/adapters/centreLine.ts'
import { storeName } from '../../contract/journal.ts'
import { openSealedSessions } from '../../renderer/adapters/sealedSession.ts'
import { keepSession } from '../../renderer/adapters/session.ts'
import { startSync } from '../../renderer/adapters/syncLoop.ts'
import { systemClock } from '../../renderer/adapters/systemClock.ts'
import { openUplink } from '../../renderer/adapters/uplink.ts'
import { createNotices } from '../../renderer/notices.ts'
import { openSeatStore } from '../../renderer/session/openSeatStore.ts'
import { createTidying } from '../../renderer/session/tidying.ts'
import { texts } from '../../renderer/text/catalogue.ts'
import { aDispatch } from '../../test/makers/traffic.ts'
import { aRecord } from '../material.ts'

export type ToldSaved =
  | { readonly kind: 'call'; readonly id: string; readonly rev: number; readonly body: CallRecord }
  | { readonly kind: 'ticket'; readonly id: string; readonly rev: number; readonly body: TicketDispatch }
export type ChaosState = {
  /** -1: not known. */
  readonly waiting: number
  readonly parked: readonly { readonly kind: 'call' | 'ticket'; readonly id: string; readonly rev: number }[]
  readonly badge: string
  /** Store and second journal have the same. */
  readonly even: boolean
}
declare const toldSaved: (saved: ToldSaved) => Promise<void>

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
const shift = { saves: false }

/** Signs in at the centre and starts to save and to send; '' when it does, else why not. */
const work = async (account: string, password: string): Promise<string> => {
  const desk = window.desk ?? browserDesk(window)
  const centre = await desk['centre.find'](null)
  if (!centre.ok) return centre.problem.text
  const line = openLine(centre.value.url, systemClock)
  const keepsake = { keep: () => undefined, recall: async () => null, forget: () => undefined }
  const session = keepSession(
    line,
    systemClock,
    openSealedSessions(systemClock, async () => 30),
    keepsake,
  )
  const signedIn = await session.signIn({ account, password })
  if (!signedIn.ok) return signedIn.problem.text
  const name = storeName(signedIn.value.session.centre.id, account)
  const { sealer } = signedIn.value
  const notices = createNotices()
  // What the agent is told of things that came back is counted.
  const counted = {
    ...texts['zh-CN'],
    safety: {
      ...texts['zh-CN'].safety,
      rebuilt: (records: number, drafts: number) => {
        chaos.broughtBack += records
        return texts['zh-CN'].safety.rebuilt(records, drafts)
      },
    },
  }
  const clock = centreClock(systemClock)
  const ground = { desk, notices, tidying: createTidying(), text: () => counted }
  const opened = await openSeatStore(name, sealer, clock, ground, async () => [])
  if (!opened.ok) return opened.problem.text
  const { records, outbox, mirror, safety } = opened.value
  const sync = startSync({
    name,
    outbox,
    mirror,
    uplink: openUplink(line, session, systemClock),
    clock,
    random: Math.random,
    locks: navigator.locks,
  })
  Object.assign(chaos, {
    state: async (): Promise<ChaosState> => {
      const [counts, rows] = [await outbox.counts(), await outbox.list(200)]
      const badge = sync.status().badge
      const { journal, storeIsBehind } = safety.read()
      const even = !storeIsBehind && journal !== 'behind'
      if (!counts.ok || !rows.ok) return { waiting: -1, parked: [], badge, even }
      const parked = rows.value.flatMap(({ state, kind, id, rev }) =>
        state === 'parked' && (kind === 'call' || kind === 'ticket') ? [{ kind, id, rev }] : [],
      )
      return { waiting: counts.value.waiting, parked, badge, even }
    },
    hurry: () => sync.sendNow(),
  })
  shift.saves = true
  const seat = { agent: AccountId.parse(account), seat: Extension.parse(account) }
  void (async () => {
    for (let n = 0; shift.saves; n += 1) {
      const now = Date.now()
      const { form, ...made } = aRecord(n, 0)
      const call: CallRecord = {
        ...made,
        ...seat,
        id: CallId.parse(v7()),
        practice: false,
        offeredAt: now - 60_000,
        answeredAt: now - 55_000,
        endedAt: now,
        form: null,
        filedAt: null,
        wrapupMs: null,
      }
      const first = await records.finish(call)
      chaos.refused += first.ok ? 0 : 1
      if (first.ok) await toldSaved({ kind: 'call', id: call.id, rev: 1, body: call })
      if (first.ok && n % 3 > 0) {
        const ticket =
          n % 6 === 1
            ? aDispatch(n, {
                id: TicketId.parse(v7()),
                callId: call.id,
                plan: { ...aDispatch(n).plan, department: 'ZGFW' },
                agent: seat.agent,
                practice: false,
                localNumber: `L${account}-${n}`,
              })
            : null
        const filed: CallRecord = {
          ...call,
          rev: 2,
          form,
          filedAt: now,
          wrapupMs: 1_000,
          ticketId: ticket?.id ?? null,
        }
        const second = await records.file(filed, ticket)
        chaos.refused += second.ok ? 0 : 1
        if (second.ok) await toldSaved({ kind: 'call', id: call.id, rev: 2, body: filed })
        if (second.ok && ticket) await toldSaved({ kind: 'ticket', id: ticket.id, rev: 1, body: ticket })
      }
      await pause(20 + Math.random() * 80)
    }
  })()
  return ''
}

const chaos = {
  work,
  /** Saves that were said to have failed. */
  refused: 0,
  /** Things the second journal gave back at this start. */
  broughtBack: 0,
  rest: () => {
    shift.saves = false
  },
  state: async (): Promise<ChaosState> => ({ waiting: -1, parked: [], badge: 'starting', even: false }),
  hurry: (): void => undefined,
}
export type ChaosOnPage = typeof chaos
Object.assign(globalThis, { bench: chaos })
