// A desk without a screen: the workstation's store, memory records and a clock that is told when to move.
import type { Answer } from '../../../contract/answer.ts'
import { failed } from '../../../contract/answer.ts'
import type { AccountId, CallId } from '../../../contract/ids.ts'
import type { WorkEvent } from '../../../core/workstation.ts'
import type { Records } from '../../../core/ports.ts'
import type { CentreClient } from '../../../renderer/adapters/centreClient.ts'
import { createStore } from '../../../renderer/store.ts'
import { wrapup } from '../../../renderer/text/wrapup.ts'
import { openBook } from '../../../renderer/wrapup/draftBook.ts'
import { fileNow } from '../../../renderer/wrapup/fileNow.ts'
import { manualClock } from '../../fakes/manualClock.ts'
import { memorySeat } from '../../fakes/memoryRecords.ts'
import { aReference } from '../../makers/reference.ts'
import { anOffer, registered, signedIn } from '../../makers/seats.ts'
import { callId, morning } from '../../makers/stamps.ts'

/** Lets everything that waits on a promise happen. */
export const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve()
}

export const aDesk = (
  change: (records: Records) => Partial<Records> = () => ({}),
  centre: () => Answer<unknown> = () => failed('unreachable', '中心不在'),
) => {
  const clock = manualClock(morning)
  const seat = memorySeat(clock)
  const records: Records = { ...seat.records, ...change(seat.records) }
  const stamp = () => ({ at: clock.now(), tick: clock.tick() })
  let ids = 500
  const store = createStore(stamp(), (effect) => {
    if (effect.do === 'journalCall') void records.journal(effect.record)
    if (effect.do === 'finishCall') void records.finish(effect.record)
  })
  store.dispatch(signedIn)
  store.dispatch(registered)
  const world = {
    account: { id: '1001' as AccountId, name: '王秀英', role: 'agent' as const, department: null },
    store,
    clock,
    records,
    centre: { call: (async () => centre()) as CentreClient['call'] },
    outbox: seat.outbox,
    mirror: seat.mirror,
    stamp,
    soon: (run: () => void) => run(),
    reference: aReference(),
    newCallId: () => callId((ids += 1)),
  }
  const book = openBook(world)
  const tell = (event: object) => store.dispatch({ ...event, ...stamp() } as WorkEvent)
  return {
    ...world,
    book,
    tell,
    rings: (n: number, number = '13800008000') => tell({ type: 'offered', call: { ...anOffer(n), number } }),
    answered: (id: CallId) => {
      tell({ type: 'answerPressed', callId: id })
      tell({ type: 'connected', callId: id })
    },
    callerLeaves: (id: CallId) => tell({ type: 'ended', callId: id, by: 'them', cause: null }),
    file: (id: CallId) => {
      const session = book.session(id)
      if (!session) throw new Error('no form is open for this call')
      return fileNow(world, book, session, wrapup.zh)
    },
    form: (id: CallId) => book.session(id)?.read(),
    drafts: async () => {
      const answer = await records.drafts()
      return answer.ok ? answer.value : []
    },
  }
}
