// An account that is closed while its person works: no call is cut, no form is left, then the seat is.
import { beforeEach, expect, test } from 'vitest'
import type { Problem } from '../../../contract/answer.ts'
import type { SignedIn } from '../../../renderer/adapters/session.ts'
import { leaveWhenClosed } from '../../../renderer/session/leaveWhenClosed.ts'
import type { Store } from '../../../renderer/store.ts'
import { createStore } from '../../../renderer/store.ts'
import { manualClock } from '../../fakes/manualClock.ts'
import { plainSealer } from '../../fakes/plainSealer.ts'
import { signedIn } from '../../makers/seats.ts'
import { at, callId, morning } from '../../makers/stamps.ts'
import { aSession } from '../../makers/traffic.ts'
import { ends, worker } from '../../makers/twoLines.ts'

const why: Problem = { code: 'not_signed_in', text: '账号已停用，请联系管理员' }
const settle = () => new Promise((resolve) => setImmediate(resolve))

let clock: ReturnType<typeof manualClock>
let store: Store
let held: SignedIn | null
let listener: () => void
let said: string[]
/** What the sign-out meets: something that is not on the disk yet. */
let stays: boolean
beforeEach(() => {
  clock = manualClock(morning)
  store = createStore(at(0), () => undefined)
  store.dispatch({ ...signedIn, ...at(0) })
  held = { session: aSession(), sealer: plainSealer, offline: false, passwordNeeded: false }
  said = []
  stays = false
  leaveWhenClosed({
    keeper: {
      read: () => held,
      subscribe(given) {
        listener = given
        return () => undefined
      },
    },
    store,
    clock,
    told: () => said.push('told'),
    leaving: ({ text }) => said.push(text),
    async signOut() {
      said.push('signOut')
      if (!stays) held = null
    },
  })
})
const close = () => {
  if (held) held = { ...held, passwordNeeded: true, closed: why }
  listener()
}

test('[SESSION-15] an idle seat is left at once, and the door is given the words', async () => {
  await settle()
  expect(said).toEqual([])
  close()
  await settle()
  expect(said).toEqual([why.text, 'signOut'])
})

test('[SESSION-15] [D05] a call goes on, the agent is told once, and the seat is left when its form is filed', async () => {
  for (const event of worker(1, 0)) store.dispatch(event)
  close()
  clock.advance(600_000)
  await settle()
  expect(store.read().calls.map(({ phase }) => phase.is)).toEqual(['talking'])
  expect(said).toEqual(['told'])
  store.dispatch(ends(1, 600_000, 'them'))
  await settle()
  expect(said).toEqual(['told'])
  store.dispatch({ type: 'formFiled', callId: callId(1), ...at(700_000) })
  await settle()
  expect(said).toEqual(['told', why.text, 'signOut'])
})

test('[SESSION-15] a ringing caller is not sent away', async () => {
  const [offered] = worker(1, 0)
  if (offered) store.dispatch(offered)
  close()
  await settle()
  expect(said).toEqual(['told'])
})

test('[SESSION-15] [SEAT-10] what is not on the disk yet keeps the seat, which is left as soon as it may be', async () => {
  stays = true
  close()
  await settle()
  expect(said).toEqual([why.text, 'signOut'])
  stays = false
  clock.advance(5_000)
  await settle()
  expect(said).toEqual([why.text, 'signOut', why.text, 'signOut'])
  clock.advance(60_000)
  await settle()
  expect(said).toHaveLength(4)
})
