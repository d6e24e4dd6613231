// How many forms are unfiled, on the program's icon: where the system counts by itself, and on Windows, which does not,
// as a small image over the icon in the taskbar.
import { app, nativeImage, type BrowserWindow } from 'electron'
import { join } from 'node:path'
import { platform } from 'node:process'
import { words } from './words.ts'

/** More than this is "many": two digits are not to be read at that size. */
const most = 9

export function makeBadge(
  window: BrowserWindow,
  icons: string,
  system: NodeJS.Platform = platform,
): (unfiled: number) => void {
  let shown = 0
  return (unfiled) => {
    if (system !== 'win32') app.setBadgeCount(unfiled)
    else if (unfiled === 0 && shown !== 0) window.setOverlayIcon(null, '')
    else if (unfiled !== shown) {
      const name = unfiled > most ? 'many' : String(unfiled)
      window.setOverlayIcon(
        nativeImage.createFromPath(join(icons, `${name}.png`)),
        words.tray.unfiled(unfiled),
      )
    }
    shown = unfiled
  }
}
