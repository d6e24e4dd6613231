// A mixed round: several callers one after the other, the line cut once.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestExchange, PATIENT, type TestExchange } from './testExchange.ts'

let rig: TestExchange
beforeAll(async () => {
  rig = await openTestExchange()
})
afterAll(() => rig.close())

const left = () => rig.events.flatMap((event) => (event.event === 'mixed' ? [event.left] : []))
const ended = () => rig.events.filter(({ event }) => event === 'ended').length

test('[PRACTICE-3] a round rings caller after caller, cuts the line once, and says when it is over', async () => {
  const seat = await rig.seat('1001')
  rig.obey({ do: 'ringMixed', extension: '1001', count: 2, gapSeconds: 0.05, cutAfterSeconds: 0.1 })
  rig.obey({ do: 'ringMixed', id: 'second', extension: '1001' })
  expect(rig.last('refused')).toMatchObject({ id: 'second', problem: { code: 'roundRunning' } })

  await expect.poll(() => seat.offers.length, PATIENT).toBe(1)
  const call = await seat.offers[0]?.answer()
  await expect.poll(() => seat.socket().readyState, PATIENT).toBe(3)
  expect(await seat.reconnect()).toBe(200)
  call?.bye()
  await expect.poll(() => seat.offers.length, PATIENT).toBe(2)
  seat.offers[1]?.request.reject({ statusCode: 486 })
  await expect.poll(() => ended(), PATIENT).toBe(2)
  expect(left()).toEqual([1, 0, 0])
  const numbers = seat.offers.map(({ request }) => request.message.from.uri.user)
  expect(new Set(numbers).size).toBe(2)
})

test('a stopped round rings nobody any more', async () => {
  await rig.clear()
  const seat = await rig.seat('1002')
  rig.obey({ do: 'ringMixed', extension: '1002', count: 3, gapSeconds: 0, cutAfterSeconds: null })
  await expect.poll(() => seat.offers.length, PATIENT).toBe(1)
  rig.obey({ do: 'stopMixed', extension: '1002' })
  seat.offers[0]?.request.reject({ statusCode: 486 })
  await expect.poll(() => ended(), PATIENT).toBe(1)
  expect(left()).toEqual([2, 0])
  expect(seat.offers.length).toBe(1)
})
