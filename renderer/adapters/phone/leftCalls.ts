// A program that crashed in a call said no good-bye, and the PBX leaves the worker in silence until it misses the voice.
// What a BYE needs (RFC 3261 section 12.2.1.1) is kept while there is a call, and said when the seat has a line again.
import { Dialog, type Session } from 'sip.js/lib/core/index.js'
import { Grammar } from 'sip.js/lib/grammar/index.js'
import { z } from 'zod'
import type { HalfWritten, Kind } from '../halfWritten.ts'
import type { UserAgent } from './userAgent.ts'

const LeftCall = z.object({
  callId: z.string(),
  fromTag: z.string(),
  toTag: z.string(),
  target: z.string(),
  routeSet: z.array(z.string()),
  cseq: z.number(),
})
type LeftCall = z.infer<typeof LeftCall>

/** Where they are kept for the next page of this window. */
export type KeptCalls = {
  read(): Promise<readonly LeftCall[]>
  keep(calls: LeftCall[]): void
}

/** More requests than one call ever sends, so that ours comes after them all; gaps are allowed (section 12.2.2). */
const FURTHER = 1_000

const kind: Kind<LeftCall[]> = { name: 'leftCalls', shape: z.array(LeftCall), empty: [] }

export const keptCalls = (sealed: HalfWritten): KeptCalls => ({
  read: () => sealed.read(kind, ''),
  keep: (calls) => void sealed.keep(kind, '', calls),
})

const leftCallOf = (session: Session): LeftCall[] => {
  if (!(session instanceof Dialog)) return []
  const { callId, localTag, remoteTag, remoteTarget, routeSet, localSequenceNumber } = session
  return [
    {
      callId,
      fromTag: localTag,
      toTag: remoteTag,
      target: remoteTarget.toString(),
      routeSet,
      cseq: (localSequenceNumber ?? 0) + FURTHER,
    },
  ]
}

/** What SIP.js says in the other side's place when nothing came: no answer in time, no line. */
const UNANSWERED: readonly (number | undefined)[] = [408, 503]

/** `kept` undefined: nothing is kept here. */
export function leftCalls(kept: KeptCalls | undefined) {
  let open: LeftCall[] = []
  /** Of the page before this one, without an answer yet. */
  let due: readonly LeftCall[] = []
  const isRead = (kept?.read() ?? Promise.resolve([])).then((left) => void (due = left))
  const save = () => void isRead.then(() => kept?.keep([...open, ...due]))
  return {
    /** These are the calls with a dialog now. */
    note(sessions: readonly (Session | null)[]) {
      open = sessions.flatMap((session) => (session === null ? [] : leftCallOf(session)))
      save()
    },
    /**
     * [PHONE-55] The line is good: ends what the page before this one left, again with each new line until it is answered. A
     * call that is over by now the PBX answers with 481.
     */
    async sayGoodBye(ua: UserAgent) {
      await isRead
      for (const left of due) {
        const { target, ...dialog } = left
        const isSettled = () => {
          due = due.filter((each) => each !== left)
          save()
        }
        const address = Grammar.URIParse(target)
        // Whom it goes to is in the tags; the name of the other side is kept nowhere.
        if (address)
          ua.core.request(ua.request('BYE', address, address, dialog), {
            onAccept: isSettled,
            onReject: ({ message }) => void (UNANSWERED.includes(message.statusCode) || isSettled()),
          })
        else isSettled()
      }
    },
  }
}
