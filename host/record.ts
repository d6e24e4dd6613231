// The stand-in's memory: what the program asked of "Electron", in order, so that a test can look. And `strict`,
// which makes the stand-in refuse whatever it does not know, so that nothing seems to work that does not.

export type Recorded = { readonly api: string; readonly args: readonly unknown[] }

const calls: Recorded[] = []

export function record(api: string, ...args: readonly unknown[]): void {
  calls.push({ api, args })
}

/** Everything asked of one API since the start or the last `forget`. */
export const recorded = (api: string): readonly (readonly unknown[])[] =>
  calls.filter((call) => call.api === api).map((call) => call.args)

export function forget(): void {
  calls.length = 0
}

/** Asked for by promise resolution, printing and vitest; their absence is an answer. */
const tolerated = new Set(['then', 'toJSON', 'asymmetricMatch', 'nodeType', 'constructor', '$$typeof'])

export function strict<T extends object>(name: string, target: T): T {
  return new Proxy(target, {
    get(object, property, receiver) {
      if (typeof property === 'symbol' || property in object || tolerated.has(property)) {
        return Reflect.get(object, property, receiver)
      }
      throw new Error(`host: ${name}.${property} is not implemented`)
    },
  })
}

/** An event whose default a listener may prevent, as Electron hands out. */
export type Preventable = { defaultPrevented: boolean; preventDefault(): void }

export function preventable<T extends object>(more: T): Preventable & T {
  const event = {
    ...more,
    defaultPrevented: false,
    preventDefault() {
      event.defaultPrevented = true
    },
  }
  return event
}
