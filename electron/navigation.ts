// Keeps every page of this program where it is: no navigation away, no second window, no webview.
import { app } from 'electron'
import { isOurs } from './origin.ts'
import { note } from './log.ts'

export function keepPagesHere(): void {
  app.on('web-contents-created', (_event, contents) => {
    const guard = (event: { preventDefault(): void; url: string }) => {
      if (isOurs(event.url)) return
      event.preventDefault()
      note('navigation refused')
    }
    contents.on('will-navigate', guard)
    contents.on('will-redirect', guard)
    contents.on('will-frame-navigate', guard)
    contents.on('will-attach-webview', (event) => {
      event.preventDefault()
    })
    contents.setWindowOpenHandler(() => ({ action: 'deny' }))
  })
}
