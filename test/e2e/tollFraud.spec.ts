// A stolen telephone secret: whatever it dials or passes a caller on to, the PBX puts only numbers of the city through.
// That the workstation refuses some of them earlier counts for nothing here: this page lets everything out.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { awaitCall } from '../pbx/callee.ts'
import { callQueue } from '../pbx/caller.ts'
import { startPbx, type Pbx } from '../pbx/pbx.ts'
import { until } from '../pbx/until.ts'
import { accountOf, openSeatPage, type SeatPage } from './phonePage.ts'

let pbx: Pbx
let seat: SeatPage

beforeAll(async () => {
  pbx = await startPbx({ members: ['1001'] })
  seat = await openSeatPage(accountOf(pbx, '1001'), 1000)
  await seat.register()
})
afterAll(async () => {
  await seat.close()
  await pbx.stop()
})

/** Abroad, premium, star codes of the network, and the ways to write two numbers as one. */
const refused = `
  004413900000003 0085213900000003 008613900000003 +8613900000003 +113900000003 0013900000003 90013900000003
  9008613900000003 9+4413900000003 990013900000003 00-86-139-0000-0003 011441234567890123
  16812345 9016812345 1681234 90168123 1259012345 9168 97555 0900456 909001
  *72013900000003 *21*13900000003# #31#13900000003 **61*13900000003 *7110011
  13900000003&PJSIP/13900000004@trunk 913900000003&PJSIP/1002 9010&13900000003 010%2613900000003
  13900000003@trunk 13900000003/n 9Local/13900000003 139000000031 1390000000 0139000000031
  １３９００００００００３ 9１３９００００００００３ 13900000003;phone-context=+44 139%200000%200003
  9 0 00 h s i t 900000000000000000000000000000000000000000000
`
  .trim()
  .split(/\s+/)

const endOf = async (number: string) => {
  const from = await seat.count()
  await seat.run((page, called) => page.dial(called), number)
  return seat.next('ended', { after: from })
}

test(
  '[T03] none of fifty ways out reaches the trunk; numbers of the city do',
  { timeout: 240_000 },
  async () => {
    const callee = await awaitCall(pbx)
    for (const number of refused) {
      // Put through, it would ring and not end.
      const { cause } = await endOf(number).catch(() => ({ cause: null }))
      expect([number, cause?.code]).toEqual([number, expect.toBeOneOf([404, 484])])
    }
    // The first call the trunk hears of at all, and the police of another town, which the workstation always dials.
    const from = await seat.count()
    await seat.run((page) => page.dial('913900000005'))
    expect(await callee.called()).toBe('13900000005')
    await seat.next('connected', { after: from })
    await callee.hangUp()
    await seat.next('ended', { after: from })
  },
)

test('[T03] nor does a caller passed on to one: he stays with the seat', async () => {
  const callee = await awaitCall(pbx)
  const from = await seat.count()
  const caller = await callQueue(pbx)
  const { call } = await seat.next('offered', { after: from })
  await until('the answer to be ready', () => seat.run((page) => page.isAnswerReady()))
  await seat.run((page, id) => void page.answer(id), call.callId)
  await seat.next('connected', { after: from })
  // Both hear each other: the PBX takes no transfer right after the answer.
  await seat.untilHears(440)
  for (const number of ['004413900000003', '913900000003&PJSIP/1002', '*7110011']) {
    const before = await seat.count()
    await seat.run(
      (page, text) => page.phone.transfer(...(JSON.parse(text) as Parameters<typeof page.phone.transfer>)),
      JSON.stringify([call.callId, number]),
    )
    await seat.next('transferFailed', { after: before })
    await seat.untilHears(440)
  }
  expect(callee.messages()).toEqual([])
  await caller.hangUp()
  await seat.next('ended', { after: from })
})
