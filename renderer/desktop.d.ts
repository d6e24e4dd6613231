// What the desktop's preload puts on the page; absent in a browser.
import type { Desk } from '../contract/ipc.ts'

declare global {
  interface Window {
    readonly desk?: Desk
  }
}
