// A line to the PBX that is down, in one phrase, counting down to the next try.
import { useNow } from '../app/ticker.ts'
import { useText } from '../text/catalogue.ts'
import { useWorkstation } from '../workplace.ts'
import { linkName } from './linkName.ts'

export const useLinkWord = (): string => {
  const t = useText().phoneLink
  const link = useWorkstation((state) => state.phone)
  const now = useNow()
  if (link.link !== 'disconnected') return t.state[linkName(link)].badge
  const seconds = Math.ceil((link.retryAt - now) / 1000)
  return seconds > 0 ? t.retryIn(seconds) : t.retrying
}
