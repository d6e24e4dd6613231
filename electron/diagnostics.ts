// Saves the diagnostics file where the person says. The page names the file and gives its text; where it goes is
// asked in the system's own dialog, so no page can write anywhere by itself.
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { app, dialog, type BrowserWindow } from 'electron'
import { done, failed, type Answer } from '../contract/answer.ts'
import { note } from './log.ts'
import { words } from './words.ts'

export async function saveDiagnostics(
  window: BrowserWindow,
  name: string,
  text: string,
): Promise<Answer<{ saved: boolean }>> {
  const wish = {
    title: words.diagnostics.title,
    defaultPath: join(app.getPath('downloads'), name),
    filters: [{ name: words.diagnostics.kind, extensions: ['json'] }],
  }
  const choice = await dialog.showSaveDialog(window, wish)
  if (choice.canceled || choice.filePath === '') return done({ saved: false })
  try {
    await writeFile(choice.filePath, text, { encoding: 'utf8', mode: 0o600 })
    note('diagnostics saved')
    return done({ saved: true })
  } catch {
    return failed('failed', words.problem.diagnosticsUnsaved)
  }
}
