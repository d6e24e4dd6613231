// What the page under the bar is shown, and when: the same state as the bar, one frame later when it begins to ring.
import { expect, test } from 'vitest'
import { ringingCall } from '../../core/workstation.ts'
import { behindTheBar, createStore } from '../../renderer/store.ts'
import { anOffer, registered, signedIn } from '../makers/seats.ts'
import { at, callId } from '../makers/stamps.ts'

const aSeat = () => {
  const store = createStore(at(0), () => {})
  const waiting: (() => void)[] = []
  const page = behindTheBar(store, (run) => void waiting.push(run))
  let drawn = 0
  page.subscribe(() => (drawn += 1))
  store.dispatch(signedIn)
  store.dispatch(registered)
  const frame = () => {
    for (const run of waiting.splice(0)) run()
  }
  return { store, page, frame, drawn: () => drawn }
}

test('[BAR-8] when it begins to ring the page under the bar follows one frame later', () => {
  const seat = aSeat()
  expect(seat.page.read()).toBe(seat.store.read())
  const before = seat.drawn()
  seat.store.dispatch({ type: 'offered', call: anOffer(1), ...at(20) })
  expect(ringingCall(seat.store.read())).not.toBeNull()
  expect(ringingCall(seat.page.read())).toBeNull()
  expect(seat.drawn()).toBe(before)
  seat.frame()
  expect(seat.page.read()).toBe(seat.store.read())
  expect(seat.drawn()).toBe(before + 1)
})

test('[BAR-8] what happens before that frame is shown at once, and the frame then shows nothing twice', () => {
  const seat = aSeat()
  seat.store.dispatch({ type: 'offered', call: anOffer(1), ...at(20) })
  seat.store.dispatch({ type: 'answerPressed', callId: callId(1), ...at(25) })
  expect(seat.page.read()).toBe(seat.store.read())
  const drawn = seat.drawn()
  seat.frame()
  expect(seat.drawn()).toBe(drawn)
})

test('[BAR-15] what is foretold is only drawn: nothing has happened, and nobody else is told', () => {
  const seat = aSeat()
  const before = seat.store.read()
  let told = 0
  seat.store.subscribe(() => (told += 1))
  const drawn: (string | null)[] = []
  const leave = seat.store.foresee((now, next) => {
    expect(now).toBe(before)
    drawn.push(ringingCall(next)?.number ?? null)
    return true
  })
  const offered = { type: 'offered', call: anOffer(1), ...at(20) } as const
  expect(seat.store.foretell(offered)).toBe(true)
  expect(drawn).toEqual([anOffer(1).number])
  expect(seat.store.read()).toBe(before)
  expect(told).toBe(0)
  leave()
  expect(seat.store.foretell(offered)).toBe(false)
})
