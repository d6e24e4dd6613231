// A computer without a sealed session: signing in needs the centre.
import { failed } from '../../contract/answer.ts'
import type { SealedSessions } from '../../renderer/adapters/sealedSession.ts'

export const nothingSealed: SealedSessions = {
  seal: async (_url, { storeKeys }) => storeKeys,
  open: async () => failed('not_found', '没有'),
  destroy: async () => undefined,
  destroyOld: async () => undefined,
}
