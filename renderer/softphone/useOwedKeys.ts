// [WRAP-18] [WRAP-19] The two keys that ring without typing: the last number dialled, and whoever waits for our call.
import { useEffect } from 'react'
import { useText } from '../text/catalogue.ts'
import { useWorkplace } from '../workplace.ts'
import { useCallLists } from '../wrapup/callLists.ts'
import type { BarView } from './barView.ts'
import { useDial } from './useDial.ts'

/** While the bar shows a call that has ended, calling back means that one. */
export const useOwedKeys = (view: BarView): void => {
  const { softphone } = useText()
  const { onCommand, notices } = useWorkplace()
  const { dialled, next } = useCallLists()
  const { dial } = useDial()
  const ended = view.is === 'ended' && view.call.number !== '' ? view.call : null
  const back = ended?.number ?? next?.number ?? ''
  const backName = ended ? ended.name : (next?.callerName ?? null)
  const last = dialled[0]?.number ?? ''
  const lastName = dialled[0]?.callerName ?? null
  useEffect(() => {
    const ring = (number: string, name: string | null, nobody: string) => {
      if (number === '') return notices.tell(nobody, false)
      if (!dial(number, name).ok) notices.tell(softphone.cannotRing, false)
    }
    const stops = [
      onCommand('redial', () => ring(last, lastName, softphone.nothingDialled)),
      onCommand('callBack', () => ring(back, backName, softphone.nobodyWaits)),
    ]
    return () => stops.forEach((stop) => stop())
  }, [onCommand, notices, dial, softphone, last, lastName, back, backName])
}
