// A browser that a program drives keeps downloads to itself and throws them away at its end: here they go where a person
// finds them, and the program hears of them as from Electron's session.
import { EventEmitter } from 'node:events'
import { existsSync } from 'node:fs'
import { basename, join, parse } from 'node:path'
import type { Download } from 'playwright-core'
import { app, sessionEvents } from './application.ts'
import { preventable } from './record.ts'

/** "a.csv", then "a (2).csv" and so on. */
export function freePlace(folder: string, file: string): string | null {
  const { name, ext } = parse(file)
  const tries = ['', ...Array.from({ length: 98 }, (_, n) => ` (${n + 2})`)]
  return tries.map((nth) => join(folder, `${name}${nth}${ext}`)).find((place) => !existsSync(place)) ?? null
}

export async function keepDownload(download: Download): Promise<void> {
  const name = basename(download.suggestedFilename())
  const item = Object.assign(new EventEmitter(), { getFilename: () => name })
  sessionEvents.emit('will-download', preventable({}), item)
  const place = freePlace(app.getPath('downloads'), name)
  const isSaved =
    place !== null &&
    (await download.saveAs(place).then(
      () => true,
      () => false,
    ))
  item.emit('done', preventable({}), isSaved ? 'completed' : 'interrupted')
}
