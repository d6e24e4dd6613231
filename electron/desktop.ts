// Puts the desktop together: which part is made when, and how the parts hear of each other. Each concern itself
// lives in its own file; where the files of the program lie is told by main.ts.
import { app, powerMonitor, session } from 'electron'
import { join } from 'node:path'
import { versions } from 'node:process'
import { nobodySeated } from '../contract/ipc.ts'
import type { CommandName } from '../core/commands.ts'
import { keyMapOf } from '../core/keyMap.ts'
import { declareScheme, servePage } from './appScheme.ts'
import { makeAttention } from './attention.ts'
import { startsWithSystem, startWithSystem } from './autostart.ts'
import { makeBadge } from './badge.ts'
import { makeCentre } from './centre.ts'
import { isCopied, whyNotWritable } from './dataFolder.ts'
import { serveDesk, tellPage } from './desk.ts'
import { usualDiskLimits, watchDisk } from './diskWatch.ts'
import { tellOfDownloads } from './downloads.ts'
import { makeHandlers } from './handlers.ts'
import { allowChosenHeadsets } from './headsets.ts'
import { makeHotkeys } from './hotkeys.ts'
import { openJournal } from './journal.ts'
import { realDisk } from './journalDisk.ts'
import { openReserve, reserveBytes } from './journalReserve.ts'
import { note, openLog } from './log.ts'
import { popUpEditMenu, setMenu } from './menu.ts'
import { keepPagesHere } from './navigation.ts'
import { startPage } from './origin.ts'
import { grantOnlyNeeded } from './permissions.ts'
import { makePracticeCentre } from './practiceCentre.ts'
import { recoverPage } from './recovery.ts'
import { refuse } from './refuse.ts'
import { openSecrets } from './secrets.ts'
import { openMemory, openSettings } from './settings.ts'
import { makeRingWindow } from './ringWindow.ts'
import { readStartArguments, weakens } from './startArguments.ts'
import { putIntoTray } from './tray.ts'
import { openWindow, type Desktop } from './window.ts'
import { words } from './words.ts'

export type Places = {
  readonly preload: string
  readonly renderer: string
  readonly server: string
  readonly assets: string
}

/** False: refused or a second instance; the process then ends. */
export async function startDesktop(places: Places, argv: readonly string[]): Promise<boolean> {
  const refusal = weakens(argv, process.env, app.isPackaged)
  if (refusal !== null) {
    const say = refusal.kind === 'switch' ? words.refused.switches : words.refused.variable
    await refuse(say(refusal.name), 2)
    return false
  }
  const wanted = readStartArguments(argv)
  const data = wanted.data ?? join(app.getPath('appData'), 'hotline-seat')
  const why = whyNotWritable(data)
  if (why !== null) {
    await refuse(words.dataFolder[why](data), 3)
    return false
  }
  app.setPath('userData', data)
  if (!app.requestSingleInstanceLock()) {
    app.quit()
    return false
  }
  app.enableSandbox()
  declareScheme()
  keepPagesHere()
  // Also names the notification and the taskbar entry on Windows.
  app.setAppUserModelId('cn.org.hotline-seat')

  openLog(join(data, 'logs'))
  const settings = openSettings(data)
  const memory = openMemory(data)
  const secrets = openSecrets(data)
  const practice = makePracticeCentre(places.server, join(data, 'practice-centre'), (accounts) => {
    // A packaged program has no terminal; there a newcomer's seat needs no account.
    if (app.isPackaged) return
    process.stdout.write(accounts.map((one) => `${words.demo(one)}\n`).join(''))
  })
  const centre = makeCentre(settings, memory, practice)
  /** The centre has not told its exchanges yet: it is away, or its certificate is refused. */
  let untold = false
  const learn = async (): Promise<boolean> => {
    untold = false
    const told = await centre.learn()
    untold = told === 'away'
    return told === 'changed'
  }

  let desktop: Desktop | null = null
  const page = () => (desktop === null || desktop.window.isDestroyed() ? null : desktop.window.webContents)
  // A link may come before anybody has signed in, even before there is a page: it waits for a seat.
  let toDial: string | null = null
  const dial = (number: string | null) => {
    toDial = number ?? toDial
    if (toDial === null || desktop === null || desktop.state().phase === 'signedOut') return
    tellPage(page(), 'dial.requested', { number: toDial })
    toDial = null
  }
  const journalDisk = realDisk(join(data, 'journal'))
  const disk = watchDisk({
    disk: journalDisk,
    reserve: openReserve(journalDisk, reserveBytes),
    copied: isCopied(memory),
    limits: usualDiskLimits,
    tell: (shown) => tellPage(page(), 'disk.changed', shown),
  })
  disk.start()
  const journal = openJournal(journalDisk, disk)
  app.on('second-instance', (_event, secondArgv) => {
    desktop?.raise()
    dial(readStartArguments(secondArgv).dial)
  })
  app.on('open-url', (event, url) => {
    event.preventDefault()
    dial(readStartArguments([url]).dial)
  })
  app.on('window-all-closed', () => app.quit())
  app.on('will-quit', () => {
    practice.stop()
    void journal.close()
  })

  await app.whenReady()
  note('started', { version: app.getVersion(), packaged: app.isPackaged })
  if (app.isPackaged) for (const kind of ['tel', 'sip']) app.setAsDefaultProtocolClient(kind)
  session.defaultSession.setSpellCheckerEnabled(false)
  grantOnlyNeeded(session.defaultSession)
  allowChosenHeadsets(session.defaultSession, memory)
  servePage(session.defaultSession, places.renderer, () => centre.connects())
  tellOfDownloads(session.defaultSession, (ended) => tellPage(page(), 'download.ended', ended))
  setMenu(!app.isPackaged)

  // Started now so that it is there when the page asks; a configured centre is asked for its PBX first, once.
  if (settings.read().centre === null) void practice.find()
  else if (!centre.isKnown()) await learn()

  const opened = openWindow({
    preload: places.preload,
    icon: join(places.assets, 'icon.png'),
    memory,
    hidden: wanted.hidden,
  })
  desktop = opened
  // [SESSION-18] Neither comes when the program is killed, nor when the page crashes or is loaded anew.
  opened.window.on('closed', () => secrets.end())
  opened.window.on('session-end', () => secrets.end())
  /** The page may not reach the exchanges the centre has told since, and waits for the end of a call or a form. */
  let isOutdated = false
  /** Whoever was seated in the page that goes is not in the one that comes, not yet. */
  const gone = () => showState(nobodySeated)
  const load = () => {
    isOutdated = false
    gone()
    return opened.window.loadURL(startPage)
  }
  const isOnCall = () => opened.state().onCall || opened.state().ringing
  /** [DESK-28] Neither at the door nor in a wrap-up: somebody types. Nor under a call. */
  const isFree = () => !['signedOut', 'wrapup'].includes(opened.state().phase) && !isOnCall()
  const loadWhenFree = () => {
    if (isOutdated && isFree()) void load()
  }
  const isPractice = () => settings.read().centre === null
  const keys = () => keyMapOf(settings.read().keys)
  const press = (command: CommandName) => tellPage(page(), 'command.requested', { command })
  const showTray = putIntoTray({
    icons: join(places.assets, 'tray'),
    keys,
    press,
    notReady: (reason) => tellPage(page(), 'notReady.requested', { reason }),
    show: () => opened.raise(),
    quit: () => opened.window.close(),
    startsWithSystem,
    startWithSystem,
  })
  showTray(opened.state(), isPractice())
  const ringWindow = makeRingWindow(places.preload)
  const hotkeys = makeHotkeys(keys, press, (commands) =>
    tellPage(page(), 'hotkeys.changed', { commands: [...commands] }),
  )
  const badge = makeBadge(opened.window, join(places.assets, 'badge'))
  const attention = { desktop: opened, keys, hotkeys, ringWindow, badge, press }
  const showState = makeAttention(attention, (state) => {
    showTray(state, isPractice())
    dial(null)
    loadWhenFree()
    if (!untold || !isFree()) return
    void learn().then((changed) => {
      isOutdated ||= changed
      // It may ring by now.
      loadWhenFree()
    })
  })

  serveDesk(
    makeHandlers({
      settings,
      secrets,
      centre,
      journal,
      disk,
      hotkeys,
      // A stand-in has no Electron version; it names itself.
      runtime: () => (versions['electron'] ? `Electron ${versions['electron']}` : app.getName()),
      window: () => opened.window,
      raise: () => opened.raise(),
      showState,
      ring: () => {
        const { language, theme } = settings.read()
        const reaching = (command: CommandName) =>
          hotkeys.taken().includes(command) ? null : keys()[command]
        const shown = { answer: reaching('answer'), reject: reaching('reject') }
        return { ring: opened.state().ring, keys: shown, language, theme }
      },
      pressInRing(what) {
        // Whoever clicks has the hand on the mouse: the form may come to the front with the call.
        if (what !== 'reject') opened.raise()
        if (what !== 'show') press(what)
      },
      centreMoved() {
        if (!isPractice()) practice.stop()
        void learn().then(() => {
          isOutdated = true
          if (!isOnCall()) void load()
        })
      },
    }),
    page,
    ringWindow.page,
  )
  recoverPage(opened.window, { gone, load })
  popUpEditMenu(opened.window.webContents)
  powerMonitor.on('suspend', () => tellPage(page(), 'power.changed', { state: 'suspend' }))
  powerMonitor.on('resume', () => tellPage(page(), 'power.changed', { state: 'resume' }))

  dial(wanted.dial)
  await load()
  // Known addresses may be out of date. Before anybody has signed in loading once more disturbs nobody.
  if (isPractice() || !(await learn())) return true
  isOutdated = true
  if (opened.state().phase === 'signedOut') await load()
  return true
}
