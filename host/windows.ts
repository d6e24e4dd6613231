// BrowserWindow and its webContents. Refuses windows that are not sandboxed and isolated.
import { EventEmitter } from 'node:events'
import { preventable, record, strict } from './record.ts'
import { stage, type Shown } from './stage.ts'

type Preferences = Readonly<Record<string, unknown>> & { readonly preload?: string }
type Options = Readonly<Record<string, unknown>> & { readonly webPreferences?: Preferences }
type Bounds = { x: number; y: number; width: number; height: number }

/** Set once by application.ts; kept here to avoid a circle of imports. */
export const hooks: { created: (contents: WebContents) => void; allClosed: () => void } = {
  created() {},
  allClosed() {},
}

const safe: Readonly<Record<string, boolean>> = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webviewTag: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
}

function refuseUnsafe(preferences: Preferences): void {
  for (const [name, wanted] of Object.entries(safe)) {
    const given = preferences[name]
    const mustBeSaid = name === 'sandbox' || name === 'contextIsolation' || name === 'nodeIntegration'
    if (given === undefined ? mustBeSaid : given !== wanted) {
      throw new Error(`host: refused a window with ${name}: ${String(given)}`)
    }
  }
  if ('enableBlinkFeatures' in preferences) throw new Error('host: refused a window with Blink features')
}

export class WebContents extends EventEmitter {
  readonly mainFrame = { url: '', parent: null, origin: '' }
  openHandler: (details: { url: string }) => { action: string } = () => ({ action: 'allow' })
  private readonly shown: Shown
  private destroyed = false

  constructor(shown: Shown) {
    super()
    this.shown = shown
    const guarded = strict<this>('webContents', this)
    hooks.created(guarded)
    return guarded
  }
  moved(url: string): void {
    this.mainFrame.url = url
    this.mainFrame.origin = url.split('/').slice(0, 3).join('/')
  }
  gone(): void {
    this.destroyed = true
  }
  getURL(): string {
    return this.mainFrame.url
  }
  isDestroyed(): boolean {
    return this.destroyed
  }
  send(channel: string, ...args: unknown[]): void {
    record('webContents.send', channel, ...args)
    stage().tell(this.shown, channel, args)
  }
  forcefullyCrashRenderer(): void {
    record('webContents.forcefullyCrashRenderer')
    this.emit('render-process-gone', preventable({}), { reason: 'killed', exitCode: 1 })
  }
  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }): void {
    this.openHandler = handler
  }
}

export class BrowserWindow extends EventEmitter {
  static readonly all: BrowserWindow[] = []
  static getAllWindows(): BrowserWindow[] {
    return BrowserWindow.all
  }
  readonly webContents: WebContents
  private readonly shown: Shown
  private readonly options: Options
  private state = { visible: false, focused: false, minimized: false, maximized: false, destroyed: false }

  constructor(options: Options) {
    super()
    const preferences = options.webPreferences ?? {}
    refuseUnsafe(preferences)
    record('BrowserWindow', options)
    this.options = options
    this.shown = {
      preload: preferences.preload ?? '',
      size: { width: Number(options['width'] ?? 800), height: Number(options['height'] ?? 600) },
      contents: () => this.webContents,
      closed: () => this.destroy(),
      crashed: () => {
        this.webContents.emit('render-process-gone', preventable({}), { reason: 'crashed', exitCode: 1 })
      },
      refuses: (kind, url) => {
        const event = preventable({ url, isMainFrame: kind === 'will-navigate' })
        this.webContents.emit(kind, event)
        return event.defaultPrevented
      },
    }
    this.webContents = new WebContents(this.shown)
    const guarded = strict<this>('BrowserWindow', this)
    BrowserWindow.all.push(guarded)
    return guarded
  }
  async loadURL(url: string): Promise<void> {
    record('loadURL', url)
    this.webContents.moved(url)
    await stage().load(this.shown, url)
    this.webContents.emit('did-finish-load')
    this.emit('ready-to-show')
  }
  show(): void {
    record('show')
    this.appear()
    this.focus()
  }
  showInactive(): void {
    record('showInactive')
    this.state.minimized = false
    this.appear()
  }
  private appear(): void {
    const isNew = !this.state.visible
    this.state.visible = true
    if (isNew) this.emit('show')
  }
  focus(): void {
    if (this.state.focused) return
    this.state.focused = true
    stage().raise(this.shown)
    this.emit('focus')
  }
  blur(): void {
    this.state.focused = false
    this.emit('blur')
  }
  hide(): void {
    this.state.visible = false
    this.blur()
  }
  minimize(): void {
    this.state.minimized = true
    this.blur()
  }
  restore(): void {
    record('restore')
    this.state.minimized = false
  }
  /** Shows it as well, as in Electron. */
  maximize(): void {
    record('maximize')
    this.state.maximized = true
    this.appear()
  }
  isVisible(): boolean {
    return this.state.visible
  }
  isFocused(): boolean {
    return this.state.focused
  }
  isMinimized(): boolean {
    return this.state.minimized
  }
  isMaximized(): boolean {
    return this.state.maximized
  }
  isDestroyed(): boolean {
    return this.state.destroyed
  }
  getNormalBounds(): Bounds {
    const of = (name: string, otherwise: number) => Number(this.options[name] ?? otherwise)
    return { x: of('x', 0), y: of('y', 0), width: of('width', 800), height: of('height', 600) }
  }
  setMenuBarVisibility(visible: boolean): void {
    record('setMenuBarVisibility', visible)
  }
  setAlwaysOnTop(flag: boolean, level: string): void {
    record('setAlwaysOnTop', flag, level)
  }
  setVisibleOnAllWorkspaces(visible: boolean, options: object): void {
    record('setVisibleOnAllWorkspaces', visible, options)
  }
  setOverlayIcon(image: unknown, description: string): void {
    record('setOverlayIcon', image, description)
  }
  flashFrame(flash: boolean): void {
    record('flashFrame', flash)
  }
  /** Asks the program first, as a click on the cross does in Electron. */
  close(): void {
    const event = preventable({})
    this.emit('close', event)
    if (!event.defaultPrevented) this.destroy()
  }
  destroy(): void {
    if (this.state.destroyed) return
    this.state.destroyed = true
    this.webContents.gone()
    stage().close(this.shown)
    const at = BrowserWindow.all.findIndex((window) => window.webContents === this.webContents)
    if (at >= 0) BrowserWindow.all.splice(at, 1)
    this.emit('closed')
    if (BrowserWindow.all.length === 0) hooks.allClosed()
  }
}
