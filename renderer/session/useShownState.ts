// Tells the desktop what the tray, the badge and the question before closing need to know; again when it changes.
import { useEffect } from 'react'
import type { Desk } from '../../contract/ipc.ts'
import { liveCalls, ringingCall } from '../../core/workstation.ts'
import type { SyncLoop } from '../adapters/syncLoop.ts'
import type { Store } from '../store.ts'

export const useShownState = (desk: Desk, store: Store, sync: SyncLoop): void => {
  useEffect(() => {
    let last = ''
    const tell = () => {
      const state = store.read()
      const shown = {
        phase: state.since.phase,
        ringing: ringingCall(state) !== null,
        onCall: liveCalls(state).length > 0,
        waiting: sync.status().waiting + sync.status().refused,
        unfiled: state.seat.is === 'signedIn' ? state.seat.wrapups.length : 0,
      }
      const text = JSON.stringify(shown)
      if (text === last) return
      last = text
      void desk['window.showState'](shown)
    }
    tell()
    const leave = [store.subscribe(tell), sync.subscribe(tell)]
    return () => leave.forEach((stop) => stop())
  }, [desk, store, sync])
}
