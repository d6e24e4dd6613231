// Tells the queue something by dialling one of its codes: an INVITE nobody speaks on. The PBX does what the code says
// and hangs up, mostly without answering; that refusal is the good news.
import { done, failed, type Answer } from '../../../contract/answer.ts'
import type { Clock } from '../../../core/ports.ts'
import { reasonOf } from './endCause.ts'
import type { Media } from './media.ts'
import { phoneTexts } from './phoneTexts.ts'
import { sdpBody, type UserAgent } from './userAgent.ts'

const LIMIT_MS = 5_000
const NORMAL_CLEARING = 16
/** Final answers a dialplan gives after it has run, when it gives no Reason. */
const RAN_TO_ITS_END = [480, 486, 600, 603]

export function dialQueueCode(
  deps: { clock: Clock; media: Media; ua: UserAgent; isLineGood: boolean },
  code: string,
): Promise<Answer<null>> {
  const { clock, ua } = deps
  if (!deps.isLineGood) return Promise.resolve(failed('unreachable', phoneTexts.queueNoAnswer))
  const media = deps.media.open('mute')
  return new Promise((resolve) => {
    let isSettled = false
    let cancelLimit = () => {}
    const settle = (answer: Answer<null>) => {
      if (isSettled) return
      isSettled = true
      cancelLimit()
      media.close()
      resolve(answer)
    }
    const broken = () => settle(failed('failed', phoneTexts.queueRefused))

    media
      .offer('recvonly', false)
      .then((offer) => {
        const target = ua.addressOf(code)
        const headers = [ua.contactHeader]
        const message = ua.request('INVITE', target, target, { headers, body: sdpBody(offer) })
        const outgoing = ua.core.invite(message, {
          onAccept(response) {
            response.ack()
            response.session.bye()
            settle(done(null))
          },
          onReject({ message: response }) {
            const hasRun =
              reasonOf(response)?.code === NORMAL_CLEARING ||
              RAN_TO_ITS_END.includes(response.statusCode ?? 0)
            if (hasRun && response.data !== undefined) settle(done(null))
            else broken()
          },
          onRedirect: broken,
        })
        cancelLimit = clock.after(LIMIT_MS, () => {
          outgoing.cancel()
          settle(failed('unreachable', phoneTexts.queueNoAnswer))
        })
      })
      .catch(broken)
  })
}
