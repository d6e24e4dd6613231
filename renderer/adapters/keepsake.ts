// Where the refresh token outlives a reload or a crash: under the system's key store in the desktop, which forgets it when its
// window is closed on purpose [SESSION-18]; in a browser in this tab only (sessionStorage). A tab that was closed and is brought
// back by the browser has it again: it was left in order. A duplicated tab has a copy: whose seat it is stands beside it [SESSION-16].
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

export const keepsakeOf = (desk: Desk, page: Window): Keepsake => {
  if (page.desk)
    return {
      keep: (secret) => void desk['secrets.keep']({ name, secret }),
      async recall() {
        const answer = await desk['secrets.recall']({ name })
        return answer.ok && answer.value !== null ? { refreshToken: answer.value, store: null } : null
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
