// The fake telephone keeps the same promises as the real one, or journeys would prove nothing.
import { describe } from 'vitest'
import type { CallId } from '../../../contract/ids.ts'
import type { PhoneEvent } from '../../../core/softphone/phoneEvent.ts'
import { fakePhone } from '../../fakes/fakePhone.ts'
import { anAccount } from '../../makers/anAccount.ts'
import { callId as nthCallId } from '../../makers/stamps.ts'
import { until } from '../../pbx/until.ts'
import { phoneSuite, type FarSide } from '../../suites/phoneSuite.ts'

describe('the fake telephone', () => {
  const fake = fakePhone()
  const told: PhoneEvent[] = []
  fake.phone.listen((event) => told.push(event))
  let made = 0
  const newCallId = () => nthCallId((made += 1))
  const far = (callId: () => CallId | undefined): FarSide => ({
    async hangUp() {
      const id = callId()
      if (id !== undefined) fake.theyHangUp(id)
    },
    async untilOver() {
      await until('the call to be over', () => {
        const id = callId()
        return id === undefined || !fake.calls().has(id)
      })
    },
  })
  phoneSuite(() => ({
    phone: fake.phone,
    account: anAccount(['ws://pbx.test/ws']),
    newCallId,
    told: async () => told,
    async workerCalls(number) {
      const callId = newCallId()
      fake.ring({ callId, number })
      return far(() => callId)
    },
    async willBeCalled(number, does) {
      const callOf = () => [...fake.calls()].find(([, call]) => call.number === number)?.[0]
      let known: CallId | undefined
      void until('a call', async () => {
        known = callOf()
        if (known === undefined) return false
        if (does === 'is busy') fake.theyRefuse(known, 486)
        else fake.itRings(known)
        if (does === 'answers') fake.theyAnswer(known)
        return true
      })
      return far(() => known)
    },
    async cutLine() {
      fake.dropLink()
      queueMicrotask(fake.restoreLink)
    },
    async settle() {
      for (const callId of fake.calls().keys()) fake.theyHangUp(callId)
    },
  }))
})
