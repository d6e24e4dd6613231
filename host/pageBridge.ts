// The text that runs in the page before any of its own: the program's real preload with a small contextBridge and
// ipcRenderer around it. There is no isolated world here, so nothing but what the preload exposes is left visible.

/** Names of the two doors between page and stand-in; made anew for each start so that no page can guess them. */
export type Doors = { readonly invoke: string; readonly hear: string }

/** Page origin that stands for app://workstation: nobody can ever own a name under .invalid. */
export const pageOrigin = 'https://workstation.app.invalid'

/** Runs in the page; must not refer to anything outside itself. */
function bridge(doors: Doors, origin: string, runPreload: (require: (name: string) => object) => void): void {
  if (location.origin !== origin || window.top !== window) return
  const door: unknown = Reflect.get(window, doors.invoke)
  if (typeof door !== 'function') throw new Error('host: the page has no door')
  const invoke = async (channel: string, json: string): Promise<unknown> =>
    JSON.parse(await Reflect.apply(door, window, [channel, json]))
  Reflect.deleteProperty(window, doors.invoke)
  const listeners = new Map<string, Set<(event: object, ...args: unknown[]) => void>>()
  Object.defineProperty(window, doors.hear, {
    value: (channel: string, json: string) => {
      const args: unknown[] = JSON.parse(json)
      for (const listener of listeners.get(channel) ?? []) listener({}, ...args)
    },
  })
  // The bridge of contract/ipc.ts carries JSON only; anything else would arrive changed, so it is refused.
  const plain = (value: unknown, path: string): void => {
    if (value === null || ['string', 'number', 'boolean'].includes(typeof value)) return
    const prototype: unknown = typeof value === 'object' ? Object.getPrototypeOf(value) : null
    const isPlain = prototype === Object.prototype || Array.isArray(value)
    if (!isPlain) throw new TypeError(`host: ${path} is not JSON`)
    for (const [name, part] of Object.entries(value ?? {})) {
      if (part !== undefined) plain(part, `${path}.${name}`)
    }
  }
  const frozen = <T>(value: T): T => {
    if (typeof value === 'object' && value !== null) Object.values(value).forEach(frozen)
    return Object.freeze(value)
  }
  const ipcRenderer = {
    async invoke(channel: string, ...args: unknown[]) {
      args.forEach((arg, index) => plain(arg, `argument ${index}`))
      return await invoke(channel, JSON.stringify(args))
    },
    on(channel: string, listener: (event: object, ...args: unknown[]) => void) {
      listeners.set(channel, (listeners.get(channel) ?? new Set()).add(listener))
    },
    removeListener(channel: string, listener: (event: object, ...args: unknown[]) => void) {
      listeners.get(channel)?.delete(listener)
    },
  }
  const contextBridge = {
    exposeInMainWorld(name: string, api: object) {
      Object.defineProperty(window, name, { value: frozen({ ...api }), enumerable: true })
    },
  }
  runPreload((name) => {
    if (name !== 'electron') throw new Error(`host: a sandboxed preload cannot require ${name}`)
    return { ipcRenderer, contextBridge }
  })
}

/** `preload`: text of the real bundle. */
export const bridgeText = (doors: Doors, preload: string): string =>
  `(${bridge.toString()})(${JSON.stringify(doors)}, ${JSON.stringify(pageOrigin)}, (require) => {
const module = { exports: {} }, exports = module.exports;
${preload}
})`
