// The forms of the desk as React sees them: which are open, which is in front, what each is doing.
import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react'
import type { CallId } from '../../contract/ids.ts'
import { maskNumber } from '../../core/privacy/mask.ts'
import type { Workstation } from '../../core/workstation.ts'
import { callOf } from '../../core/softphone/lines.ts'
import { isLive } from '../../core/softphone/call.ts'
import { go } from '../app/route.ts'
import { useText } from '../text/catalogue.ts'
import { useWorkplace, useWorkstation } from '../workplace.ts'
import type { DraftBook } from './draftBook.ts'
import { draftBook } from './draftBook.ts'
import type { FormSession, FormState } from './formSession.ts'

export const useBook = (): DraftBook => draftBook(useWorkplace())

export const useSessions = (): readonly FormSession[] => {
  const book = useBook()
  return useSyncExternalStore(book.subscribe, book.list)
}

/** The form in front; it is read from disk when it is not open yet. */
export const useFront = (): { readonly id: CallId | null; readonly session: FormSession | null } => {
  const book = useBook()
  const sessions = useSessions()
  const id = useWorkstation((state) => state.openForm)
  const session = sessions.find((each) => each.callId === id) ?? null
  const { store, stamp } = useWorkplace()
  useEffect(() => {
    if (id === null || session) return
    // The form of a call on the line is opened by the book itself, a moment after the bar is drawn.
    const call = callOf(store.read(), id)
    if (call && isLive(call)) return
    void book.open(id).then((found) => {
      // A form that is nowhere must not hold the front.
      if (!found && store.read().openForm === id && !callOf(store.read(), id))
        store.dispatch({ type: 'formOpened', callId: null, ...stamp() })
    })
  }, [book, id, session, store, stamp])
  return { id, session }
}

/** [WRAP-30] Puts the form of an earlier call in front, at the desk; where it cannot be opened a word says so and the page stays. */
export const useOpenForm = () => {
  const book = useBook()
  /** The centre may take its time; who has gone elsewhere meanwhile is not fetched back. */
  const [isOpening, setOpening] = useState(false)
  const isHere = useRef(false)
  useEffect(() => {
    isHere.current = true
    return () => {
      isHere.current = false
    }
  }, [])
  const { store, stamp, notices } = useWorkplace()
  const { wrapup } = useText()
  const openForm = async (callId: CallId): Promise<void> => {
    setOpening(true)
    const found = await book.open(callId)
    if (!isHere.current) return undefined
    setOpening(false)
    if (!found) return notices.tell(wrapup.formUnopened, true)
    store.dispatch({ type: 'formOpened', callId, ...stamp() })
    return go('desk')
  }
  return { openForm, isOpening }
}

export type FormStanding = 'ringing' | 'onCall' | 'held' | 'dialling' | 'wrapup' | 'draft' | 'correction'

/** As long as a shift may last: an older draft waits in its list instead of taking the front. */
const shiftMs = 12 * 3_600_000
const resumed = new WeakSet<DraftBook>()

/** After a start or a reload with nothing in front, the form that was written last comes back by itself. */
export const useResume = (): void => {
  const book = useBook()
  const { records, store, stamp, clock } = useWorkplace()
  useEffect(() => {
    if (resumed.has(book)) return
    resumed.add(book)
    void records.drafts().then((drafts) => {
      if (!drafts.ok || store.read().openForm !== null) return
      const last = [...drafts.value].sort((one, other) => other.savedAt - one.savedAt)[0]
      if (last && clock.now() - last.savedAt < shiftMs)
        store.dispatch({ type: 'formOpened', callId: last.callId, ...stamp() })
    })
  }, [book, records, store, stamp, clock])
}

const same = (one: Readonly<Record<string, unknown>>, other: Readonly<Record<string, unknown>>): boolean =>
  Object.keys(other).every((key) => Object.is(one[key], other[key]))

/** Reads some values of a form; answers with the same object until one of them changes. */
const partReader = <T extends Readonly<Record<string, unknown>>>(
  session: FormSession,
  select: (state: FormState) => T,
): (() => T) => {
  let last = select(session.read())
  return () => {
    const next = select(session.read())
    if (!same(last, next)) last = next
    return last
  }
}

/** Some values of a form; drawn again only when one of them changes, not with every letter. `select` stays the same. */
export const usePart = <T extends Readonly<Record<string, unknown>>>(
  session: FormSession,
  select: (state: FormState) => T,
): T => {
  const read = useMemo(() => partReader(session, select), [session, select])
  return useSyncExternalStore(session.subscribe, read)
}

/** What the form of this call is at: on the line, after the call, or left for later. */
export const standingOf = (state: Workstation, id: CallId, corrects: boolean): FormStanding => {
  const call = callOf(state, id)
  if (corrects) return 'correction'
  switch (call?.phase.is) {
    case 'ringing':
      return 'ringing'
    case 'answering':
    case 'talking':
      return 'onCall'
    case 'held':
      return 'held'
    case 'dialling':
      return 'dialling'
    case 'ended':
      return 'wrapup'
    default:
      return 'draft'
  }
}

/** How a form is called on tabs and lists: the caller's name, else the masked number. */
export const useNameOf = (): ((state: Pick<FormState, 'form' | 'facts'>) => string) => {
  const { wrapup } = useText()
  const { unknownCaller } = wrapup
  return useCallback(
    ({ form, facts }) => form.callerName.trim() || (facts.number ? maskNumber(facts.number) : unknownCaller),
    [unknownCaller],
  )
}
