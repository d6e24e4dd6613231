// Builds what a signed-in person works with: store, sync, live line, telephone, in the order in which they need each
// other, and takes it down again at sign-out. Decides only the order; every part decides for itself.
import { v7 } from 'uuid'
import { done, failed, type Answer } from '../../contract/answer.ts'
import { AuditId, CallId } from '../../contract/ids.ts'
import type { Desk } from '../../contract/ipc.ts'
import type { Reference } from '../../contract/reference.ts'
import type { Settings } from '../../contract/settings.ts'
import type { Clock, Devices } from '../../core/ports.ts'
import type { OfferedCall, PhoneEvent } from '../../core/softphone/phoneEvent.ts'
import { placesOf, withPlace } from '../../core/softphone/place.ts'
import { liveCalls, ringingCall } from '../../core/workstation.ts'
import { centreClock } from '../adapters/centreClock.ts'
import { connectCentre } from '../adapters/centreClient.ts'
import type { CentreLine } from '../adapters/centreLine.ts'
import { lookForRinger, watchAudioDevices } from '../adapters/audioDevices.ts'
import { storeName } from '../../contract/journal.ts'
import { openFeed } from '../adapters/feed.ts'
import { halfWritten } from '../adapters/halfWritten.ts'
import { openHeadset } from '../adapters/headset.ts'
import { hurryWhenBack } from '../adapters/hurry.ts'
import { keptSeat } from '../adapters/keptSeat.ts'
import { afterPaint } from '../afterPaint.ts'
import { createBlackBox } from '../diagnostics/blackBox.ts'
import { browserMedia } from '../adapters/phone/browserMedia.ts'
import { keptCalls } from '../adapters/phone/leftCalls.ts'
import { hangUpOnLeave } from '../adapters/phone/pageLeave.ts'
import { rehearse } from '../adapters/phone/rehearsal.ts'
import { createRinger } from '../adapters/ringer.ts'
import { seatIsTaken, takeSeat } from '../adapters/seatLock.ts'
import type { SessionKeeper } from '../adapters/session.ts'
import { sipPhone } from '../adapters/sipPhone.ts'
import { othersHere } from '../adapters/storesHere.ts'
import { startSync } from '../adapters/syncLoop.ts'
import { openUplink } from '../adapters/uplink.ts'
import { watchFor } from '../adapters/warningWatch.ts'
import type { Notices } from '../notices.ts'
import { effectRunner } from '../runEffects.ts'
import { seatReport } from '../seat/seatReport.ts'
import { createStore } from '../store.ts'
import type { Text } from '../text/catalogue.ts'
import type { Workplace } from '../workplace.ts'
import { openBehind } from './behindTheRecords.ts'
import { clockTeller } from './clockTeller.ts'
import { commandRunner } from './commandRunner.ts'
import { firstReference, recoverInterrupted, unfiled } from './firstThings.ts'
import { freshSecret } from './freshSecret.ts'
import { openSeatStore } from './openSeatStore.ts'
import { reasonToStay } from './reasonToStay.ts'
import { startSelfCheck, type SelfCheck } from './selfCheck.ts'
import type { Tidying } from './tidying.ts'
import { wakeUp } from './wakeUp.ts'
import { hurryWithFeed, nudged } from './withFeed.ts'

export type Ground = {
  readonly clock: Clock
  readonly desk: Desk
  readonly line: CentreLine
  readonly keeper: SessionKeeper
  /** The seat's lock where it is held already; null: it is still to be taken. */
  readonly leaveSeat: (() => void) | null
  readonly notices: Notices
  readonly tidying: Tidying
  readonly settings: () => Settings
  writeSettings(change: Partial<Settings>): Promise<Answer<Settings>>
  text(): Text
  /** Called once when the person has signed out and everything is closed. */
  left(): void
}

/** The parts of a workplace that change while it is open. */
export type Opened = {
  readonly workplace: Omit<Workplace, 'settings' | 'reference' | 'keysTaken'>
  reference(): Reference
  /** Tells when the reference data changed. */
  onReference(listener: () => void): () => void
}

export const devicesOf = (settings: Settings): Devices => ({
  microphone: settings.microphone,
  speaker: settings.speaker,
  echoCancellation: settings.echoCancellation,
  noiseSuppression: settings.noiseSuppression,
  autoGainControl: settings.autoGainControl,
})

export const openWorkplace = async (ground: Ground): Promise<Answer<Opened>> => {
  const { keeper, line, notices } = ground
  const clock = centreClock(ground.clock)
  const signedIn = keeper.read()
  if (!signedIn) {
    ground.leaveSeat?.()
    return failed('not_signed_in', '尚未签入')
  }
  const { session } = signedIn
  const { account, sip } = session
  const name = storeName(session.centre.id, account.id)
  const leaveSeat = ground.leaveSeat ?? (await takeSeat(navigator.locks, name))
  if (!leaveSeat) return seatIsTaken()

  const { sealer } = signedIn
  const others = async () =>
    (await othersHere(session.centre.id, account.id, ground.desk)).map((each) => each.name)
  const seatStore = await openSeatStore(name, sealer, clock, ground, others)
  if (!seatStore.ok) {
    leaveSeat()
    return seatStore
  }
  const { records, outbox, givenUp, mirror, journal, safety } = seatStore.value
  const uplink = openUplink(line, keeper, clock)
  seatStore.value.sendAlone(uplink)
  const sync = startSync({ name, outbox, mirror, uplink, clock, random: Math.random, locks: navigator.locks })
  const centre = connectCentre(line, keeper)
  const epoch = () => keeper.read()?.session.centre.epoch ?? 0
  const behind = openBehind(signedIn, name, centre, { clock, locks: navigator.locks, epoch, journal, ground })
  const first = await firstReference(records, sync, clock)
  if (!first) {
    await sync.stop()
    behind.stop()
    seatStore.value.close()
    leaveSeat()
    return failed('not_found', '第一次签入要从中心取类别和部门，现在取不到，请稍后再试')
  }
  let reference = first
  await recoverInterrupted(records, notices)
  const stamp = () => ({ at: clock.now(), tick: clock.tick() })
  const newCallId = () => CallId.parse(v7())
  const blackBox = createBlackBox(clock)
  const media = browserMedia(clock)
  const placed = (event: PhoneEvent) => withPlace(event, placesOf(reference))
  const foretell = (call: OfferedCall) => store.foretell(placed({ type: 'offered', call, ...stamp() }))
  const half = halfWritten(window.sessionStorage, account.id, sealer)
  const aside = { soon: afterPaint, foretell, traced: blackBox.sip, kept: keptCalls(half) }
  const phone = sipPhone({ clock, newCallId, media, ...aside })
  const ringer = createRinger(ground.settings)
  const effects = effectRunner({
    agent: account.id,
    sip,
    phone,
    records,
    ringer,
    notices,
    clock,
    text: ground.text,
    newAuditId: () => AuditId.parse(v7()),
    // At a ring the agent's own screen comes first.
    reportSeat: () => (ringingCall(store.read()) ? afterPaint(feed.reportNow) : feed.reportNow()),
    soon: afterPaint,
    tell: (event) => store.dispatch(event),
  })
  const store = createStore(stamp(), effects.run)
  const watch = watchFor(account, centre, clock, ringer.warn)
  const news = { sync, watch, knowledge: behind.parts.knowledge }
  const feed = openFeed({
    url: line.url,
    session: keeper,
    clock,
    random: Math.random,
    report: () => (sip ? seatReport(store.read(), sync.status(), clock) : null),
    nudged: nudged(news),
  })
  hurryWithFeed(feed, news)
  // [SYNC-23] On a thin link the voice goes first.
  const lineIsBusy = () => liveCalls(store.read()).length > 0
  let wasBusy = false
  store.subscribe(() => {
    if (lineIsBusy() === wasBusy) return
    wasBusy = !wasBusy
    afterPaint(() => [sync, behind].forEach((each) => each.lineIsBusy(lineIsBusy())))
  })
  const secret = freshSecret(keeper, phone, sip)
  phone.listen((event) => {
    blackBox.heard(event)
    store.dispatch(placed(event))
    secret.heard(event)
  })
  let selfCheck: SelfCheck | null = null
  if (sip) {
    const holder = { agent: account.id, seat: sip.extension, practice: sip.practice }
    const seat = keptSeat(window.sessionStorage, name)
    const { reason, wrapups: kept } = seat.read()
    const wrapups = await unfiled(records, kept)
    store.dispatch({ type: 'signedIn', holder, policy: reference.policy, wrapups, ...stamp() })
    if (reason !== null) store.dispatch({ type: 'notReadyPressed', reason, ...stamp() })
    store.subscribe(() => seat.keep(store.read()))
    phone.useDevices(devicesOf(ground.settings()))
    const echoNumber = sip.practice ? null : sip.echoNumber
    const ringerNow = () => lookForRinger(ground.settings().ringer)
    const devices = { lookForRinger: ringerNow, watchDevices: watchAudioDevices }
    selfCheck = startSelfCheck({ clock, phone, store, stamp, echoNumber, ...devices })
    phone.connect(sip)
    rehearse()
  }
  const stopLeaving = hangUpOnLeave(phone, window)

  const referenceListeners = new Set<() => void>()
  const readReference = async () => {
    const answer = await records.reference()
    if (!answer.ok || !answer.value || answer.value.version === reference.version) return
    reference = answer.value
    store.dispatch({ type: 'policyChanged', policy: reference.policy, ...stamp() })
    for (const listener of referenceListeners) listener()
  }
  const tellClock = clockTeller(sync, notices, ground.text)
  let pulledAt: number | null = null
  const stopWatching = sync.subscribe(() => {
    const { lastPulledAt } = sync.status()
    if (lastPulledAt === pulledAt) return
    pulledAt = lastPulledAt
    behind.sendNow()
    tellClock()
    void readReference()
  })

  const stopHurrying = hurryWhenBack(sync, keeper, window)

  const { onCommand, runCommand } = commandRunner(store, stamp)
  const headset = openHeadset({
    hid: navigator.hid,
    store,
    clock,
    wanted: ground.settings().headsetButtons,
    runCommand,
  })

  let leaving = false
  const signOut = async (): Promise<void> => {
    if (leaving) return
    leaving = true
    const reason = await reasonToStay({
      clock,
      allSaved: effects.allSaved,
      callsOnLine: () => liveCalls(store.read()).length,
    })
    if (reason !== null) {
      leaving = false
      return notices.tell(ground.text().app.told[reason], true)
    }
    store.dispatch({ type: 'signedOut', ...stamp() })
    ringer.stop()
    watch?.stop()
    ringer.warn(false)
    void headset.close()
    selfCheck?.stop()
    await effects.queueTold()
    feed.close()
    await phone.disconnect()
    stopLeaving()
    secret.stop()
    stopWatching()
    stopHurrying()
    await sync.stop()
    behind.stop()
    await keeper.signOut()
    seatStore.value.close()
    leaveSeat()
    ground.left()
  }

  return done({
    workplace: {
      account,
      session,
      offlineSignIn: signedIn.offline,
      store,
      clock,
      stamp,
      soon: afterPaint,
      newCallId,
      phone,
      records,
      outbox,
      givenUp,
      mirror,
      halfWritten: half,
      ...behind.parts,
      sync,
      safety,
      warnings: watch,
      centre,
      feed,
      notices,
      blackBox,
      writeSettings: ground.writeSettings,
      applyDevices: (devices) => phone.useDevices(devices),
      headset,
      checkSeat: () => selfCheck?.now(),
      wake: () => wakeUp({ phone, sync, feed }),
      onCommand,
      runCommand,
      signOut,
    },
    reference: () => reference,
    onReference(listener) {
      referenceListeners.add(listener)
      return () => referenceListeners.delete(listener)
    },
  })
}
