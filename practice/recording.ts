// The practice exchange keeps no recording, but a seat sees the light, pauses it and is confirmed as by a real PBX: keys
// that are a code of the exchange do not reach the other side (RFC 4733 events come one by one), and a MESSAGE answers.
import { URI } from 'sip.js/lib/core/index.js'
import { practiceRecording } from '../contract/practice.ts'
import { isReachable, type Line } from './line.ts'

export type Recording = 'on' | 'paused'

const codes: readonly (readonly [string, Recording])[] = [
  [practiceRecording.pause, 'paused'],
  [practiceRecording.resume, 'on'],
]

/** Takes each key; `pass` gets those that are no code. */
export function codeKeys(found: (to: Recording) => void, pass: (digit: string) => void) {
  let kept = ''
  return (digit: string): void => {
    kept += digit
    const code = codes.find(([keys]) => keys === kept)
    if (code) found(code[1])
    else if (codes.some(([keys]) => keys.startsWith(kept))) return
    else for (const key of kept) pass(key)
    kept = ''
  }
}

export function tellRecording(line: Line, callRef: string, is: Recording): void {
  if (!isReachable(line)) return
  const realm = line.core.configuration.viaHost
  const [from, to] = [new URI('sip', 'recording', realm), new URI('sip', line.extension, realm)]
  const headers = [`X-Call-Ref: ${callRef}`, `X-Recording: ${is}`]
  line.core.message(line.core.makeOutgoingRequestMessage('MESSAGE', line.target, from, to, {}, headers))
}
