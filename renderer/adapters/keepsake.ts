// Where the refresh token outlives a reload: under the system's key store in the desktop; in a browser in this tab
// only (sessionStorage), so that closing the tab signs out.
import type { Desk } from '../../contract/ipc.ts'
import type { Keepsake } from './session.ts'

const name = 'refresh-token'

export const keepsakeOf = (desk: Desk, page: Window): Keepsake => {
  if (page.desk)
    return {
      keep: (secret) => void desk['secrets.keep']({ name, secret }),
      async recall() {
        const answer = await desk['secrets.recall']({ name })
        return answer.ok ? answer.value : null
      },
      forget: () => void desk['secrets.forget']({ name }),
    }
  return {
    keep: (secret) => page.sessionStorage.setItem(name, secret),
    recall: async () => page.sessionStorage.getItem(name),
    forget: () => page.sessionStorage.removeItem(name),
  }
}
