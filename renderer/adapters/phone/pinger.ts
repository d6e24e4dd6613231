// Asks the PBX whether it is still there: an OPTIONS outside SIP.js's transactions, which would answer a challenge and
// wait half a minute. Any reply, a refusal too, proves that the socket works both ways; receive() tells the line.
import type { LineKeeper } from './lineKeeper.ts'
import type { UserAgent } from './userAgent.ts'
import { URI } from 'sip.js/lib/core/index.js'

export function pinger(ua: UserAgent, line: LineKeeper): () => void {
  const target = new URI('sip', '', ua.account().domain)
  let count = 0
  return () => {
    count += 1
    const message = ua.request('OPTIONS', target, target, { headers: [ua.contactHeader] })
    message.setViaHeader(`z9hG4bKping${ua.host.slice(0, 6)}${count}`, line.protocol())
    line.send(message.toString())
  }
}
