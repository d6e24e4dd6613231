// The whole window of a signed-in agent over a fake telephone and a memory store: what the screens do with the keyboard,
// an input method and a screen reader, without a PBX or a centre. Which seat it is stands in the address.
import { useEffect, useMemo, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { v7 } from 'uuid'
import type { Answer } from '../../../contract/answer.ts'
import { done, failed } from '../../../contract/answer.ts'
import { AuditId, CallId } from '../../../contract/ids.ts'
import { HeldSession } from '../../../contract/session.ts'
import type { Settings } from '../../../contract/settings.ts'
import { defaultSettings } from '../../../contract/settings.ts'
import type { AuditNote } from '../../../contract/sync.ts'
import type { Mirror } from '../../../core/centrePorts.ts'
import type { LetGo, Outbox, Records } from '../../../core/ports.ts'
import { keyMapOf, worldwide } from '../../../core/keyMap.ts'
import type { SyncStatus } from '../../../core/sync/status.ts'
import { afterPaint } from '../../../renderer/afterPaint.ts'
import { attachmentJournal } from '../../../renderer/adapters/attachmentJournal.ts'
import { centreClock } from '../../../renderer/adapters/centreClock.ts'
import { openAttachments } from '../../../renderer/adapters/attachments.ts'
import { halfWritten } from '../../../renderer/adapters/halfWritten.ts'
import { openHeadset } from '../../../renderer/adapters/headset.ts'
import type { CentreClient } from '../../../renderer/adapters/centreClient.ts'
import { openKnowledge } from '../../../renderer/adapters/knowledge.ts'
import { systemClock as clock } from '../../../renderer/adapters/systemClock.ts'
import { App } from '../../../renderer/app/App.tsx'
import { createBlackBox } from '../../../renderer/diagnostics/blackBox.ts'
import { Themed } from '../../../renderer/kit/Themed.tsx'
import { createNotices } from '../../../renderer/notices.ts'
import { effectRunner } from '../../../renderer/runEffects.ts'
import { commandRunner } from '../../../renderer/session/commandRunner.ts'
import { useKeysTaken } from '../../../renderer/session/useKeysTaken.ts'
import { createStore } from '../../../renderer/store.ts'
import { TextContext, texts } from '../../../renderer/text/catalogue.ts'
import type { Safety } from '../../../renderer/sync/safety.ts'
import type { Workplace } from '../../../renderer/workplace.ts'
import { WorkplaceContext } from '../../../renderer/workplace.ts'
import starting from '../../../server/knowledge/starting.json' with { type: 'json' }
import { practiceReference } from '../../../server/reference.ts'
import { fakePhone } from '../../fakes/fakePhone.ts'
import { memorySeat } from '../../fakes/memoryRecords.ts'
import { plainSealer } from '../../fakes/plainSealer.ts'
import { anAccount } from '../../makers/anAccount.ts'

const asked = new URLSearchParams(window.location.search)
const practice = asked.has('practice')
const theme = asked.get('theme') === 'dark' ? 'dark' : 'light'

/** As at a practice centre: the telephone tree has numbers. */
const standing = practiceReference()
/** `answers=3`: calls from the queue are answered by themselves after so many seconds. */
const answers = asked.get('answers')
const autoAnswer = answers === null ? null : { seconds: Number(answers) }
const reference = { ...standing, policy: { ...standing.policy, autoAnswer } }
const sip = anAccount(['ws://127.0.0.1:1'], { practice })
const session = HeldSession.parse({
  account: { id: '1001', name: '王秀英', role: asked.get('role') ?? 'agent', department: null },
  token: 'made-up',
  newcomer: false,
  tokenExpiresAt: 0,
  refreshToken: 'made-up',
  sip,
  centre: { id: 'made-up', name: '示例中心', practice, epoch: 0 },
  serverNow: 0,
})
/** `away`: the centre is not to be reached. */
const isAway = asked.has('away')
const synced: SyncStatus = {
  badge: isAway ? 'offline' : 'synced',
  waiting: 0,
  refused: 0,
  sending: false,
  oldestPutAt: null,
  troubleSince: isAway ? clock.now() : null,
  problem: isAway ? { code: 'unreachable', text: '连不上中心服务器' } : null,
  nextTryAt: null,
  lastStoredAt: null,
  lastPulledAt: 0,
  skewMs: 0,
}

const stamp = () => ({ at: clock.now(), tick: clock.tick() })
const newCallId = () => CallId.parse(v7())
const fake = fakePhone(stamp)
const kept = memorySeat(clock)
const letGo: LetGo[] = []
const nobody: readonly never[] = []
/** What the centre says when asked, by name; else it is away. */
const told = new Map<string, Answer<unknown>>()
const audit: AuditNote[] = []
const records = {
  ...kept.records,
  noteAudit: (note: AuditNote) => {
    audit.push(note)
    return kept.records.noteAudit(note)
  },
}
const notices = createNotices()
/** When the headset beeped. */
const beeps: number[] = []
const ringer = { start() {}, stop() {}, tick() {}, beep: async () => void beeps.push(clock.tick()) }
const effects = effectRunner({
  agent: session.account.id,
  sip,
  phone: fake.phone,
  records,
  ringer,
  notices,
  clock,
  text: () => texts['zh-CN'],
  newAuditId: () => AuditId.parse(v7()),
  soon: afterPaint,
  reportSeat() {},
  tell: (event) => store.dispatch(event),
})
const store = createStore(stamp(), effects.run)
const blackBox = createBlackBox(clock)
fake.phone.listen((event) => {
  blackBox.heard(event)
  store.dispatch(event)
})

const away = async () => failed('unreachable', '中心暂时连不上，已写的都在本机')
const attachments = openAttachments({
  name: `desk-page-${String(Math.random())}`,
  sealer: plainSealer,
  journal: attachmentJournal(Promise.resolve(null), { 'disk.read': away }),
  told: () => undefined,
  clock: centreClock(clock),
  random: Math.random,
  call: away,
  epoch: () => 0,
})
/** What a centre begins with, told once. */
const { articles } = starting
const knowledge = openKnowledge({
  centreId: `desk-page-${String(Math.random())}`,
  clock,
  call: (async () => done({ epoch: 0, cursor: 1, more: false, articles })) as CentreClient['call'],
})
void knowledge.pullNow()
const { onCommand, runCommand } = commandRunner(store, stamp)
const headset = openHeadset({ hid: navigator.hid, store, clock, wanted: true, runCommand })
const safety: Safety = {
  disk: { level: 'ok', freeBytes: 1, toFreeBytes: 0, copied: false },
  journal: 'ok',
  inBrowser: false,
  storeIsBehind: false,
  toSeal: 0,
}
/** `taken=F2`: a key that another program has. */
let chosen: Settings['keys'] = {}
const hotkeys = {
  'hotkeys.read': async () =>
    done({ commands: worldwide.filter((command) => keyMapOf(chosen)[command] === asked.get('taken')) }),
  'hotkeys.changed': () => () => {},
}
const workplace: Omit<Workplace, 'settings' | 'writeSettings' | 'keysTaken'> = {
  account: session.account,
  session,
  offlineSignIn: false,
  store,
  clock,
  stamp,
  soon: afterPaint,
  newCallId,
  phone: fake.phone,
  records,
  outbox: kept.outbox,
  givenUp: {
    async give(seq) {
      const row = kept.outbox.rows().find((each) => each.seq === seq)
      if (!row) return away()
      letGo.push({ ...row, at: clock.now() })
      return kept.outbox.settle([{ ...row, fate: 'remove', number: null, said: { at: 0, epoch: 0 } }])
    },
    list: async () => done(letGo),
  },
  mirror: kept.mirror,
  attachments,
  handover: {
    exported: away,
    imported: away,
    errand: () => null,
    last: () => null,
    notSaved() {},
    end() {},
    lineIsBusy() {},
    left: () => nobody,
    listen: () => () => {},
    carry: async () => {},
    stop() {},
  },
  knowledge,
  sync: {
    status: () => synced,
    subscribe: () => () => {},
    sendNow() {},
    hurry() {},
    pullNow() {},
    lineIsBusy() {},
    retry: async () => done(null),
    stop: async () => {},
  },
  warnings: null,
  centre: { call: (async (name: string) => told.get(name) ?? away()) as CentreClient['call'] },
  safety: {
    read: () => safety,
    subscribe: () => () => {},
  },
  feed: {
    state: () => ({ is: 'up' }),
    wall: () => null,
    subscribe: () => () => {},
    reportNow() {},
    again() {},
    watchSeats: () => () => {},
    close() {},
  },
  reference,
  notices,
  blackBox,
  halfWritten: halfWritten(sessionStorage, '1001', plainSealer),
  applyDevices() {},
  checkSeat: () => fake.phone.checkSound(),
  wake: () => fake.phone.nudge(),
  onCommand,
  headset,
  runCommand,
  signOut: async () => {},
}

const Window = () => {
  const [settings, setSettings] = useState<Settings>({ ...defaultSettings, theme })
  useEffect(() => headset.use(settings.headsetButtons), [settings.headsetButtons])
  const value = useMemo(
    () => ({
      ...workplace,
      settings,
      writeSettings: async (change: Partial<Settings>) => {
        // As the desktop does with a centre that has no TLS.
        if (change.centre?.startsWith('http:')) return failed('bad_input', '中心地址要用 https')
        chosen = change.keys ?? chosen
        setSettings((now) => ({ ...now, ...change }))
        return done({ ...settings, ...change })
      },
    }),
    [settings],
  )
  return (
    <Themed theme={settings.theme} language={settings.language}>
      <TextContext value={texts[settings.language]}>
        <AtWork value={value} />
      </TextContext>
    </Themed>
  )
}

const AtWork = ({ value }: { readonly value: Omit<Workplace, 'keysTaken'> }) => {
  const keysTaken = useKeysTaken(hotkeys, value, value.settings)
  const present = useMemo(() => ({ ...value, keysTaken }), [value, keysTaken])
  return (
    <WorkplaceContext value={present}>
      <App />
    </WorkplaceContext>
  )
}

const holder = { agent: session.account.id, seat: sip.extension, practice }
store.dispatch({ type: 'signedIn', holder, policy: reference.policy, ...stamp() })
fake.phone.connect(sip)

export type DeskOnPage = {
  readonly fake: typeof fake
  readonly store: typeof store
  readonly audit: readonly AuditNote[]
  readonly records: Records
  readonly mirror: Mirror
  readonly outbox: Outbox
  readonly told: Map<string, Answer<unknown>>
  readonly synced: SyncStatus
  readonly newCallId: typeof newCallId
  readonly beeps: readonly number[]
}
const desk: DeskOnPage = {
  fake,
  store,
  audit,
  records,
  mirror: kept.mirror,
  outbox: kept.outbox,
  told,
  synced,
  newCallId,
  beeps,
}
Object.assign(window, { desk12351: desk })

const place = document.getElementById('root')
if (place) createRoot(place).render(<Window />)
