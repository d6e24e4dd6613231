// From a form to record and work order, the first time and corrected.
import { expect, test } from 'vitest'
import { CallRecord } from '../../../contract/softphone.ts'
import { TicketDispatch } from '../../../contract/tickets.ts'
import type { FilingFacts } from '../../../core/wrapup/filing.ts'
import { fileForm, hasForm } from '../../../core/wrapup/filing.ts'
import { aForm, aRecord, ticketId } from '../../makers/forms.ts'
import { aReference } from '../../makers/reference.ts'
import { morning } from '../../makers/stamps.ts'

const reference = aReference()
const facts = (over: Partial<FilingFacts> = {}): FilingFacts => ({
  at: morning + 330_000,
  wrapupMs: 48_000.4,
  newTicketId: ticketId(1),
  newLocalNumber: 'L1001-1123-001',
  earlierTicket: null,
  ...over,
})

test('[WRAP-7] a form without dispatch becomes the record one revision on, every fact of the call kept', () => {
  const record = aRecord(1)
  const form = aForm({ disposition: 'answered' })
  expect(fileForm(record, form, reference, facts())).toEqual({
    record: { ...record, rev: 2, form, filedAt: morning + 330_000, wrapupMs: 48_000, ticketId: null },
    ticket: null,
  })
})

test('[WRAP-7] a form that dispatches brings its work order along, and both fit the contract', () => {
  const { record, ticket } = fileForm(aRecord(1), aForm(), reference, facts())
  expect(CallRecord.safeParse(record).success).toBe(true)
  expect(TicketDispatch.safeParse(ticket).success).toBe(true)
  expect(record.ticketId).toBe(ticketId(1))
  expect(record.form?.dispatch).toEqual(ticket?.plan)
  expect(ticket).toMatchObject({
    rev: 1,
    localNumber: 'L1001-1123-001',
    title: '公司通知产线调整，要裁员',
    callId: record.id,
    plan: { department: 'service', limit: 'hard' },
  })
})

test('[WRAP-7] spaces around what was typed are not stored', () => {
  const { record } = fileForm(
    aRecord(1),
    aForm({ callerName: ' 王建平 ', course: '话\n' }),
    reference,
    facts(),
  )
  expect([record.form?.callerName, record.form?.course]).toEqual(['王建平', '话'])
})

test('[WRAP-7] a correction goes one revision on, for record and work order, and keeps the first after-call work', () => {
  const first = fileForm(aRecord(1), aForm(), reference, facts())
  const again = fileForm(
    first.record,
    aForm({ address: '东区科创六街 19 号' }),
    reference,
    facts({
      at: morning + 900_000,
      wrapupMs: 5,
      newTicketId: ticketId(2),
      newLocalNumber: 'L1001-1123-002',
      earlierTicket: first.ticket && { dispatch: first.ticket, centre: null },
    }),
  )
  expect(again.record).toMatchObject({ rev: 3, wrapupMs: 48_000, ticketId: ticketId(1) })
  expect(again.ticket).toMatchObject({
    id: ticketId(1),
    rev: 2,
    localNumber: 'L1001-1123-001',
    address: '东区科创六街 19 号',
  })
})

test('[WRAP-7] a call that was not in the queue is filed like any other', () => {
  const record = aRecord(2, { direction: 'outbound', queue: null, queuedMs: null, endedBy: 'callee' })
  expect(fileForm(record, aForm(), reference, facts({ wrapupMs: -3 })).record).toMatchObject({
    direction: 'outbound',
    wrapupMs: 0,
    rev: 2,
  })
})

test('[WRAP-24] there is something to write up when both spoke, also if the program stopped in the middle', () => {
  const record = aRecord(1)
  expect(record.answeredAt).not.toBeNull()
  expect(hasForm(record)).toBe(true)
  expect(hasForm({ ...record, outcome: 'interrupted', endedBy: 'system' })).toBe(true)
  expect(hasForm({ ...record, outcome: 'interrupted', answeredAt: null })).toBe(false)
  expect(hasForm({ ...record, direction: 'internal' })).toBe(false)
  expect(hasForm({ ...record, madeFor: aRecord(2).id })).toBe(false)
})
