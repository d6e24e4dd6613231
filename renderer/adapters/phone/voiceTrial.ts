// Does voice get through to the exchange at all? A call to its echo number that nobody speaks on: signalling says yes at
// once, but only a path that really carries packets connects. Firewalls like to let the one through and not the other.
import type { Clock } from '../../../core/ports.ts'
import type { VoicePath } from '../../../core/softphone/sound.ts'
import type { Media } from './media.ts'
import { timely } from './timely.ts'
import { sdpBody, type UserAgent } from './userAgent.ts'

const ANSWER_LIMIT_MS = 5_000
/** A path that works connects in a tenth of a second, on a very busy computer in a few; one that is blocked never does. */
const PATH_LIMIT_MS = 6_000

export async function tryVoicePath(
  deps: { clock: Clock; media: Media; ua: UserAgent },
  number: string,
): Promise<VoicePath> {
  const { clock, ua } = deps
  const media = timely(deps.media.open('mute'), deps.clock)
  const found = new Promise<void>((resolve) => media.onPath((path) => path === 'found' && resolve()))
  const target = ua.addressOf(number)
  try {
    const body = sdpBody(await media.offer('recvonly', false))
    return await new Promise<VoicePath>((resolve) => {
      const cancelLimit = clock.after(ANSWER_LIMIT_MS, () => {
        outgoing.cancel()
        resolve('untried')
      })
      const message = ua.request('INVITE', target, target, { headers: [ua.contactHeader], body })
      const outgoing = ua.core.invite(message, {
        onAccept(response) {
          cancelLimit()
          response.ack()
          const { session } = response
          const say = (path: VoicePath) => {
            cancelPath()
            session.bye()
            resolve(path)
          }
          const cancelPath = clock.after(PATH_LIMIT_MS, () => say('blocked'))
          media.accept(response.message.body, false).then(
            () => found.then(() => say('open')),
            () => say('untried'),
          )
        },
        onReject() {
          cancelLimit()
          resolve('untried')
        },
        onRedirect() {
          cancelLimit()
          resolve('untried')
        },
      })
    })
  } catch {
    return 'untried'
  } finally {
    media.close()
  }
}
