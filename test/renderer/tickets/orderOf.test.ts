// Which work order a call led to, as this computer knows it.
import { expect, test } from 'vitest'
import { orderOf } from '../../../renderer/tickets/orderOf.ts'
import { manualClock } from '../../fakes/manualClock.ts'
import { memorySeat } from '../../fakes/memoryRecords.ts'
import { callId, morning } from '../../makers/stamps.ts'
import { aTicket } from '../../makers/tickets.ts'
import { aPage } from '../../makers/traffic.ts'
import { value } from '../../suites/openedSeat.ts'

test('[WRAP-24] an answered work order is found however many came after it: its form is not offered for correction', async () => {
  const { records, mirror } = memorySeat(manualClock(morning))
  const tickets = Array.from({ length: 600 }, (_, n) => aTicket(n + 1, { state: 'replied' }))
  await mirror.take(aPage({ tickets }))
  const first = aTicket(1)
  expect((await value(orderOf(records, { id: callId(1), ticketId: first.id })))?.centre?.state).toBe(
    'replied',
  )
})

test('[WRAP-24] a call that does not name it yet is named by it', async () => {
  const { records, mirror } = memorySeat(manualClock(morning))
  await mirror.take(aPage({ tickets: [aTicket(1), aTicket(2, { state: 'signed' })] }))
  expect((await value(orderOf(records, { id: callId(2), ticketId: null })))?.number).toBe('20261123-0002')
  expect(await value(orderOf(records, { id: callId(3), ticketId: null }))).toBeNull()
})
