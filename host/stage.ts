// Where windows are shown. Without a stage they exist only as records (unit tests); host/chromium.ts provides one
// that shows them in an installed browser.

import type { WebContents } from './windows.ts'

export type Shown = {
  readonly preload: string
  readonly size: { readonly width: number; readonly height: number }
  contents(): WebContents
  /** The page or the user closed it. */
  closed(): void
  crashed(): void
  /** True: the program forbids going there. */
  refuses(kind: 'will-navigate' | 'will-frame-navigate', url: string): boolean
}

export type Stage = {
  load(shown: Shown, url: string): Promise<void>
  tell(shown: Shown, channel: string, args: readonly unknown[]): void
  raise(shown: Shown): void
  close(shown: Shown): void
  quit(code: number): void
  /** A question with buttons; answers the index of the pressed one. */
  ask(message: string, buttons: readonly string[], cancelId: number): Promise<number>
}

const offstage: Stage = {
  load: () => Promise.resolve(),
  tell() {},
  raise() {},
  close() {},
  quit() {},
  ask: (_message, _buttons, cancelId) => Promise.resolve(cancelId),
}

let current = offstage

export const stage = (): Stage => current

export function takeStage(next: Stage): void {
  current = next
}
