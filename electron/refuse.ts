// A start that must not happen: the reason is said where a person sees it, and nothing of the seat is opened.
import { app, dialog } from 'electron'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { words } from './words.ts'

export async function refuse(text: string, code: number): Promise<void> {
  // Linux shows no box before the program is ready, and being ready opens a profile: not the seat's.
  const folder = process.platform === 'linux' ? mkdtempSync(join(tmpdir(), 'hotline-seat-')) : null
  if (folder !== null) {
    app.setPath('userData', folder)
    await app.whenReady()
  }
  dialog.showErrorBox(words.product, text)
  if (folder !== null) rmSync(folder, { recursive: true, force: true })
  app.exit(code)
}
