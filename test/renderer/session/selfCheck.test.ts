// When the seat is looked at, over a fake telephone and time by hand.
import { beforeEach, expect, test } from 'vitest'
import type { RingerState, VoicePath } from '../../../core/softphone/sound.ts'
import { unfitOf } from '../../../core/workstation.ts'
import { startSelfCheck, type SelfCheck } from '../../../renderer/session/selfCheck.ts'
import { createStore, type Store } from '../../../renderer/store.ts'
import { fakePhone, type FakePhone } from '../../fakes/fakePhone.ts'
import { manualClock } from '../../fakes/manualClock.ts'
import { anAccount } from '../../makers/anAccount.ts'
import { signedIn } from '../../makers/seats.ts'
import { callId, morning } from '../../makers/stamps.ts'

let clock: ReturnType<typeof manualClock>
let fake: FakePhone
let store: Store
let check: SelfCheck
let ringer: RingerState
let plugged: () => void
const words: string[] = []
const told: string[] = []

const settle = () => new Promise((resolve) => setImmediate(resolve))
const pass = async (ms: number) => {
  clock.advance(ms)
  await settle()
}

/** `first`: what the first trials say, before those of the plan. */
const begin = async (echoNumber: string | null = '600', first: Promise<VoicePath>[] = []) => {
  const stamp = () => ({ at: clock.now(), tick: clock.tick() })
  fake = fakePhone(stamp)
  store = createStore(stamp(), (effect) => {
    if (effect.do === 'tellQueue') words.push(effect.word)
    if (effect.do === 'tell') told.push(effect.text)
  })
  fake.phone.listen(store.dispatch)
  store.dispatch({ ...signedIn, ...stamp() })
  check = startSelfCheck({
    clock,
    phone: {
      ...fake.phone,
      tryVoicePath: (number) => first.shift() ?? fake.phone.tryVoicePath(number),
    },
    store,
    stamp,
    echoNumber,
    lookForRinger: () => Promise.resolve(ringer),
    watchDevices(listener) {
      plugged = listener
      return () => {}
    },
  })
}

beforeEach(() => {
  clock = manualClock(morning)
  ringer = 'there'
  words.length = 0
  told.length = 0
})

test('[AUDIO-6] [F07] the path is tried before the queue hears ready; blocked, it is tried every minute until it opens', async () => {
  await begin()
  fake.plan.voicePath = 'blocked'
  fake.phone.connect(anAccount(['ws://127.0.0.1:1']))
  await settle()
  expect(unfitOf(store.read())).toBe('voiceBlocked')
  expect(words).toEqual(['signIn', 'pause'])
  await pass(60_000)
  expect(unfitOf(store.read())).toBe('voiceBlocked')
  fake.plan.voicePath = 'open'
  await pass(60_000)
  expect(unfitOf(store.read())).toBeNull()
  expect(words).toEqual(['signIn', 'pause', 'resume'])
  check.stop()
})

test('[AUDIO-6] one trial that a busy computer was too slow for keeps nobody from calls', async () => {
  await begin('600', [Promise.resolve('blocked')])
  fake.phone.connect(anAccount(['ws://127.0.0.1:1']))
  await settle()
  expect(store.read().findings.voicePath).toBe('open')
  expect(unfitOf(store.read())).toBeNull()
  check.stop()
})

test('[AUDIO-6] what a call kept from being tried is tried when it is over', async () => {
  await begin()
  fake.phone.connect(anAccount(['ws://127.0.0.1:1']))
  fake.ring({ callId: callId(1) })
  await settle()
  expect(store.read().findings.voicePath).toBe('trying')
  fake.theyHangUp(callId(1))
  await settle()
  expect(store.read().findings.voicePath).toBe('open')
  check.stop()
  const trial = Promise.withResolvers<VoicePath>()
  await begin('600', [trial.promise])
  fake.phone.connect(anAccount(['ws://127.0.0.1:1']))
  await settle()
  fake.ring({ callId: callId(2) })
  trial.resolve('blocked')
  await settle()
  expect(store.read().findings.voicePath).toBe('trying')
  fake.theyHangUp(callId(2))
  await settle()
  expect(store.read().findings.voicePath).toBe('open')
  check.stop()
})

test('[AUDIO-6] an exchange that will not take the call blocks nothing, and one without an echo number is not asked', async () => {
  await begin()
  fake.plan.voicePath = 'untried'
  fake.phone.connect(anAccount(['ws://127.0.0.1:1']))
  await settle()
  expect(store.read().findings.voicePath).toBe('untried')
  expect(store.read().since.phase).toBe('ready')
  check.stop()
  await begin(null)
  fake.plan.voicePath = 'blocked'
  fake.phone.connect(anAccount(['ws://127.0.0.1:1']))
  await settle()
  expect(store.read().findings.voicePath).toBeNull()
  expect(store.read().since.phase).toBe('ready')
  check.stop()
})

test('[AUDIO-6] a new registration tries anew, but not in a call', async () => {
  await begin()
  fake.phone.connect(anAccount(['ws://127.0.0.1:1']))
  await settle()
  expect(store.read().findings.voicePath).toBe('open')
  fake.ring({ callId: callId(1) })
  fake.plan.voicePath = 'blocked'
  fake.dropLink()
  fake.restoreLink()
  await settle()
  expect(store.read().findings.voicePath).toBe('open')
  fake.theyHangUp(callId(1))
  fake.dropLink()
  fake.restoreLink()
  await settle()
  expect(store.read().findings.voicePath).toBe('blocked')
  check.stop()
})

test('[AUDIO-5] [F73] everything is looked at every minute, when something is plugged in or out, and when a person asks', async () => {
  await begin()
  fake.phone.connect(anAccount(['ws://127.0.0.1:1']))
  await settle()
  expect(fake.checks()).toBe(0)
  await pass(60_000)
  await pass(60_000)
  expect(fake.checks()).toBe(2)
  ringer = 'missing'
  plugged()
  await settle()
  expect(unfitOf(store.read())).toBe('ringerMissing')
  ringer = 'there'
  check.now()
  await settle()
  expect(fake.checks()).toBe(3)
  expect(unfitOf(store.read())).toBeNull()
  check.stop()
  await pass(600_000)
  expect(fake.checks()).toBe(3)
})

test('[AUDIO-5] a chosen ring device that is gone is told once and bars no call, and told again when it is back', async () => {
  ringer = 'replaced'
  await begin()
  fake.phone.connect(anAccount(['ws://127.0.0.1:1']))
  await settle()
  expect(unfitOf(store.read())).toBeNull()
  await pass(60_000)
  expect(told).toEqual(['ringerMoved'])
  ringer = 'there'
  plugged()
  await settle()
  expect(told).toEqual(['ringerMoved', 'ringerBack'])
  check.stop()
})
