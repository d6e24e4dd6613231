// Tells the queue something by dialling one of its codes: an INVITE nobody speaks on. The PBX does what the code says
// and hangs up, mostly without answering; that refusal is the good news.
import type { IncomingResponseMessage } from 'sip.js/lib/core/index.js'
import { done, failed, type Answer } from '../../../contract/answer.ts'
import type { Clock } from '../../../core/ports.ts'
import { reasonOf } from './endCause.ts'
import type { Media } from './media.ts'
import { phoneTexts } from './phoneTexts.ts'
import { timely } from './timely.ts'
import { sdpBody, type UserAgent } from './userAgent.ts'

const LIMIT_MS = 5_000
const NORMAL_CLEARING = 16
/** Final answers a dialplan gives after it has run, when it gives no Reason. */
const RAN_TO_ITS_END = [480, 486, 600, 603]

export function dialQueueCode(
  deps: { clock: Clock; media: Media; ua: UserAgent; isLineGood: boolean },
  code: string,
): Promise<Answer<null>> {
  if (!deps.isLineGood) return Promise.resolve(failed('unreachable', phoneTexts.queueNoAnswer))
  const media = timely(deps.media.open('mute'), deps.clock)
  return media
    .offer('recvonly', false)
    .then((offer) => invite(deps, code, offer))
    .catch(() => failed('failed', phoneTexts.queueRefused))
    .finally(() => media.close())
}

function invite(deps: { clock: Clock; ua: UserAgent }, code: string, offer: string): Promise<Answer<null>> {
  const { clock, ua } = deps
  const refused = failed('failed', phoneTexts.queueRefused)
  const target = ua.addressOf(code)
  const message = ua.request('INVITE', target, target, { headers: [ua.contactHeader], body: sdpBody(offer) })
  return new Promise((resolve) => {
    const cancelLimit = clock.after(LIMIT_MS, () => {
      outgoing.cancel()
      resolve(failed('unreachable', phoneTexts.queueNoAnswer))
    })
    const settle = (answer: Answer<null>) => {
      cancelLimit()
      resolve(answer)
    }
    const outgoing = ua.core.invite(message, {
      onAccept(response) {
        response.ack()
        response.session.bye()
        settle(done(null))
      },
      onReject: ({ message: response }) => settle(hasRun(response) ? done(null) : refused),
      onRedirect: () => settle(refused),
    })
  })
}

/** The dialplan ran the code and hung up, in contrast to: there is no such code, or nobody answered at all. */
function hasRun(response: IncomingResponseMessage): boolean {
  if (response.data === undefined) return false
  return reasonOf(response)?.code === NORMAL_CLEARING || RAN_TO_ITS_END.includes(response.statusCode ?? 0)
}
