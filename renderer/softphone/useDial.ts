// Dialling from any screen: the dial plan of the reference data applied to what was typed or clicked.
import { useMemo } from 'react'
import type { DialString } from '../../core/softphone/dialString.ts'
import { dialString } from '../../core/softphone/dialString.ts'
import { placeOf } from '../../core/softphone/place.ts'
import { isListed, speedNumbers } from '../../core/softphone/speedDial.ts'
import { useWorkplace } from '../workplace.ts'
import { usePlaces } from './usePlaces.ts'

export type Dial = {
  /** What would be dialled. */
  readonly read: (typed: string) => DialString
  /** A department or a short number, as `read` writes it. */
  readonly listed: (plain: string) => boolean
  /** Dials it; the answer says what was wrong with the number if it was not. `name`: whose it is known to be. */
  readonly dial: (typed: string, name?: string | null) => DialString
}

export const useDial = (): Dial => {
  const { reference, session, store, stamp, newCallId } = useWorkplace()
  const places = usePlaces()
  return useMemo(() => {
    const { outsidePrefix, shortNumbers, areaCode, dialRules } = reference.policy
    const { extension: ownExtension = '', echoNumber = null } = session.sip ?? {}
    const rules = dialRules ? { dialRules } : {}
    const plan = { outsidePrefix, shortNumbers, areaCode, ownExtension, echoNumber, ...rules }
    const known = speedNumbers(reference)
    const read = (typed: string) => dialString(typed, plan)
    const listed = (plain: string) => isListed(known, plain, plan)
    const dial = (typed: string, name: string | null = null) => {
      const answer = read(typed)
      if (answer.ok) {
        const { plain: number, number: sent, internal } = answer
        store.dispatch({
          type: 'dialPressed',
          callId: newCallId(),
          number,
          dial: sent,
          internal,
          listed: listed(number),
          name,
          place: placeOf(number, places),
          ...stamp(),
        })
      }
      return answer
    }
    return { read, dial, listed }
  }, [reference, session, store, stamp, newCallId, places])
}
