// One open wrap-up form: what is typed, and that it gets onto the disk by itself. No React, so a keystroke
// redraws one field and not the desk. What a form needs is core/wrapup's; which forms are open is draftBook.ts's.
import type { CallId } from '../../contract/ids.ts'
import type { Reference } from '../../contract/reference.ts'
import type { CallRecord, Direction } from '../../contract/softphone.ts'
import type { Draft, WrapupForm } from '../../contract/wrapup.ts'
import { emptyForm } from '../../contract/wrapup.ts'
import type { Clock, Records } from '../../core/ports.ts'
import { afterCall, afterCallMs, countAfterCall } from '../../core/wrapup/afterCall.ts'
import type { Known } from '../../core/wrapup/form.ts'
import { changeForm, isTouched, prefill } from '../../core/wrapup/form.ts'
import type { Heard } from '../../core/warnings/heard.ts'
import type { Dismissed } from '../../core/warnings/recognise.ts'
import type { Returned } from '../../core/tickets/again.ts'
import type { Elsewhere } from '../../core/wrapup/elsewhere.ts'
import { changedElsewhere } from '../../core/wrapup/elsewhere.ts'
import type { TextField } from '../../core/wrapup/paste.ts'

/** What the call itself says, from the live line or from its record. */
export type FormFacts = {
  readonly direction: Direction
  readonly number: string
  readonly name: string | null
  readonly place: string | null
  readonly offeredAt: number
  /** The call has ended: the form may be filed. */
  readonly over: boolean
}

export type SaveState =
  | { readonly is: 'unsaved' }
  | { readonly is: 'saved'; readonly at: number }
  | { readonly is: 'failed'; readonly text: string }

export type Risk = { readonly heard: readonly Heard[]; readonly dismissed: readonly Dismissed[] }

export type SentBy = { readonly by: string; readonly department: string }

export type FormState = {
  readonly callId: CallId
  readonly form: WrapupForm
  readonly facts: FormFacts
  readonly save: SaveState
  /** Why the centre sent a filed form back; null: it was never filed. */
  readonly refusal: string | null
  /** A department has its work order: it stays a form that dispatches. */
  readonly ordered: boolean
  /** Its department gave the work order back: filing sends it again. */
  readonly returned: Returned | null
  /** [TICKET-23] Who sent it out to whom since this form was written: a lead, or the agent elsewhere. */
  readonly sentBy: SentBy | null
  /** As it was filed last, as far as the agent has been told; null: it was not. */
  readonly filed: WrapupForm | null
  /** [WRAP-28] It was filed on another computer meanwhile: what was changed on both, and stays as written here. */
  readonly elsewhere: Elsewhere['both'] | null
  /** [WRAP-29] It was written on while it was being filed: that is not filed yet. */
  readonly wroteOn: boolean
  readonly filing: boolean
  /** The mass risk heard in this call, and what the agent said no to. */
  readonly risk: Risk
  /** Filing failed: why. */
  readonly problem: string | null
  /** The agent has asked to submit: missing fields are marked from now on. */
  readonly marks: boolean
  /** Characters of the last paste that did not fit. */
  readonly cut: { readonly field: TextField; readonly count: number } | null
}

export type FormSession = {
  readonly callId: CallId
  read(): FormState
  subscribe(listener: () => void): () => void
  change(change: Partial<WrapupForm>): void
  /** [WRAP-28] So it was filed last: what was changed there comes in, what is written here stays. True: it is to be told. */
  takeIn(there: WrapupForm): boolean
  /** Fills what is empty, and was not emptied by hand, with what the caller's earlier calls knew. */
  fill(known: Known): void
  /** Something stands in it that somebody wrote: it is worth keeping whatever became of the call. */
  written(): boolean
  facts(facts: FormFacts): void
  /** A mass risk was heard, or the agent said no to it: kept with the draft. */
  hear(risk: Partial<Risk>): void
  mark(change: Partial<Pick<FormState, 'filing' | 'problem' | 'marks' | 'cut' | 'returned' | 'sentBy'>>): void
  /** An input method is composing: nothing is saved until it is done [WRAP-14]. */
  composing(is: boolean): void
  /** [WRAP-29] It is filed so, and was written on meanwhile: from here on a correction of that. */
  goOn(record: CallRecord): void
  /** Counts after-call work while true. */
  count(counts: boolean): void
  afterCallMs(): number
  /** Saves now what is not saved yet. False: something of it is not on the disk. */
  flush(): Promise<boolean>
  /** No more saves: the form is filed or thrown away. */
  close(): void
}

type Start = {
  readonly callId: CallId
  readonly form: WrapupForm
  readonly facts: FormFacts
  readonly openedAt: number
  readonly savedAt: number | null
  readonly wrapupMs: number
  readonly refusal: string | null
  readonly ordered?: boolean
  readonly returned?: Returned | null
  readonly sentBy?: SentBy | null
  readonly filed?: WrapupForm | null
  readonly risk?: Draft['risk']
}

export type SessionWorld = { readonly records: Pick<Records, 'saveDraft'>; readonly clock: Clock }

const differs = (one: object, other: object): boolean => JSON.stringify(one) !== JSON.stringify(other)

const pauseMs = 300
const longestMs = 1_500
const retryMs = [1_000, 2_000, 5_000] as const

const keptRisk = ({ heard, dismissed }: Risk): Pick<Draft, 'risk'> =>
  heard.length + dismissed.length === 0
    ? {}
    : { risk: { heardAt: heard[0]?.at ?? null, heard: [...heard], dismissed: [...dismissed] } }

export const openSession = (world: SessionWorld, reference: () => Reference, start: Start): FormSession => {
  const { clock, records } = world
  const listeners = new Set<() => void>()
  let state: FormState = {
    callId: start.callId,
    form: prefill(start.form, start.facts, null),
    facts: start.facts,
    save: start.savedAt === null ? { is: 'unsaved' } : { is: 'saved', at: start.savedAt },
    refusal: start.refusal,
    ordered: start.ordered ?? false,
    returned: start.returned ?? null,
    sentBy: start.sentBy ?? null,
    filed: start.filed ?? null,
    elsewhere: null,
    wroteOn: false,
    filing: false,
    risk: { heard: start.risk?.heard ?? [], dismissed: start.risk?.dismissed ?? [] },
    problem: null,
    marks: false,
    cut: null,
  }
  let { openedAt } = start
  let counter = afterCall(start.wrapupMs)
  let dirtySince: number | null = null
  /** What somebody has changed here, as it was left. */
  let byHand: Partial<WrapupForm> = {}
  let composes = false
  let lastSavedAt = start.savedAt ?? 0
  let closed = false
  let failures = 0
  let cancelTimer: (() => void) | null = null
  let writing: Promise<void> | null = null

  const set = (change: Partial<FormState>): void => {
    state = { ...state, ...change }
    for (const listener of listeners) listener()
  }
  const wait = (ms: number): void => {
    cancelTimer?.()
    cancelTimer = clock.after(ms, () => void save())
  }
  const touched = (): void => {
    if (closed) return
    dirtySince ??= clock.tick()
    // [WRAP-14] 300 ms after the last letter, but never longer than 1.5 s after the first.
    wait(Math.max(0, Math.min(pauseMs, dirtySince + longestMs - clock.tick())))
  }

  const write = async (): Promise<void> => {
    const from = dirtySince
    dirtySince = null
    const now = clock.now()
    // [F59] Of two places the later one counts at a start: a clock set back must not make the earlier words the later ones.
    const savedAt = Math.max(now, lastSavedAt + 1)
    lastSavedAt = savedAt
    const answer = await records.saveDraft({
      callId: state.callId,
      form: state.form,
      openedAt,
      savedAt,
      wrapupMs: afterCallMs(counter, clock.tick()),
      ...keptRisk(state.risk),
    })
    if (closed) return
    if (answer.ok) {
      failures = 0
      set({ save: { is: 'saved', at: now } })
      return
    }
    // [WRAP-15] Said at once, tried again for as long as it takes.
    dirtySince ??= from ?? clock.tick()
    set({ save: { is: 'failed', text: answer.problem.text } })
    wait(retryMs[Math.min(failures, retryMs.length - 1)] ?? 5_000)
    failures += 1
  }

  const save = async (): Promise<void> => {
    cancelTimer?.()
    cancelTimer = null
    if (closed || composes || dirtySince === null) return
    if (writing) {
      await writing
      if (dirtySince !== null && failures === 0) return save()
      return
    }
    writing = write()
    await writing
    writing = null
  }

  const flush = async (): Promise<boolean> => {
    await save()
    if (closed || dirtySince === null) return true
    // What was typed meanwhile goes as well; what is being composed, or does not fit the disk, does not now.
    return composes || failures > 0 ? false : flush()
  }

  // A new form is on disk from the first ring, before anything is typed.
  if (start.savedAt === null) touched()

  return {
    callId: start.callId,
    read: () => state,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    change(change) {
      byHand = { ...byHand, ...change }
      set({ form: changeForm(state.form, change, reference()), problem: null, cut: null })
      touched()
    },
    takeIn(there) {
      const news = state.filed && changedElsewhere(state.filed, state.form, there)
      set({ filed: there })
      if (!news) return false
      set({ form: changeForm(state.form, news.change, reference()), elsewhere: news.both })
      touched()
      return true
    },
    fill(known) {
      const filled = Object.entries(prefill(state.form, state.facts, known))
      const form = { ...state.form, ...Object.fromEntries(filled.filter(([field]) => !(field in byHand))) }
      if (!differs(form, state.form)) return
      set({ form })
      touched()
    },
    written: () => isTouched(state.form) || differs({ ...emptyForm, ...byHand }, emptyForm),
    facts(facts) {
      if (differs(facts, state.facts)) set({ facts })
    },
    hear(risk) {
      set({ risk: { ...state.risk, ...risk } })
      touched()
    },
    mark: (change) => set(change),
    composing(is) {
      composes = is
      if (!is && dirtySince !== null) touched()
    },
    goOn({ form, filedAt, ticketId }) {
      // A draft from before its filing is not kept [STORE-3].
      openedAt = Math.max(openedAt, (filedAt ?? 0) + 1)
      const settled = { returned: null, sentBy: null, elsewhere: null, filing: false, problem: null }
      set({ ...settled, filed: form, refusal: '', ordered: ticketId !== null, wroteOn: true })
      touched()
    },
    count(counts) {
      counter = countAfterCall(counter, counts, clock.tick())
    },
    afterCallMs: () => afterCallMs(counter, clock.tick()),
    flush,
    close() {
      closed = true
      cancelTimer?.()
      cancelTimer = null
    },
  }
}
