// A page that crashed comes back by itself, a few times; one that hangs only if the agent says so. Law: DESK-13.
import { dialog, type BrowserWindow } from 'electron'
import { setTimeout as pause } from 'node:timers/promises'
import { note } from './log.ts'
import { words } from './words.ts'

/** A page that dies oftener than this is not helped by loading it once more. */
const most = { crashes: 3, withinMs: 60_000 }
/** A new page process that is wanted in the same breath sometimes does not start. */
const breathMs = 300

const ask = async (
  window: BrowserWindow,
  said: { readonly title: string; readonly detail: string },
  buttons: readonly [string, string],
  signal?: AbortSignal,
): Promise<boolean> => {
  const { response } = await dialog.showMessageBox(window, {
    type: 'warning',
    title: words.product,
    message: said.title,
    detail: said.detail,
    buttons: [...buttons],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
    ...(signal ? { signal } : {}),
  })
  return response === 1
}

type Page = {
  /** Nobody is seated in it any more: what rings in other programs, or keeps the computer awake, ends. */
  readonly gone: () => void
  readonly load: () => Promise<void>
}

export function recoverPage(window: BrowserWindow, { gone, load }: Page): void {
  let crashes: number[] = []
  const comeBack = async () => {
    const now = performance.now()
    crashes = [...crashes.filter((at) => now - at < most.withinMs), now]
    if (crashes.length > most.crashes) {
      crashes = []
      const { again, leave } = words.broken
      if (await ask(window, words.broken, [again, leave])) return window.destroy()
    }
    await pause(breathMs)
    if (!window.isDestroyed()) await load()
  }
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (window.isDestroyed()) return
    note('page crashed', { reason })
    gone()
    void comeBack()
  })

  /** Withdraws the question. */
  let asking: AbortController | null = null
  window.on('responsive', () => asking?.abort())
  window.on('unresponsive', () => {
    if (asking) return
    note('page hangs')
    const question = new AbortController()
    asking = question
    const { wait, reload } = words.stuck
    void ask(window, words.stuck, [wait, reload], question.signal).then((wanted) => {
      asking = null
      // A page that hangs does not hear that it is to reload.
      if (wanted && !question.signal.aborted) window.webContents.forcefullyCrashRenderer()
    })
  })
}
