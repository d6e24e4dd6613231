// Two versions of one work order, side by side.
import { expect, test } from 'vitest'
import { TicketDispatch } from '../../../contract/tickets.ts'
import { conflictOf } from '../../../core/tickets/conflict.ts'
import { aDispatch, aTicket } from '../../makers/traffic.ts'

test('[F62] [TICKET-14] the refused version and the centre’s are shown where they differ, and only then', () => {
  const ours = aDispatch(1, { rev: 2, cause: '本机写的起因' })
  const centre = aTicket(1, { dispatch: aDispatch(1, { rev: 2, contactNumber: '138****8000' }) })
  const ticket = { dispatch: ours, number: centre.number, centre }
  expect(conflictOf({ ...ticket, unsent: 'parked' })).toEqual([
    { field: 'cause', ours: '本机写的起因', centre: centre.dispatch.cause },
  ])
  expect(conflictOf({ ...ticket, unsent: 'waiting' })).toEqual([])
  expect(conflictOf({ ...ticket, unsent: null })).toEqual([])
  expect(conflictOf({ ...ticket, centre: null, unsent: 'parked' })).toEqual([])
  const plan = { ...ours.plan, departmentName: '别的部', note: '请加急' }
  const moved = conflictOf({ ...ticket, dispatch: { ...ours, plan }, unsent: 'parked' })
  expect(moved.map(({ field }) => field)).toEqual(['cause', 'department', 'note'])
})

test('[F62] [TICKET-14] a change of any field that can be written is shown, of one number by what its mask lets see', () => {
  const ours = aDispatch(1, { rev: 2 })
  const centre = aTicket(1, { dispatch: { ...ours, contactNumber: '138****8000' } })
  const changes: Partial<TicketDispatch> = {
    title: '别的标题',
    callerName: '别人',
    contactNumber: '13900009000',
    member: 'unknown',
    employer: '别的单位',
    occurredOn: '昨天',
    address: '别处',
    cause: '别的起因',
    course: '别的经过',
    category: 'QZ',
    topic: null,
    peopleInvolved: 7,
    confidential: !ours.confidential,
    urgency: 'critical',
    toldCaller: '别的话',
    plan: { ...ours.plan, departmentName: '别的部', limit: 'H24', note: '请加急' },
  }
  // What identifies the revision, or follows from another field, is nothing to compare.
  const own = ['v', 'id', 'rev', 'callId', 'agent', 'practice', 'localNumber', 'dispatchedAt', 'round']
  expect([...Object.keys(changes), ...own].sort()).toEqual(Object.keys(TicketDispatch.shape).sort())
  const shown = (over: Partial<TicketDispatch>) =>
    conflictOf({
      dispatch: { ...ours, ...over },
      number: centre.number,
      centre,
      unsent: 'parked',
    })
  expect(shown({})).toEqual([])
  for (const [field, value] of Object.entries(changes)) {
    const expected = field === 'plan' ? ['department', 'limit', 'note'] : [field]
    expect(shown({ [field]: value }).map((each) => each.field)).toEqual(expected)
  }
  expect(shown(changes)).toContainEqual({
    field: 'contactNumber',
    ours: '139****9000',
    centre: '138****8000',
  })
  expect(shown({ peopleInvolved: 7, confidential: true, topic: null })).toMatchObject([
    { field: 'topic', ours: '' },
    { field: 'peopleInvolved', ours: '7' },
    { field: 'confidential', ours: 'true', centre: 'false' },
  ])
})
