// A connection left because the PBX did not answer in time, which may have been slow only.
import { afterEach, beforeEach, expect, test } from 'vitest'
import { until } from '../../pbx/until.ts'
import { seatInNode, type NodeSeat } from './seatInNode.ts'

let seat: NodeSeat
beforeEach(async () => {
  seat = await seatInNode()
})
afterEach(() => seat.stop())

test('[PHONE-54] a PBX that only was slow says good-bye on the connection it knows: who ended the call is told', async () => {
  await seat.register()
  const { call, callId } = await seat.talking()
  const first = seat.peer.present()
  seat.peer.answer('OPTIONS', null)
  await seat.pass(3_000)
  const repair = await seat.peer.next('INVITE')
  expect(seat.peer.connections()).toBe(2)
  seat.peer.over(first, () => call.request('BYE'))
  repair.reply(481)
  expect(await seat.next('ended')).toMatchObject({ callId, by: 'them' })
})

test('[PHONE-54] a connection left is listened to for 15 s and takes no new caller', async () => {
  await seat.register()
  const first = seat.peer.present()
  seat.peer.answer('OPTIONS', null)
  await seat.pass(8_000)
  await seat.untilLink('registered')
  seat.peer.answer('OPTIONS', (request) => request.reply(200))
  seat.peer.over(first, () => seat.peer.invite())
  await seat.pass(5_000)
  expect(seat.told.some(({ type }) => type === 'offered')).toBe(false)
  expect(seat.peer.open()).toBe(2)
  await seat.pass(12_000)
  await until('the old one to be closed', () => seat.peer.open() === 1)
})

test('[PHONE-54] a next connection that fails too takes nothing from the one left', async () => {
  await seat.register()
  const { call, callId } = await seat.talking()
  seat.peer.answer('OPTIONS', null)
  const first = seat.peer.present()
  seat.peer.answer('REGISTER', null)
  await seat.pass(6_000)
  expect(seat.peer.connections()).toBeGreaterThan(2)
  seat.peer.over(first, () => call.request('BYE'))
  expect(await seat.next('ended')).toMatchObject({ callId, by: 'them' })
})

test('[PHONE-54] signed off, a connection left is closed at once', async () => {
  await seat.register()
  seat.peer.answer('OPTIONS', null)
  await seat.pass(8_000)
  await seat.untilLink('registered')
  expect(seat.peer.open()).toBe(2)
  const isOff = seat.phone.disconnect()
  await seat.pass(2_000)
  await isOff
  await until('both to be closed', () => seat.peer.open() === 0)
})
