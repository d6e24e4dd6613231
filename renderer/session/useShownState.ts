// Tells the desktop what the tray, the badge and the question before closing need to know; again when it changes.
// In a browser, and where one stands in for Electron, the question before closing is the browser's own: asked here.
import { useEffect } from 'react'
import { afterPaint } from '../afterPaint.ts'
import type { Desk } from '../../contract/ipc.ts'
import { liveCalls, ringingCall } from '../../core/workstation.ts'
import type { SyncLoop } from '../adapters/syncLoop.ts'
import type { Store } from '../store.ts'

const nobody = { phase: 'signedOut', ringing: false, onCall: false, waiting: 0, unfiled: 0 }

export const useShownState = (desk: Desk, store: Store, sync: SyncLoop): void => {
  useEffect(() => {
    let last = ''
    let holds = false
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
      holds = shown.onCall || shown.ringing || shown.unfiled > 0
      void desk['window.showState'](shown)
    }
    tell()
    const ask = (event: BeforeUnloadEvent) => {
      if (holds) event.preventDefault()
    }
    window.addEventListener('beforeunload', ask)
    // Tray and title come after the screen itself.
    const later = () => afterPaint(tell)
    const leave = [store.subscribe(later), sync.subscribe(later)]
    return () => {
      leave.forEach((stop) => stop())
      window.removeEventListener('beforeunload', ask)
      void desk['window.showState'](nobody)
    }
  }, [desk, store, sync])
}
