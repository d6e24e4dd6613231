// The gateway (消息网关) as a port, and the one adapter: JSON over HTTP, each message under its own idempotency key.
// What an answer means for the message is core/outward's to say.
import { GatewayAnswer, type OutwardMessage } from '../contract/outward.ts'
import type { GatewayWord } from '../core/outward/outward.ts'

export interface Gateway {
  /** Never throws; always answers within the time limit. */
  carry(message: OutwardMessage): Promise<GatewayWord>
}

export interface GatewayAddress {
  readonly url: string
  /** Shown to the gateway as a bearer token; null: it asks for none. */
  readonly secret: string | null
}

const limitMs = 10_000
/** Not now: too early, still at it, too many, or the gateway's own trouble. Any other 4xx will never be taken. */
const passing = (status: number): boolean => status >= 500 || [401, 403, 408, 409, 425, 429].includes(status)

const waitOf = (response: Response): number | undefined => {
  const seconds = Number(response.headers.get('retry-after') ?? '')
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : undefined
}

/** Is it the answer to this message, and not a portal's page or the echo of another? */
const isAnswerTo = async (response: Response, key: string): Promise<boolean> => {
  const text = await response.text()
  try {
    return GatewayAnswer.parse(JSON.parse(text)).key === key
  } catch {
    return false
  }
}

export const httpGateway = ({ url, secret }: GatewayAddress): Gateway => ({
  async carry(message) {
    try {
      const response = await fetch(url, {
        method: 'POST',
        redirect: 'manual',
        signal: AbortSignal.timeout(limitMs),
        headers: {
          'content-type': 'application/json',
          'idempotency-key': message.key,
          ...(secret === null ? {} : { authorization: `Bearer ${secret}` }),
        },
        body: JSON.stringify(message),
      })
      if (response.ok && (await isAnswerTo(response, message.key))) return { is: 'has' }
      await response.body?.cancel().catch(() => undefined)
      if (response.ok || Math.floor(response.status / 100) === 3)
        return { is: 'later', said: 'not the gateway', retryAfterMs: undefined }
      const said = `HTTP ${response.status}`
      return passing(response.status)
        ? { is: 'later', said, retryAfterMs: waitOf(response) }
        : { is: 'never', said }
    } catch {
      return { is: 'silent' }
    }
  },
})
