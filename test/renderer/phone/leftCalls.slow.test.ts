// What the next page of a window says for a call the page before it left without a good-bye.
import { setImmediate as nextTurn } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import type { KeptCalls } from '../../../renderer/adapters/phone/leftCalls.ts'
import { keepLine } from '../../../renderer/adapters/phone/lineKeeper.ts'
import { manualClock } from '../../fakes/manualClock.ts'
import { morning } from '../../makers/stamps.ts'
import { seatInNode, type NodeSeat } from './seatInNode.ts'

type Left = Awaited<ReturnType<KeptCalls['read']>>

const open: NodeSeat[] = []
afterEach(async () => {
  for (const seat of open.splice(0)) await seat.stop()
})

/** Outlives its pages. */
const aWindow = () => {
  let calls: Left = []
  const kept: KeptCalls = { read: async () => calls, keep: (next) => void (calls = next) }
  return {
    calls: () => calls,
    async page(): Promise<NodeSeat> {
      const seat = await seatInNode(undefined, { foretell: () => false, soon: (run) => run(), kept })
      open.push(seat)
      await seat.register()
      return seat
    },
  }
}

test('[PHONE-55] the next page says the good-bye of the one that crashed in a call, in its dialog and after its requests, until it is answered', async () => {
  const browser = aWindow()
  const crashed = await browser.page()
  const { callId } = await crashed.talking()
  crashed.phone.hold(callId)
  const hold = await crashed.peer.next('INVITE')
  const next = await browser.page()
  const bye = await next.peer.next('BYE')
  expect(bye.header('Call-ID')).toBe(hold.header('Call-ID'))
  expect(bye.header('From')).toContain(hold.header('From').split(';tag=')[1])
  expect(bye.header('To')).toContain(hold.header('To').split(';tag=')[1])
  expect(Number.parseInt(bye.header('CSeq'))).toBeGreaterThan(Number.parseInt(hold.header('CSeq')))
  expect(browser.calls()).toHaveLength(1)
  const newLine = async () => {
    next.peer.cut()
    await next.pass(5_000)
    await next.untilLink('registered')
    await nextTurn()
  }
  await newLine()
  const again = await next.peer.next('BYE')
  expect(again.header('Call-ID')).toBe(bye.header('Call-ID'))
  again.reply(481)
  await expect.poll(browser.calls).toEqual([])
  await newLine()
  await expect(next.peer.next('BYE', 200)).rejects.toThrow()
})

test('[PHONE-55] a call that has ended leaves nothing, two leave both, and a page that leaves does not count on its own word', async () => {
  const browser = aWindow()
  const seat = await browser.page()
  await seat.talking()
  const second = await seat.talking()
  expect(browser.calls()).toHaveLength(2)
  second.call.request('BYE')
  await seat.next('ended')
  expect(browser.calls()).toHaveLength(1)
  const isOff = seat.phone.disconnect()
  await seat.pass(2_000)
  await isOff
  expect(browser.calls()).toHaveLength(1)
})

test('[PHONE-55] a page that leaves while its line is being made anew says its good-byes all the same', async () => {
  const seat = await aWindow().page()
  await seat.talking()
  const waiting = await seat.talking()
  seat.peer.answer('OPTIONS', null)
  seat.peer.answer('REGISTER', null)
  await seat.pass(3_000)
  expect(seat.links().at(-1)).not.toBe('registered')
  seat.phone.hangUp(waiting.callId)
  const isOff = seat.phone.disconnect()
  const byes = [await seat.peer.next('BYE'), await seat.peer.next('BYE')]
  expect(new Set(byes.map((bye) => bye.header('Call-ID'))).size).toBe(2)
  await seat.pass(2_000)
  await isOff
})

test('[PHONE-55] [PHONE-54] until the next connection stands a good-bye goes over the one left, nothing else does', () => {
  const clock = manualClock(morning)
  const sockets: { isOpen: boolean; readonly sent: string[] }[] = []
  const idle = () => {}
  const line = keepLine({
    clock,
    random: () => 0.5,
    open() {
      const socket = { isOpen: false, sent: [] as string[] }
      sockets.push(socket)
      return { send: (text) => socket.isOpen && socket.sent.push(text) > 0, drop: idle }
    },
    received: idle,
    register: idle,
    dropped: idle,
    ping: idle,
    repairCalls: idle,
    report: idle,
  })
  line.tell({ type: 'asked', servers: ['wss://a/ws'] })
  const [first] = sockets
  if (first) first.isOpen = true
  line.tell({ type: 'opened' })
  line.tell({ type: 'registered', expiresMs: 300_000 })
  line.tell({ type: 'talkingChanged', talking: true })
  for (let step = 0; step < 12; step += 1) clock.advance(250)
  expect(sockets).toHaveLength(2)
  expect([line.send('INVITE sip:a SIP/2.0'), line.send('BYE sip:a SIP/2.0')]).toEqual([false, true])
  expect(first?.sent).toEqual(['BYE sip:a SIP/2.0'])
})
