// Several wishes for hold in a row, of which the PBX takes none: what it last agreed to says who hears whom.
import { afterEach, beforeEach, expect, test } from 'vitest'
import { SDP } from '../../fakes/sipPeer.ts'
import { until } from '../../pbx/until.ts'
import { seatInNode, type NodeSeat } from './seatInNode.ts'

let seat: NodeSeat
beforeEach(async () => {
  seat = await seatInNode()
  await seat.register()
})
afterEach(() => seat.stop())

/** Both are refused, one after the other; the second was wished before the first was answered. */
async function refused(
  first: 'hold' | 'resume',
  second: 'hold' | 'resume',
  callId: Parameters<NodeSeat['phone']['hold']>[0],
) {
  seat.phone[first](callId)
  const one = await seat.peer.next('INVITE')
  seat.phone[second](callId)
  one.reply(488)
  ;(await seat.peer.next('INVITE')).reply(488)
  const failures = () => seat.told.flatMap((event) => (event.type === 'holdFailed' ? [event.wanted] : []))
  await until('both to be told', () => failures().length === 2)
  return failures()
}
const voice = () => seat.media.calls[0]?.voice()

test('[PHONE-5] hold and its taking back both refused: the PBX never held the call, so both hear each other', async () => {
  const { callId } = await seat.talking()
  expect(await refused('hold', 'resume', callId)).toEqual(['held', 'talking'])
  expect(voice()).toEqual({ speaks: true, hears: true })
})

test('[PHONE-5] [PHONE-16] taking up and holding again both refused: the call is held as agreed, and nobody hears', async () => {
  const { callId } = await seat.talking()
  seat.phone.hold(callId)
  ;(await seat.peer.next('INVITE')).reply(200, { body: SDP })
  await seat.next('heldByUs')
  expect(await refused('resume', 'hold', callId)).toEqual(['talking', 'held'])
  expect(voice()).toEqual({ speaks: false, hears: false })
})

test('[PHONE-5] after two refused wishes the next offer says what the PBX last agreed to', async () => {
  const { callId } = await seat.talking()
  await refused('hold', 'resume', callId)
  seat.peer.cut()
  const repair = await seat.peer.next('INVITE')
  expect(repair.body).toContain('a=sendrecv')
  repair.reply(200, { body: repair.body })
})
