// Where the refresh token outlives a reload: under the system's key store in the desktop; in a browser in this tab
// only (sessionStorage), so that closing the tab signs out. A duplicated tab has a copy of that: whose seat it is stands
// beside it [SESSION-16]. The desktop has one window.
import type { Desk } from '../../contract/ipc.ts'
import type { Keepsake } from './session.ts'

const name = 'refresh-token'
const seatName = 'refresh-token-seat'

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
  return {
    keep(secret, store) {
      page.sessionStorage.setItem(name, secret)
      page.sessionStorage.setItem(seatName, store)
    },
    async recall() {
      const refreshToken = page.sessionStorage.getItem(name)
      return refreshToken === null ? null : { refreshToken, store: page.sessionStorage.getItem(seatName) }
    },
    forget() {
      page.sessionStorage.removeItem(name)
      page.sessionStorage.removeItem(seatName)
    },
  }
}
