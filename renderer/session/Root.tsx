// From the first page to the desk and back: resumes who was signed in, shows the door, opens the workplace.
import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react'
import type { Answer, Problem } from '../../contract/answer.ts'
import { done } from '../../contract/answer.ts'
import type { Desk } from '../../contract/ipc.ts'
import type { Settings } from '../../contract/settings.ts'
import type { Clock } from '../../core/ports.ts'
import { notReadyEvent } from '../../core/commands.ts'
import { isCommand } from '../../core/keyMap.ts'
import type { CentreLine } from '../adapters/centreLine.ts'
import type { SessionKeeper, SignedIn } from '../adapters/session.ts'
import { isSeatTaken, seatIsTaken, takeSeat } from '../adapters/seatLock.ts'
import { App } from '../app/App.tsx'
import { go, leavePage } from '../app/route.ts'
import { Themed } from '../kit/Themed.tsx'
import type { Notices } from '../notices.ts'
import { TextContext, texts } from '../text/catalogue.ts'
import { WorkplaceContext } from '../workplace.ts'
import { draftBook } from '../wrapup/draftBook.ts'
import { leaveWhenClosed } from './leaveWhenClosed.ts'
import type { Opened } from './openWorkplace.ts'
import { devicesOf, openWorkplace } from './openWorkplace.ts'
import { SignInPage } from './SignInPage.tsx'
import type { Tidying } from './tidying.ts'
import { isForWantOfCentre, useDoorHealth } from './useDoorHealth.ts'
import { useKeysTaken } from './useKeysTaken.ts'
import { useShownState } from './useShownState.ts'
import { useUnsaved } from './useUnsaved.ts'

export type RootProps = {
  readonly desk: Desk
  readonly clock: Clock
  /** null: it is not known where the centre is; `trouble` says why. */
  readonly line: CentreLine | null
  readonly keeper: SessionKeeper | null
  readonly notices: Notices
  readonly tidying: Tidying
  readonly firstSettings: Settings
  readonly trouble: Problem | null
}

export const Root = (props: RootProps) => {
  const { desk, clock, line, keeper, notices, tidying, trouble } = props
  const [settings, setSettings] = useState(props.firstSettings)
  const latest = useRef(settings)
  const [opened, setOpened] = useState<Opened | null>(null)
  const [resuming, setResuming] = useState(true)
  /** Why somebody who was signed in is at the door again, or could not come in. */
  const [doorProblem, setDoorProblem] = useState<Problem | null>(null)
  const isTidying = useSyncExternalStore(tidying.subscribe, tidying.read)
  const health = useDoorHealth(clock, line, keeper, opened === null)
  const isCutOff = health !== null && (health.away || health.refusal !== null)
  useEffect(
    () =>
      isCutOff ? () => setDoorProblem((said) => (said && isForWantOfCentre(said) ? null : said)) : undefined,
    [isCutOff],
  )

  const writeSettings = useCallback(
    async (change: Partial<Settings>) => {
      const answer = await desk['settings.write'](change)
      if (!answer.ok) notices.tell(answer.problem.text)
      // What only could not be kept holds until the end of this start; what is wrong does not hold at all.
      if (answer.ok) latest.current = answer.value
      else if (answer.problem.code !== 'bad_input') latest.current = { ...latest.current, ...change }
      setSettings(latest.current)
      return answer
    },
    [desk, notices],
  )

  const open = useCallback(
    async (leaveSeat: (() => void) | null): Promise<Answer<null>> => {
      if (!line || !keeper) return trouble ? { ok: false, problem: trouble } : done(null)
      const answer = await openWorkplace({
        clock,
        desk,
        line,
        keeper,
        leaveSeat,
        notices,
        tidying,
        settings: () => latest.current,
        writeSettings,
        text: () => texts[latest.current.language],
        left: () => {
          leavePage()
          setOpened(null)
        },
      })
      if (!answer.ok) {
        // [SESSION-18] At the door again: whoever comes next must not find them signed in.
        void keeper.signOut()
        return answer
      }
      setDoorProblem(null)
      setOpened(answer.value)
      return done(null)
    },
    [clock, desk, line, keeper, notices, tidying, trouble, writeSettings],
  )

  useEffect(() => {
    const resume = async () => {
      const answer = await keeper?.resume((store) => takeSeat(navigator.locks, store))
      const came = answer?.ok && answer.value ? await open(answer.value.leaveSeat) : answer
      if (came && !came.ok) {
        // Another person may be the next at this door.
        leavePage()
        setDoorProblem(came.problem)
      }
      setResuming(false)
    }
    void resume()
  }, [keeper, open])

  const enter = useCallback(
    async (signingIn: Promise<Answer<SignedIn>> | undefined): Promise<Answer<null>> => {
      const answer = await signingIn
      if (!answer) return trouble ? { ok: false, problem: trouble } : done(null)
      return answer.ok ? open(null) : answer
    },
    [open, trouble],
  )

  const attempt = async (entering: () => Promise<Answer<null>>): Promise<boolean> => {
    const answer = await entering()
    if (!answer.ok) setDoorProblem(answer.problem)
    return answer.ok
  }
  const practise = async () => {
    if (await attempt(() => enter(keeper?.practise()))) go('practice')
  }
  const signIn = async (account: string, password: string) => {
    const isIn = await attempt(async () =>
      (await isSeatTaken(navigator.locks, account))
        ? seatIsTaken()
        : enter(keeper?.signIn({ account, password })),
    )
    if (isIn) await writeSettings({ lastAccount: account })
  }

  return (
    <Themed theme={settings.theme} language={settings.language}>
      <TextContext value={texts[settings.language]}>
        {opened && keeper ? (
          <AtWork {...{ desk, keeper, opened, settings }} onClosed={setDoorProblem} />
        ) : (resuming || health === null) && !isTidying ? null : (
          <SignInPage
            isTidying={isTidying}
            isAway={health?.away === true}
            centre={line?.url ?? null}
            problem={trouble ?? doorProblem ?? health?.refusal ?? null}
            lastAccount={settings.lastAccount}
            mayMove={window.desk !== undefined}
            settings={settings}
            onSettings={writeSettings}
            onSignIn={signIn}
            {...(health?.practice ? { onPractise: practise } : {})}
          />
        )}
      </TextContext>
    </Themed>
  )
}

type AtWorkProps = {
  readonly desk: Desk
  readonly keeper: SessionKeeper
  readonly opened: Opened
  readonly settings: Settings
  /** The account was closed, and its person is about to be signed out. */
  readonly onClosed: (why: Problem) => void
}

const AtWork = ({ desk, keeper, opened, settings, onClosed }: AtWorkProps) => {
  const { workplace } = opened
  const [reference, setReference] = useState(opened.reference)
  useEffect(() => opened.onReference(() => setReference(opened.reference())), [opened])
  useEffect(() => workplace.applyDevices(devicesOf(settings)), [workplace, settings])
  useEffect(() => workplace.headset.use(settings.headsetButtons), [workplace, settings.headsetButtons])
  useEffect(
    () =>
      desk['power.changed'](({ state }) => {
        if (state === 'resume') workplace.wake()
      }),
    [desk, workplace],
  )
  useEffect(
    () =>
      desk['command.requested'](({ command }) => {
        if (isCommand(command)) workplace.runCommand(command)
      }),
    [desk, workplace],
  )
  useEffect(
    () =>
      desk['notReady.requested'](({ reason }) => {
        const { store, stamp } = workplace
        const known = reference.notReadyReasons.some((each) => each.code === reason && each.active)
        const event = known ? notReadyEvent(store.read(), reason, stamp()) : null
        if (event) store.dispatch(event)
      }),
    [desk, workplace, reference],
  )
  const keysTaken = useKeysTaken(desk, workplace, settings)
  const onDialLink = useCallback(
    (fill: (number: string) => void) => desk['dial.requested'](({ number }) => fill(number)),
    [desk],
  )
  const value = useMemo(() => {
    const present = { ...workplace, reference, settings, keysTaken }
    const signOut = async () => {
      // [SEAT-10] The last words typed go onto the disk before the seat lets go of it.
      if (await draftBook(present).flushAll()) await workplace.signOut()
      else workplace.notices.tell(texts[settings.language].app.told.signOutUnsaved, true)
    }
    return { ...present, signOut }
  }, [workplace, reference, settings, keysTaken])
  useEffect(
    () =>
      leaveWhenClosed({
        ...value,
        keeper,
        told: () => value.notices.tell(texts[value.settings.language].app.told.accountClosed, true),
        leaving: onClosed,
      }),
    [keeper, onClosed, value],
  )
  useShownState(desk, value)
  useUnsaved(desk, value)
  // Forms open from the first ring whatever page is in front [WRAP-16].
  useEffect(() => void draftBook(value), [value])
  return (
    <WorkplaceContext value={value}>
      <App onDialLink={onDialLink} />
    </WorkplaceContext>
  )
}
