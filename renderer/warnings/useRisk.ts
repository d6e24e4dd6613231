// The mass risk of the form in front: what is heard in its words, what the agent answered, and the warning raised of it.
// What counts as a risk is core/warnings; the strip only shows this.
import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { done } from '../../contract/answer.ts'
import { AuditId, WarningId } from '../../contract/ids.ts'
import type { WarningLevel, WarningReport } from '../../contract/warnings.ts'
import type { LocalWarning, OutboxRow } from '../../core/ports.ts'
import { employerKey } from '../../core/warnings/employer.ts'
import { heardOn, heardSince } from '../../core/warnings/heard.ts'
import { isGraver, levelOf } from '../../core/warnings/levels.ts'
import type { Suggestion } from '../../core/warnings/recognise.ts'
import { findings, suggestion } from '../../core/warnings/recognise.ts'
import { graverReport, newReport } from '../../core/warnings/report.ts'
import { shownOf, useBeat, useLoaded, useStoreBeat } from '../sync/useSync.ts'
import { useWorkplace } from '../workplace.ts'
import type { FormSession } from '../wrapup/formSession.ts'

/** [WARN-17] A pause in typing. */
const pauseMs = 600
const dayMs = 86_400_000
/** The fields that tell what happened. */
const told = ['cause', 'course', 'toldCaller', 'nextStep'] as const

const partsOf = (session: FormSession): string => {
  const { form, risk } = session.read()
  return JSON.stringify([
    told.map((field) => form[field]),
    form.employer,
    form.peopleInvolved,
    risk.dismissed,
  ])
}

/** [WARN-5] Calls about the employer of the form in the last days, the present one included. */
const useCallsAbout = (session: FormSession): number => {
  const { reference, records, clock, mirror } = useWorkplace()
  const again = useStoreBeat() + useBeat(mirror)
  const employer = useSyncExternalStore(session.subscribe, () => session.read().form.employer)
  const days = reference.warnings?.repeatDays ?? 0
  const isNamed = employerKey(employer, reference.warnings?.noEmployer) !== ''
  const load = useCallback(async () => {
    if (!isNamed) return done({ employer, others: 0 })
    const others = await records.countAbout(employer, clock.now() - days * dayMs, session.callId)
    return others.ok ? done({ employer, others: others.value }) : others
  }, [records, clock, session, employer, days, isNamed])
  const counted = shownOf(useLoaded(load, again)[0])?.value
  // What was counted before the last letter says nothing of the name as it is now.
  return counted?.employer === employer ? 1 + counted.others : 1
}

/** [WARN-17] What the words say; once shown it stays until it is answered, or something graver takes its place. */
const useSuggestion = (session: FormSession): Suggestion | null => {
  const { reference, clock } = useWorkplace()
  const callsAbout = useCallsAbout(session)
  const rules = reference.warnings
  const [shown, setShown] = useState<Suggestion | null>(null)
  useEffect(() => {
    if (!rules) return undefined
    const look = () => {
      const { form, risk } = session.read()
      const facts = { people: form.peopleInvolved, callsAbout }
      const typed = told.map((field) => ({ field, text: form[field] }))
      const found = findings(typed, facts, rules)
      const next = suggestion(found, risk.dismissed)
      setShown((now) => next ?? (now && suggestion([now], risk.dismissed)))
      const heard = heardOn(risk.heard, found, clock.now())
      if (heard !== risk.heard) session.hear({ heard })
    }
    let parts = partsOf(session)
    let cancel = clock.after(pauseMs, look)
    const leave = session.subscribe(() => {
      const now = partsOf(session)
      if (now === parts) return
      parts = now
      cancel()
      cancel = clock.after(pauseMs, look)
    })
    return () => {
      cancel()
      leave()
    }
  }, [session, rules, callsAbout, clock])
  return shown
}

export type Raised = LocalWarning & {
  /** What of it has not reached the centre; null: all of it has. */
  readonly unsent: OutboxRow['state'] | null
}

/** The warning raised of this call, as this computer and the centre know it. */
const useRaised = (session: FormSession): readonly [Raised | null, () => void] => {
  const { records, outbox, mirror } = useWorkplace()
  const again = useStoreBeat() + useBeat(mirror)
  const load = useCallback(async () => {
    const all = await records.warnings(100)
    if (!all.ok) return all
    const found = all.value.find(({ report }) => report.callId === session.callId)
    if (!found) return done(null)
    const unsent = await outbox.unsent([found.report.id])
    return unsent.ok ? done({ ...found, unsent: unsent.value.get(found.report.id) ?? null }) : unsent
  }, [records, outbox, session])
  const [loaded, reload] = useLoaded(load, again)
  return [shownOf(loaded)?.value ?? null, reload]
}

export type Risk = {
  /** To be answered: null, nothing is heard, or it was answered. */
  readonly suggestion: Suggestion | null
  readonly raised: Raised | null
  /** The agent raises one by own judgement and chooses the level. */
  readonly byHand: WarningLevel | null
  /** Why the last one could not be kept. */
  readonly problem: string | null
  choose(level: WarningLevel | null): void
  /** Raises what is suggested, or chosen by hand; a graver one lifts the warning there is. False: one is being kept. */
  raise(): boolean
  /** No, with the reason's code. */
  dismiss(reason: string): void
  /** Saves a later word about it. */
  change(report: WarningReport): Promise<boolean>
}

export const useRisk = (session: FormSession): Risk => {
  const { account, clock, newCallId, records, session: signedIn } = useWorkplace()
  const heard = useSuggestion(session)
  const [stored, reload] = useRaised(session)
  const [mine, setMine] = useState<WarningReport | null>(null)
  const [byHand, setByHand] = useState<WarningLevel | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const busy = useRef(false)
  const isMine = mine !== null && (stored === null || stored.report.rev < mine.rev)
  const raised: Raised | null = isMine
    ? { report: mine, centre: stored?.centre ?? null, unsent: 'waiting' }
    : stored
  // What was raised as grave as that needs no second answer.
  const open = heard && (!raised || isGraver(heard.level, raised.report.level)) ? heard : null

  const keep = async (report: WarningReport): Promise<boolean> => {
    if (busy.current) return false
    busy.current = true
    const answer = await records.warn(report)
    busy.current = false
    setProblem(answer.ok ? null : answer.problem.text)
    if (!answer.ok) return false
    setMine(report)
    setByHand(null)
    reload()
    return true
  }
  const raise = (): boolean => {
    const level = open?.level ?? byHand
    if (busy.current) return false
    if (level === null) return true
    const { form, risk } = session.read()
    const at = clock.now()
    const heardNow = {
      level,
      form,
      quotes: open?.quotes ?? [],
      people: open?.people ?? null,
      heardAt: heardSince(level, risk.heard, risk.dismissed) ?? at,
    }
    if (raised) {
      const graver = graverReport(raised.report, heardNow)
      if (graver) void keep(graver)
      return true
    }
    void keep(
      newReport({
        id: WarningId.parse(newCallId()),
        call: { id: session.callId, agent: account.id, practice: signedIn.sip?.practice ?? false },
        ...heardNow,
        rule: open?.rule.code ?? null,
        at,
      }),
    )
    return true
  }
  return {
    suggestion: open,
    raised,
    byHand: open || raised ? null : byHand,
    problem,
    choose: setByHand,
    raise,
    change: keep,
    dismiss(reason) {
      if (!open) return
      const { rule, level } = open
      const { dismissed } = session.read().risk
      session.hear({ dismissed: [...dismissed, { rule: rule.code, level }] })
      void records.noteAudit({
        v: 1,
        id: AuditId.parse(newCallId()),
        rev: 1,
        agent: account.id,
        what: 'warning.dismissed',
        callId: session.callId,
        about: `${rule.code} ${level} ${reason}`,
        at: clock.now(),
      })
    },
  }
}

/** What F9 starts with when nothing was heard: by the number of people in the form. */
export const firstLevel = (
  session: FormSession,
  rules: Parameters<typeof levelOf>[1] | undefined,
): WarningLevel => (rules ? levelOf(session.read().form.peopleInvolved, rules) : 'blue')
