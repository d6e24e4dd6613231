// Where the refresh token outlives a reload or a crash: under the system's key store in the desktop, which forgets it when its
// window is closed on purpose [SESSION-18], beside the centre that gave it [SESSION-19]; in a browser in this tab only
// (sessionStorage, of this centre alone by its origin). A tab that was closed and is brought back by the browser has it again:
// it was left in order. A duplicated tab has a copy: whose seat it is stands beside it [SESSION-16].
import { z } from 'zod'
import type { Desk } from '../../contract/ipc.ts'
import type { Keepsake } from './session.ts'

const name = 'refresh-token'
const seatName = 'refresh-token-seat'
/** Stands while the page is not there, but for a crash. */
const leftName = 'page-left'
/** What browsers call a tab that is brought back, and a page returned to from another one. */
const broughtBack = 'back_forward'

const wasClosed = ({ sessionStorage, performance }: Window): boolean => {
  const wasLeft = sessionStorage.getItem(leftName) !== null
  sessionStorage.removeItem(leftName)
  const [navigation] = performance.getEntriesByType('navigation')
  return wasLeft && navigation !== undefined && 'type' in navigation && navigation.type === broughtBack
}

const Secret = z.object({ centre: z.string(), refreshToken: z.string() })
type Secret = z.infer<typeof Secret>

const secretOf = (text: string): Secret | null => {
  try {
    return Secret.parse(JSON.parse(text))
  } catch {
    return null
  }
}

/** `centre`: the same as long as the desk is not moved to another one. */
export const keepsakeOf = (desk: Desk, page: Window, centre: string): Keepsake => {
  if (page.desk)
    return {
      keep(refreshToken) {
        const secret: Secret = { centre, refreshToken }
        void desk['secrets.keep']({ name, secret: JSON.stringify(secret) })
      },
      async recall() {
        const answer = await desk['secrets.recall']({ name })
        const secret = answer.ok && answer.value !== null ? secretOf(answer.value) : null
        return secret?.centre === centre ? { refreshToken: secret.refreshToken, store: null } : null
      },
      forget: () => void desk['secrets.forget']({ name }),
    }
  const forget = (): void => {
    page.sessionStorage.removeItem(name)
    page.sessionStorage.removeItem(seatName)
  }
  if (wasClosed(page)) forget()
  page.addEventListener('pagehide', () => page.sessionStorage.setItem(leftName, ''))
  return {
    keep(secret, store) {
      page.sessionStorage.setItem(name, secret)
      page.sessionStorage.setItem(seatName, store)
    },
    async recall() {
      const refreshToken = page.sessionStorage.getItem(name)
      return refreshToken === null ? null : { refreshToken, store: page.sessionStorage.getItem(seatName) }
    },
    forget,
  }
}
