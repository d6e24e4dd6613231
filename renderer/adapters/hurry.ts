// Ends the uploader's wait when waiting has become pointless, save one the centre asked for: the network is back, or a session is new again.
import type { SessionKeeper } from './session.ts'
import type { SyncLoop } from './syncLoop.ts'

/** The answer ends it. */
export const hurryWhenBack = (
  sync: Pick<SyncLoop, 'hurry'>,
  session: SessionKeeper,
  page: Pick<Window, 'addEventListener' | 'removeEventListener'>,
): (() => void) => {
  let token = session.token()
  const leave = session.subscribe(() => {
    if (session.token() === token) return
    token = session.token()
    if (token !== null) sync.hurry()
  })
  page.addEventListener('online', sync.hurry)
  return () => {
    leave()
    page.removeEventListener('online', sync.hurry)
  }
}
