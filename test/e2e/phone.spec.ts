// The telephone in a real browser on a real PBX keeps the port's promises. What is heard: phoneSound.spec.ts.
import { afterAll, beforeAll, describe } from 'vitest'
import { callId } from '../makers/stamps.ts'
import { awaitCall } from '../pbx/callee.ts'
import { callQueue } from '../pbx/caller.ts'
import { startPbx, type Pbx } from '../pbx/pbx.ts'
import { startTcpRelay, type TcpRelay } from '../pbx/tcpRelay.ts'
import { until } from '../pbx/until.ts'
import { phoneSuite, type TriedPhone } from '../suites/phoneSuite.ts'
import { accountOf, openSeatPage, type SeatPage } from './phonePage.ts'

let pbx: Pbx
let relay: TcpRelay
let seat: SeatPage

beforeAll(async () => {
  pbx = await startPbx({ members: [] })
  relay = await startTcpRelay({ host: pbx.host, port: pbx.wsPort })
  seat = await openSeatPage(accountOf(pbx, '1001', [relay.through(pbx.wsUrl)]), 1000)
  await seat.register()
})
afterAll(async () => {
  await seat.close()
  await relay.close()
  await pbx.stop()
})

describe('the real telephone on the real PBX', () => {
  const command =
    (name: keyof TriedPhone) =>
    (...parts: unknown[]) =>
      seat.run((page, text) => {
        const { name: method, parts: given } = JSON.parse(text)
        return (page.phone as unknown as Record<string, (...all: unknown[]) => unknown>)[method]?.(...given)
      }, JSON.stringify({ name, parts })) as never
  const phone: TriedPhone = {
    connect: command('connect'),
    disconnect: command('disconnect'),
    dial: command('dial'),
    answer: command('answer'),
    reject: command('reject'),
    hangUp: command('hangUp'),
    hold: command('hold'),
    resume: command('resume'),
    mute: command('mute'),
    sendDigits: command('sendDigits'),
    transfer: command('transfer'),
    // Somebody who has just been asked is put together with us a moment after the answer; sooner nobody hands over.
    handOver: async (...calls) => {
      const everybody = async () => (await pbx.channels()).every(({ bridged }) => bridged)
      await until('everybody to be put together', everybody)
      return command('handOver')(...calls)
    },
    join: command('join'),
    part: command('part'),
    tellQueue: command('tellQueue'),
  }
  let made = 0
  phoneSuite(() => ({
    phone,
    account: seat.account,
    newCallId: () => callId((made += 1)),
    told: () => seat.events(),
    async workerCalls(number) {
      const caller = await callQueue(pbx, { to: '1001', number })
      return {
        async hangUp() {
          // The seat may know of the answer a moment before the caller does.
          const isTalking = (await seat.events()).findLast(
            ({ type }) => type === 'connected' || type === 'offered',
          )
          // Sent back at once, the PBX may not have got round to say that it rings.
          const rings = () => caller.ringing().catch(() => caller.ended)
          await (isTalking?.type === 'connected' ? caller.answered() : rings())
          await caller.hangUp()
        },
        untilOver: async () => void (await caller.ended),
      }
    },
    async willBeCalled(_number, does) {
      const how = {
        answers: 'answers',
        'lets it ring': 'never answers',
        'is busy': { refuses: '486 Busy Here' },
      } as const
      const callee = await awaitCall(pbx, { does: how[does] })
      return {
        hangUp: async () => void (await callee.hangUp()),
        untilOver: async () => void (await callee.ended),
      }
    },
    cutLine: async () => relay.cut(),
    settle: () => pbx.untilQuiet(),
  }))
})
