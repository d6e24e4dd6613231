// Tells the desktop what the tray, the badge, the ring window and the question before closing need to know; again when
// it changes. Numbers and names are masked before they leave the page. In a browser, and where one stands in for
// Electron, the question before closing is the browser's own: asked here.
import { useEffect } from 'react'
import { nobodySeated, type Desk, type IpcInput } from '../../contract/ipc.ts'
import type { CallId } from '../../contract/ids.ts'
import { maskName, maskNumber } from '../../core/privacy/mask.ts'
import { liveCalls, ringingCall } from '../../core/workstation.ts'
import { afterPaint } from '../afterPaint.ts'
import { useText } from '../text/catalogue.ts'
import type { Workplace } from '../workplace.ts'
import type { BookWorld } from '../wrapup/draftBook.ts'
import { draftBook } from '../wrapup/draftBook.ts'
import { watchUndone } from './undone.ts'

type Shown = IpcInput<'window.showState'>

/** Earlier calls are counted up to here; more is "many". */
const countedCalls = 20

type Place = BookWorld & Pick<Workplace, 'sync' | 'attachments' | 'session' | 'settings'>

export const useShownState = (desk: Desk, place: Place): void => {
  const { store, sync, records, attachments, session, reference, settings } = place
  const book = draftBook(place)
  const { withheld } = useText().softphone
  const en = settings.language === 'en'
  useEffect(() => {
    let last = ''
    let holds = false
    const earlier = new Map<CallId, number>()
    const count = async (id: CallId, number: string) => {
      const answer = number === '' ? null : await records.ofNumber(number, countedCalls + 1)
      // The ringing call itself is on record from its first ring.
      earlier.set(id, answer?.ok ? answer.value.filter((call) => call.id !== id).length : 0)
      tell()
    }
    const asked = new Set<CallId>()
    const undone = watchUndone({ book, records, attachments }, () => later())
    const tell = () => {
      const state = store.read()
      const rings = ringingCall(state)
      if (rings && !asked.has(rings.id)) {
        asked.add(rings.id)
        void count(rings.id, rings.number)
      }
      const shown: Shown = {
        phase: state.since.phase,
        ringing: rings !== null,
        onCall: liveCalls(state).length > 0,
        waiting: sync.status().waiting + sync.status().refused + undone.files(),
        unfiled: state.seat.is === 'signedIn' ? undone.unfiled() : 0,
        ring: rings && {
          number: rings.number === '' ? withheld : maskNumber(rings.number),
          name: rings.name === null ? null : maskName(rings.name),
          place: rings.place,
          queue: rings.queue,
          queuedMs: rings.queuedMs,
          earlier: earlier.get(rings.id) ?? null,
          practice: session.sip?.practice ?? false,
          second: liveCalls(state).length > 1,
        },
        reasons:
          state.seat.is === 'signedIn'
            ? reference.notReadyReasons
                .filter((each) => each.active && !each.automatic)
                .toSorted((a, b) => a.sort - b.sort)
                .map(({ code, zh, en: english }) => ({ code, word: en ? english : zh }))
            : [],
        reason: state.since.reason,
      }
      // A browser asks before a reload too: not because of a form that was left for later.
      const wrapsUp = state.seat.is === 'signedIn' && state.seat.wrapups.length > 0
      holds = shown.onCall || shown.ringing || wrapsUp
      const text = JSON.stringify(shown)
      if (text === last) return
      last = text
      void desk['window.showState'](shown)
    }
    // Tray and title come after the screen itself.
    const later = () => afterPaint(tell)
    tell()
    const ask = (event: BeforeUnloadEvent) => {
      if (holds) event.preventDefault()
    }
    window.addEventListener('beforeunload', ask)
    const leave = [undone.stop, store.subscribe(later), sync.subscribe(later)]
    return () => {
      leave.forEach((stop) => stop())
      window.removeEventListener('beforeunload', ask)
      void desk['window.showState'](nobodySeated)
    }
  }, [desk, book, store, sync, records, attachments, session, reference, en, withheld])
}
